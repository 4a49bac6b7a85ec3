"""The words of `crimeview types`."""

import argparse
from typing import Any

from crimeview.cli.words import add_command, number_of, path

_LESSON = number_of("lesson", told_by="types lessons")

_TYPES = """
    suggest  say which types segments may be of, and keep it beside them in the case
    learn    learn from the types that people gave, and from what they dismissed
    forget   forget what was learned last; what was there before suggests again
    recall   use again what was forgotten
    lessons  what was learned, when, and how it did on recordings that it had not seen

    A suggestion never changes what a person said.
"""
_SUGGEST = """
    Clusters that were named (crimeview groupings name) suggest first, then what was learned, then
    the classifier of types for the encoder's features. --json prints one line, an array of
    {"id", "recording_id", "start", "end", "type" (null: unknown or nothing of a type),
    "confidence", "likeliest" ([[type, chance], ...], “normal” among them), "source"}.
"""
_LEARN = """
    Each recording's types are foretold from those of the other recordings, with and without
    learning. What was learned is used only where it is right no less often. --json prints one line:
    kept, lesson, counts, and accuracy and chance_of_right before and after with intervals.
"""


def add_types(commands: Any) -> None:
    """Add the command to the subparsers."""
    command = add_command(commands, "types", "suggest crime types, and learn them", _TYPES)
    actions = command.add_subparsers(dest="action", metavar="ACTION", required=True)
    suggest = add_command(actions, "suggest", "suggest types for the segments of a case", _SUGGEST)
    learn = add_command(actions, "learn", "learn types from what people said", _LEARN)
    forget = add_command(actions, "forget", "forget what was learned last")
    recall = add_command(actions, "recall", "use again what was forgotten")
    lessons = add_command(actions, "lessons", "list what was learned")
    for action in (suggest, learn, forget, recall, lessons):
        _add_case(action)
    for action in (suggest, learn, lessons):
        action.add_argument("--json", action="store_true", help="print one line of JSON")
    for action in (learn, forget, recall):
        action.add_argument(
            "--reviewer", metavar="NAME", help="who says so (default: your user name)"
        )
    recall.add_argument("lesson", metavar="N", type=_LESSON, help="its number, see lessons")


def _add_case(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "case",
        metavar="CASE",
        nargs="?",
        type=path,
        help="the case folder (default: your default case)",
    )
