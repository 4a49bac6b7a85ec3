"""The words of the command line. Their help text is part of its documentation."""

import argparse
from importlib.metadata import version
from pathlib import Path
from typing import Any

from crimeview.cli.alarms_words import add_alarms
from crimeview.cli.analyze_words import add_analyze
from crimeview.cli.cameras_words import add_cameras
from crimeview.cli.data_words import add_data
from crimeview.cli.deliveries_words import add_deliveries
from crimeview.cli.evaluate_words import add_evaluate
from crimeview.cli.groupings_words import add_groupings
from crimeview.cli.library_words import add_library, add_similar
from crimeview.cli.map_words import add_map
from crimeview.cli.models_words import add_models
from crimeview.cli.review_words import (
    add_case_command,
    add_regions,
    add_review,
    add_segments,
)
from crimeview.cli.train_words import add_train
from crimeview.cli.types_words import add_types
from crimeview.cli.watch_words import add_watch
from crimeview.cli.words import add_command, path


def make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="crimeview",
        description="Find the seconds that matter in hours of surveillance video. "
        "Without arguments the window opens.",
        epilog="crimeview COMMAND --help says more about a command.",
    )
    parser.add_argument("--version", action="version", version=f"crimeview {version('crimeview')}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    add_analyze(commands)
    add_segments(commands)
    add_review(commands)
    add_case_command(commands)
    add_regions(commands)
    add_cameras(commands)
    add_alarms(commands)
    add_deliveries(commands)
    _add_open(commands)
    add_watch(commands)
    add_library(commands)
    add_similar(commands)
    add_models(commands)
    _add_demo(commands)
    add_train(commands)
    add_evaluate(commands)
    add_groupings(commands)
    add_types(commands)
    add_map(commands)
    add_data(commands)
    return parser


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
