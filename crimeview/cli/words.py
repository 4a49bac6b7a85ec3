"""What all words of the command line are made with."""

import argparse
import textwrap
from pathlib import Path
from typing import Any


def path(text: str) -> Path:
    """A path; an empty one, as of a variable that is not set, must not be the present folder."""
    if not text:
        raise argparse.ArgumentTypeError("an empty path names nothing")
    return Path(text)


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
