"""The words of the command line. Their help text is part of its documentation."""

import argparse
from importlib.metadata import version
from pathlib import Path
from typing import Any

from crimeview.cli.data_words import add_data
from crimeview.cli.evaluate_words import add_evaluate
from crimeview.cli.models_words import add_models
from crimeview.cli.train_words import add_train
from crimeview.cli.words import add_command, path

_ANALYZE_JSON = """
    With --json each line of standard output is a JSON object, flushed at once. While working:
      {"type": "step", "done": s, "total": s or null, "left": s or null, "message": text,
       "recording_id": number or null, "changed": ["recordings", "tracks", "segments"]}
    done and total are seconds of video over all recordings, left is seconds to wait. At the end,
    for each recording:
      {"type": "outcome", "recording": path, "recording_id": number, "state": "done", "failed" ...,
       "message": text, "segments": number}
    Exit code: 0 all analyzed, 1 some were not, 130 stopped by Ctrl-C, 143 by SIGTERM. A stopped or
    killed analysis goes on where it was when the same command is given again.
"""

_SEGMENTS_JSON = """
    --json prints one JSON array of {"recording": path, "start": s, "end": s, "peak": score,
    "mean": score}, --csv the same fields as columns; s is seconds on the recording's clock, scores
    are 0 to 1. The highest peak comes first.
"""


def make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="crimeview",
        description="Find the seconds that matter in hours of surveillance video. "
        "Without arguments the window opens.",
        epilog="crimeview COMMAND --help says more about a command.",
    )
    parser.add_argument("--version", action="version", version=f"crimeview {version('crimeview')}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    _add_analyze(commands)
    _add_segments(commands)
    _add_open(commands)
    add_models(commands)
    _add_demo(commands)
    add_train(commands)
    add_evaluate(commands)
    add_data(commands)
    return parser


def _add_analyze(commands: Any) -> None:
    command = add_command(
        commands, "analyze", "look at recordings and find what is unusual in them", _ANALYZE_JSON
    )
    command.add_argument(
        "paths", metavar="PATH", nargs="+", type=path, help="a video file, or a folder of them"
    )
    _add_case(command)
    for kind in ("encoder", "scorer"):
        command.add_argument(
            f"--{kind}", metavar="NAME", help=f"another {kind}, by its name in “models list”"
        )
    command.add_argument(
        "--violence",
        action=argparse.BooleanOptionalAction,
        help="whether to store the probability of violence as well (default: if there is a model)",
    )
    command.add_argument("--json", action="store_true", help="print progress as JSON lines")


def _add_segments(commands: Any) -> None:
    command = add_command(
        commands, "segments", "list what was found, the highest score first", _SEGMENTS_JSON
    )
    _add_case(command)
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON")
    form.add_argument("--csv", action="store_true", help="print CSV")
    command.add_argument(
        "--threshold",
        metavar="X",
        type=float,
        help="find the segments anew with this threshold (0 to 1) from the stored scores; "
        "the case stays as it is",
    )


def _add_open(commands: Any) -> None:
    command = add_command(commands, "open", "open the window on a recording or a case")
    command.add_argument("path", metavar="PATH", type=path, help="a video file or a case folder")
    command.add_argument(
        "--snapshot", metavar="PNG", type=path, help="write the window as a picture and end"
    )


def _add_demo(commands: Any) -> None:
    command = add_command(
        commands, "demo", "analyze a recording that is drawn here, or yours, and show the result"
    )
    command.add_argument(
        "video", metavar="VIDEO", nargs="?", type=path, help="a recording of yours instead"
    )
    command.add_argument(
        "--dir",
        metavar="DIR",
        type=path,
        default=Path("demo"),
        help="where the recording, its case, segments.json and window.png go (default: demo)",
    )


def _add_case(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--case", metavar="DIR", type=path, help="the case folder (default: your default case)"
    )
