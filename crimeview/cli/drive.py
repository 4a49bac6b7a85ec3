"""Runs a job to its end and shows its steps: as a bar, as plain lines, or as JSON lines."""

import json
import math
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Literal, TypeVar, cast

from crimeview.cli.faults import tell
from crimeview.cli.signals import Stopped, stop_requests
from crimeview.core.job import Job, Step, TimeLeft
from crimeview.core.timetext import clock_text

T = TypeVar("T")
Unit = Literal["seconds", "other"]
_Show = Callable[[Step, float | None], None]

_LINE_SECONDS = 5.0  # between lines where there is no terminal to draw a bar on


def drive(job: Job[T], *, if_stopped: str, as_json: bool = False, unit: Unit = "seconds") -> T:
    """Run the job and give its result.

    When a signal comes the job is closed, `if_stopped` told, and Stopped raised.
    A bar or lines go to stderr, JSON lines to stdout. Lines tell only what is under way: a message
    that is a whole sentence is a result, which is for the caller to tell. With `unit` "seconds"
    done and total are shown as clock times, else only their ratio.
    """
    try:
        return _driven(job, unit, as_json=as_json)
    except Stopped:
        tell(if_stopped)
        raise


def print_json(value: object) -> None:
    """A JSON value on one line of stdout, at once; what is no finite number is null."""
    try:
        text = json.dumps(value, allow_nan=False)
    except ValueError:
        text = json.dumps(_finite(value), allow_nan=False)
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _finite(value: object) -> object:
    """The value with None for numbers that JSON has no words for."""
    match value:
        case float():
            return value if math.isfinite(value) else None
        case Mapping():
            return {key: _finite(part) for key, part in value.items()}
        case list() | tuple():
            return [_finite(part) for part in value]
        case _:
            return value


def list_nothing(folder: Path, lacks: str, *, as_json: bool) -> int:
    """List what a case has that is not there yet: none is made only to be looked at."""
    if as_json:
        print_json([])
    else:
        tell(f"There is no case in {folder} yet, and {lacks}")
    return 0


def _driven(job: Job[T], unit: Unit, *, as_json: bool) -> T:
    time_left = TimeLeft()
    with closing(job), _shown(unit, as_json=as_json) as show, stop_requests() as request:
        while True:
            try:
                step = next(job)
            except StopIteration as end:
                return cast("T", end.value)
            show(step, time_left.update(step, now=time.monotonic()))
            if request.number is not None:
                raise Stopped(request.number)


@contextmanager
def _shown(unit: Unit, *, as_json: bool) -> Iterator[_Show]:
    if as_json:
        yield _print_step
    elif sys.stderr.isatty():
        with _bar(unit) as show:
            yield show
    else:
        yield _lines(unit)


def _print_step(step: Step, left: float | None) -> None:
    print_json(
        {
            "type": "step",
            "done": round(step.done, 3),
            "total": None if step.total is None else round(step.total, 3),
            "left": None if left is None else round(left, 1),
            "message": step.message,
            "recording_id": step.recording_id,
            "changed": [str(flag.name).lower() for flag in step.changed],
        }
    )


@contextmanager
def _bar(unit: Unit) -> Iterator[_Show]:
    # Imported here: rich takes a tenth of a second that other commands need not wait for.
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (
        BarColumn(bar_width=30),
        TextColumn("{task.fields[amount]}"),
        TextColumn("[dim]{task.fields[left]}"),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None, amount="", left="")

        def show(step: Step, left: float | None) -> None:
            progress.update(
                task,
                completed=step.done,
                total=step.total,
                description=escape(step.message),
                amount=_amount(step, unit),
                left=_left_text(left),
            )

        yield show


def _lines(unit: Unit) -> _Show:
    due = time.monotonic()

    def show(step: Step, left: float | None) -> None:
        nonlocal due
        if time.monotonic() >= due and not step.message.endswith("."):
            due = time.monotonic() + _LINE_SECONDS
            parts = [step.message, _amount(step, unit), _left_text(left)]
            print(", ".join(part for part in parts if part), file=sys.stderr)

    return show


def _amount(step: Step, unit: Unit) -> str:
    if step.fraction is None or step.total is None:
        return ""
    percent = f"{step.fraction:.0%}"
    if unit == "other":
        return percent
    return f"{percent} ({clock_text(step.done)} of {clock_text(step.total)})"


def _left_text(left: float | None) -> str:
    return "" if left is None else f"{clock_text(left)} left"
