"""What `crimeview watch` prints: a table that changes, plain lines, or a JSON object a line."""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crimeview.cli.drive import print_json
from crimeview.cli.faults import tell
from crimeview.core.watching import (
    CameraHealth,
    Capacity,
    LiveAlarm,
    LiveEvent,
    LiveScore,
    LostClip,
    NotScored,
    SavedClip,
)

if TYPE_CHECKING:
    from rich.table import Table

Show = Callable[[Sequence[LiveEvent]], None]

_LINE_SECONDS = 5.0  # between lines where there is no terminal to draw a table on
_TYPES: dict[type, str] = {
    CameraHealth: "health",
    LiveScore: "score",
    LiveAlarm: "alarm",
    SavedClip: "clip",
    LostClip: "lost_clip",
    Capacity: "capacity",
    NotScored: "not_scored",
}


@contextmanager
def shown(*, as_json: bool) -> Iterator[Show]:
    """What shows events within."""
    if as_json:
        yield _print_events
    elif sys.stdout.isatty():
        with _live_table() as show:
            yield show
    else:
        yield _lines()


def event_json(event: LiveEvent) -> dict[str, object]:
    """An event as a JSON object."""
    fields: dict[str, object] = {"type": _TYPES[type(event)]}
    fields |= {name: _plain(value) for name, value in asdict(event).items()}
    if isinstance(event, LiveScore):
        fields["delay"] = round(event.delay, 4)
    return fields


def _plain(value: Any) -> object:
    match value:
        case Enum():
            return value.value
        case float():
            return round(value, 4)
        case Path():
            return str(value)
        case tuple():
            return list(value)
        case _:
            return value


def _print_events(events: Sequence[LiveEvent]) -> None:
    for event in events:
        print_json(event_json(event))


class _Board:
    """The newest of each camera: its health, and its highest score of the last seconds by kind."""

    def __init__(self) -> None:
        self.health: dict[str, CameraHealth] = {}
        self.scores: dict[tuple[str, str], LiveScore] = {}
        self.capacity: Capacity | None = None

    def take(self, event: LiveEvent) -> None:
        match event:
            case CameraHealth():
                self.health[event.camera] = event
            case LiveScore() if not event.zone:
                self.scores[event.camera, event.kind.value] = event
            case Capacity():
                self.capacity = event
            case LiveAlarm() | SavedClip() | LostClip() | NotScored():
                tell(_sentence(event))
            case _:
                pass

    def rows(self) -> list[tuple[str, ...]]:
        """For each camera: name, state, frames a second, delay, drops, scores, message."""
        return [
            (
                name,
                health.state.value,
                f"{health.frame_rate:.1f}",
                f"{health.delay * 1000:.0f} ms",
                str(health.left_out),
                self._scores(name),
                health.message or "",
            )
            for name, health in self.health.items()
        ]

    def _scores(self, camera: str) -> str:
        found = [s for (name, _), s in sorted(self.scores.items()) if name == camera]
        return "  ".join(f"{_SHORT.get(s.kind.value, s.kind.value)} {s.score:.2f}" for s in found)


_SHORT = {"clip scores": "events"}
_COLUMNS = ("camera", "state", "frames/s", "delay", "left out", "scores", "")


@contextmanager
def _live_table() -> Iterator[Show]:
    # Imported here: rich takes a tenth of a second that other commands need not wait for.
    from rich.live import Live

    board = _Board()
    with Live(refresh_per_second=4, redirect_stderr=True) as live:

        def show(events: Sequence[LiveEvent]) -> None:
            for event in events:
                board.take(event)
            live.update(_table(board))

        yield show


def _table(board: _Board) -> "Table":
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=None, caption=capacity_text(board.capacity), caption_justify="left")
    for column in _COLUMNS:
        table.add_column(column)
    for row in board.rows():
        table.add_row(*map(escape, row))
    return table


def _lines() -> Show:
    board = _Board()
    due = time.monotonic()
    told: Capacity | None = None

    def show(events: Sequence[LiveEvent]) -> None:
        nonlocal due, told
        for event in events:
            board.take(event)
        if time.monotonic() >= due and board.health:
            due = time.monotonic() + _LINE_SECONDS
            for row in board.rows():
                print("  ".join(part for part in row if part))
            if board.capacity is not told:
                told = board.capacity
                print(capacity_text(told))
            sys.stdout.flush()

    return show


def capacity_text(found: Capacity | None) -> str:
    if found is None:
        return ""
    text = f"each camera is looked at every {found.every:.2f} s; {found.load:.0%} of the processor"
    if found.nth > 1:
        text = f"{text}: less often than the network could"
    if found.followed:
        text = f"{text}; people are followed on {found.followed}"
    if found.is_slowed:
        text = (
            f"{text}; scores take {found.slowed:.1f} times as long as the processor works on them"
        )
    if found.left_out:
        text = f"{text}; pictures and clips left out in the last seconds: {found.left_out}"
    return text


def _sentence(event: LiveAlarm | SavedClip | LostClip | NotScored) -> str:
    match event:
        case LiveAlarm(end=None):
            return f"{_clock(event.start)} ALARM {event.sentence}"
        case LiveAlarm():
            length = (event.end or event.start) - event.start
            return f"{_clock(event.start)} over after {length:.0f} s: {event.sentence}"
        case SavedClip():
            return f"{_clock(event.start)} kept: {event.path}"
        case LostClip() | NotScored():
            return event.message


def _clock(seconds: float) -> str:
    return datetime.fromtimestamp(seconds).astimezone().strftime("%H:%M:%S")
