"""The words of `crimeview segments`, `crimeview review` and `crimeview case`."""

import argparse
from pathlib import Path
from typing import Any

from crimeview.cli.words import add_case, add_command, decimal, number_of, path

SEGMENT = number_of("segment", told_by="segments --json")

# As crimeview.core.review and crimeview.jobs.listing have them, which take long to import.
STATES = ("new", "confirmed", "unsure", "dismissed")
COLUMNS = (
    "rank",
    "score",
    "recording",
    "start",
    "end",
    "length",
    "mean",
    "state",
    "type",
    "tags",
    "note",
    "reviewer",
    "changed",
    "origin",
    "found",
    "reason",
)

_SEGMENTS = """
    --json prints one JSON array of {"recording": path, "start": s, "end": s, "peak": score, "mean":
    score, "found_by": ["events", "violence", "theft", "novelty"], "per_hour": number, "reason":
    text, "number": number, "class": text, "looks": number, "id": number, "state": "new", "type":
    null, "tags": [], "note": "", "reviewer": ""}, --csv the same fields as columns; s is seconds on
    the recording's clock, scores are 0 to 1. "found_by" are the scorers that found it, of the first
    of which the scores are; "per_hour" is how many such an hour of the camera's quiet time would
    show. What is to be expected least often comes first; where that is not known, the highest peak.

    --where takes words that are looked for in names, types, tags, notes and reviewers, and
    conditions: type:fight, note:"red car", score>0.5, length<10, start>=60, found:violence,
    reason:fast. All must hold.

    --sort rank puts first what is to be expected least often: a number from 0 to 1 in which one
    half is two an hour, the score where that is not known. --sort score puts the highest score
    first, whichever of the scorers it is of.
"""
_REVIEW = """
    set      say something of segments, by the id that `segments --json` gives
    mark     add a segment of your own
    undo     take back your newest change; redo makes it again. What others have changed since
             stays, yours lapses: undo once more takes back the one before it
    log      what was changed, by whom and when
    progress how many segments are reviewed
    export   clips and labels.csv of what was decided, which `train --data` reads

    The window on the same case shows it, and may stay open meanwhile.
"""

_REGIONS = """
    CORNERS are three points or more as x,y, shares of the picture's width and height from 0 to 1:
    "0,0 1,0 1,0.2 0,0.2" is the upper fifth. Regions hold from the next analysis on.
"""


def add_segments(commands: Any) -> None:
    command = add_command(
        commands, "segments", "list what was found, what is least expected first", _SEGMENTS
    )
    add_case(command)
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON")
    form.add_argument("--csv", action="store_true", help="print CSV")
    command.add_argument(
        "--threshold",
        metavar="X",
        type=decimal,
        help="find the segments anew with this threshold (0 to 1) from the stored scores, whatever "
        "was said of them; the case stays as it is. All are listed, the least expected first",
    )
    command.add_argument(
        "--state",
        choices=STATES,
        action="append",
        help="only segments with this decision; may be given several times",
    )
    command.add_argument("--where", metavar="QUERY", default="", help="only what fits (see below)")
    command.add_argument("--sort", choices=COLUMNS, default="rank", help="default: rank")
    command.add_argument("--reverse", action="store_true", help="in the reverse order")


def add_review(commands: Any) -> None:
    command = add_command(commands, "review", "decide on segments, and export decisions", _REVIEW)
    actions = command.add_subparsers(dest="action", metavar="ACTION", required=True)
    _add_set(actions)
    _add_mark(actions)
    for name, summary in (
        ("undo", "take back your newest change"),
        ("redo", "make the change again that you took back last"),
    ):
        add_reviewer(add_action(actions, name, summary))
    log = add_action(actions, "log", "what was changed, by whom and when, the oldest first")
    log.add_argument("--json", action="store_true", help="print JSON")
    progress = add_action(actions, "progress", "how many segments are reviewed")
    progress.add_argument("--json", action="store_true", help="print JSON")
    export = add_action(actions, "export", "clips and labels.csv of what was decided")
    export.add_argument("out", metavar="DIR", type=path, help="where they go")
    export.add_argument(
        "--confirmed",
        action="store_true",
        help="also what was confirmed, with its type; else only what was dismissed, as normal",
    )


def add_action(actions: Any, name: str, summary: str) -> argparse.ArgumentParser:
    """An action of a command on a case."""
    action = add_command(actions, name, summary)
    add_case(action)
    return action


def _add_set(actions: Any) -> None:
    command = add_action(actions, "set", "say something of segments")
    command.add_argument(
        "ids", metavar="ID", type=SEGMENT, nargs="+", help="as segments --json says"
    )
    command.add_argument("--state", choices=STATES, help="the decision")
    command.add_argument("--type", metavar="TYPE", help="a crime type; none for an empty one")
    command.add_argument("--note", metavar="TEXT", help="a note in place of the old one")
    command.add_argument("--tag", metavar="TAG", action="append", default=[], help="add a tag")
    command.add_argument("--untag", metavar="TAG", action="append", default=[], help="take it off")
    add_reviewer(command)


def _add_mark(actions: Any) -> None:
    command = add_action(actions, "mark", "add a segment of your own, confirmed")
    command.add_argument("recording", metavar="FILE", type=Path, help="a recording of the case")
    command.add_argument("start", metavar="START", help="seconds, or 0:01:23.4")
    command.add_argument("end", metavar="END", help="seconds, or 0:01:23.4")
    command.add_argument("--type", metavar="TYPE", help="a crime type")
    add_reviewer(command)


def add_reviewer(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--reviewer", metavar="NAME", help="who says it (default: your name on this computer)"
    )


def add_regions(commands: Any) -> None:
    command = add_command(
        commands, "regions", "parts of the picture that an analysis ignores, or that it watches",
        _REGIONS,
    )  # fmt: skip
    actions = command.add_subparsers(dest="action", metavar="ACTION", required=True)
    listed = add_action(actions, "list", "the regions of all recordings")
    listed.add_argument("--json", action="store_true", help="print JSON")
    add = add_action(actions, "add", "add a region to a recording")
    add.add_argument("recording", metavar="FILE", type=Path, help="a recording of the case")
    use = add.add_mutually_exclusive_group(required=True)
    use.add_argument("--ignore", metavar="CORNERS", help="look at nothing in it")
    use.add_argument("--watch", metavar="CORNERS", help="look at nothing outside of it")
    add_reviewer(add)
    clear = add_action(actions, "clear", "take all regions of a recording away")
    clear.add_argument("recording", metavar="FILE", type=Path, help="a recording of the case")
    add_reviewer(clear)
    copy = add_action(actions, "copy", "give them to all recordings of the same size")
    copy.add_argument("recording", metavar="FILE", type=Path, help="a recording of the case")
    add_reviewer(copy)


def add_case_command(commands: Any) -> None:
    command = add_command(commands, "case", "describe a case, and find its lost recordings again")
    actions = command.add_subparsers(dest="action", metavar="ACTION", required=True)
    show = add_action(actions, "show", "what the case holds")
    show.add_argument("--json", action="store_true", help="print JSON")
    describe = add_action(actions, "set", "give the case a title or a description")
    describe.add_argument("--title", metavar="TEXT", help="its title")
    describe.add_argument("--description", metavar="TEXT", help="what it is about")
    add_reviewer(describe)
    truth = add_action(
        actions, "truth", "what recordings really show, by an annotation file, or nothing of it"
    )
    told = truth.add_mutually_exclusive_group(required=True)
    told.add_argument(
        "file", metavar="FILE", type=path, nargs="?", help="UCF-Crime's text file, or a table (CSV)"
    )
    told.add_argument("--none", action="store_true", help="take all ground truth away")
    add_reviewer(truth)
    add_action(
        actions,
        "forget",
        "forget recordings that were removed, with all that was found and said of them, for good",
    )
    relink = add_action(
        actions, "relink", "find recordings that were moved or renamed, by their content"
    )
    relink.add_argument(
        "places", metavar="PATH", type=path, nargs="+", help="folders or files to look in"
    )
    add_reviewer(relink)
