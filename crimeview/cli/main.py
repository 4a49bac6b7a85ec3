"""The command line: what there is to type, and what it exits with.

Nothing heavy is imported before a command is known, so that help comes at once.
"""

import argparse
import errno
import io
import os
import sys
from collections.abc import Callable
from pathlib import Path

from crimeview.cli.faults import log_fault, tell
from crimeview.cli.parser import make_parser
from crimeview.cli.signals import Stopped
from crimeview.cli.window import OpenWindow
from crimeview.core.errors import CrimeviewError, UsageError

FAILED, WRONG_USAGE = 1, 2
_BROKEN_PIPE = 141  # as if SIGPIPE had ended the program
_INTERRUPTED = 130  # as if SIGINT had


def main(argv: list[str], *, open_window: OpenWindow) -> int:
    """Run one command; gives the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # File names need not be valid text: their bytes as they are, where that is possible.
            utf8 = stream.encoding.lower() == "utf-8"
            stream.reconfigure(errors="surrogateescape" if utf8 else "replace")
    return guarded(lambda: _run(make_parser().parse_args(argv), open_window))


def guarded(run: Callable[[], int]) -> int:
    """What `run` gives, or the exit code for what it raises, told to the user in a sentence."""
    _fill_missing_streams()
    try:
        code = run()
        sys.stdout.flush()
    except SystemExit as end:  # argparse: help or wrong usage, told already
        return end.code if isinstance(end.code, int) else WRONG_USAGE
    except UsageError as error:
        tell(str(error))
        return WRONG_USAGE
    except CrimeviewError as error:
        tell(str(error))
        return FAILED
    except Stopped as stopped:
        return stopped.code
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        _drop_output()  # whoever read it has enough
        return _BROKEN_PIPE
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            _drop_output()
            tell("The disk is full; free some space and try again.")
            return FAILED
        tell(f"crimeview met a fault of its own; please report it with {log_fault(error)}.")
        return FAILED
    return code


def _fill_missing_streams() -> None:
    """A program that is started without a terminal, or with its output closed, has none."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 (to the end)
            setattr(sys, name, nowhere)


def _drop_output() -> None:
    """What is still held back of the output must not be written at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(args: argparse.Namespace, open_window: OpenWindow) -> int:
    match args.command:
        case "analyze":
            from crimeview.cli.analyze import run_analyze

            return run_analyze(args)
        case "segments":
            return _segments(args)
        case "review" | "case" | "regions" | "cameras":
            return _change_case(args)
        case "library" | "similar":
            return _library(args)
        case "open":
            return _open(args.path, args.snapshot, open_window)
        case "models":
            return _models(args)
        case "demo":
            from crimeview.cli.demo import run_demo

            return run_demo(args.video, folder=args.dir, open_window=open_window)
        case "data":
            from crimeview.cli.data import run_show

            return run_show(args.data, out=args.out, preset=args.augmentation)
        case "evaluate":
            return _evaluate(args)
        case _:
            return _run_more(args)


def _run_more(args: argparse.Namespace) -> int:
    if args.command == "watch":
        from crimeview.cli.watch import run_watch

        return run_watch(args)
    if args.command == "alarms":
        from crimeview.cli.alarms import run_alarms

        return run_alarms(args)
    if args.command == "deliveries":
        from crimeview.cli.deliveries import run_deliveries

        return run_deliveries(args)
    if args.command == "groupings":
        from crimeview.cli.groupings import run_groupings

        return run_groupings(args)
    if args.command == "types":
        from crimeview.cli.types import run_types

        return run_types(args)
    if args.command == "map":
        from crimeview.cli.map import run_map

        return run_map(args)
    from crimeview.cli.train import run_train

    return run_train(args)


def _evaluate(args: argparse.Namespace) -> int:
    if args.protocol == "theft":
        from crimeview.cli.compare_theft import run_compare_theft

        return run_compare_theft(args)
    from crimeview.cli.evaluate import run_evaluate

    return run_evaluate(args)


def _segments(args: argparse.Namespace) -> int:
    from crimeview.cli.segments import Form, run_segments
    from crimeview.core.review import ReviewState
    from crimeview.jobs.listing import ALL_STATES, Column, Listing

    states = frozenset(map(ReviewState, args.state)) if args.state else ALL_STATES
    listing = Listing(
        states=states,
        query=args.where,
        order=Column(args.sort),
        descending=(args.sort in ("rank", "score", "mean", "length")) != args.reverse,
    )
    form: Form = "json" if args.json else "csv" if args.csv else "table"
    return run_segments(case_folder=args.case, form=form, threshold=args.threshold, listing=listing)


def _change_case(args: argparse.Namespace) -> int:
    match args.command:
        case "review":
            from crimeview.cli.review import run_review

            return run_review(args)
        case "case":
            from crimeview.cli.case import run_case

            return run_case(args)
        case "cameras":
            from crimeview.cli.cameras import run_cameras

            return run_cameras(args)
        case _:
            from crimeview.cli.regions import run_regions

            return run_regions(args)


def _library(args: argparse.Namespace) -> int:
    if args.command == "similar":
        from crimeview.cli.similar import run_similar

        return run_similar(args)
    from crimeview.cli.library import run_library

    return run_library(args)


def _models(args: argparse.Namespace) -> int:
    from crimeview.cli import models

    match args.action:
        case "list":
            return models.run_list()
        case "show":
            return models.run_show(args.name)
        case "bench":
            from crimeview.cli.bench_models import run_bench

            return run_bench(args.name, as_json=args.json)
        case "fetch":
            from crimeview.cli.import_model import run_fetch

            return run_fetch(out=args.out, overwrite=args.replace)
        case "import":
            from crimeview.cli.import_model import run_import

            return run_import(
                args.file,
                name=args.name,
                architecture=args.json,
                out=args.out,
                overwrite=args.replace,
            )
        case _:
            return models.run_verify(args.name, engine=args.engine)


def _open(path: Path, snapshot: Path | None, open_window: OpenWindow) -> int:
    from crimeview.core.files import exists
    from crimeview.store.location import is_case

    if not exists(path):
        raise UsageError(f"There is nothing at {path}; give a video file or a case folder.")
    if is_case(path):
        return open_window([], case=path, snapshot=snapshot)
    return open_window([path], case=None, snapshot=snapshot)
