"""What all words of the command line are made with."""

import argparse
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

_TOO_LARGE = 2**63  # for the number of a row


def path(text: str) -> Path:
    """A path; an empty one, as of a variable that is not set, must not be the present folder."""
    if not text:
        raise argparse.ArgumentTypeError("an empty path names nothing")
    return Path(text)


def amount(text: str) -> int:
    """A whole number of at least 0."""
    if text.startswith("-") and text[1:].isdecimal():
        raise argparse.ArgumentTypeError(f"“{text}” is below 0")
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"“{text}” is no whole number")
    return int(text)


def count(text: str) -> int:
    """A whole number of at least 1."""
    number = amount(text)
    if number == 0:
        raise argparse.ArgumentTypeError("it must be at least 1")
    return number


def number_of(what: str, *, told_by: str) -> Callable[[str], int]:
    """What reads the number of a segment or the like; `told_by` is the command that lists them.

    Segments that a person has judged or marked have numbers below 0.
    """

    def number(text: str) -> int:
        if not text.removeprefix("-").isdecimal() or abs(int(text)) >= _TOO_LARGE:
            raise argparse.ArgumentTypeError(
                f"“{text}” is no number of a {what}; “crimeview {told_by}” lists them"
            )
        return int(text)

    return number


def decimal(text: str) -> float:
    """Any number."""
    try:
        return float(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is no number") from error


def add_command(
    commands: Any, name: str, summary: str, details: str = ""
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=summary,
        description=f"{summary[0].upper()}{summary[1:]}.",
        epilog=textwrap.dedent(details).strip(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    return parser


def add_case(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--case", metavar="DIR", type=path, help="the case folder (default: your default case)"
    )


def add_projection(command: argparse.ArgumentParser, told: str) -> None:
    command.add_argument("--projection", metavar="NAME", help=told)
