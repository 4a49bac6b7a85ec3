"""The words of `crimeview library` and `crimeview similar`."""

import argparse
from datetime import UTC, datetime
from typing import Any

from crimeview.cli.words import (
    add_case,
    add_command,
    add_projection,
    count,
    decimal,
    number_of,
    path,
)

_SEGMENT = number_of("segment", told_by="library list")

_WHERE = """
    A library is a folder (default: your own), or a database on a server that several people share:
    postgresql://NAME@SERVER/DATABASE?sslmode=verify-full. What stands after ? goes to the driver as
    it is (sslmode, sslrootcert, sslcert, sslkey). A password is never part of the URL: “crimeview
    library login URL” asks for it and keeps it in your keyring.
"""
_SIMILAR = """
    VIDEO is analyzed, unless --case or your default case has done that already. What is compared is
    the span, or else the segment of VIDEO with the highest score, or else all of it. A match is
    close where it is more alike than what this library shows of different crimes, or by chance; the
    last line says so where there is none. What is the same, encoded anew, comes first. --relevant
    and --not-relevant take the numbers of earlier results and move the query.

    --json prints one JSON object: query {recording, start, end, space}, threshold {value, basis,
    segments}, close_match (true, false, or null where the library is too small to tell), matches
    [{id, similarity, close, same (true where it shows the query itself, encoded anew), recording,
    case, path, start, end, type, camera, place, happened, outcome, notes, clips [{query [start,
    end], result [start, end], similarity}]}], notices.
"""


def add_library(commands: Any) -> None:
    command = add_command(
        commands, "library", "keep segments beyond their case, and search them", _WHERE
    )
    actions = command.add_subparsers(dest="action", metavar="ACTION", required=True)
    _add_add(actions)
    _add_list(actions)
    _add_set(actions)
    _add_remove(actions)
    _add_info(actions)
    _add_index(actions)
    _add_packages(actions)
    _add_server(actions)


def add_similar(commands: Any) -> None:
    command = add_command(
        commands, "similar", "find segments that are like those of a video", _SIMILAR
    )
    command.add_argument("video", metavar="VIDEO", type=path, help="a video file")
    command.add_argument(
        "--span", metavar="A-B", type=span, help="only this span, in seconds or as 0:01:20-0:01:30"
    )
    where = command.add_mutually_exclusive_group()
    where.add_argument("--case", metavar="DIR", type=path, help="search in this case")
    _add_where(where)
    command.add_argument(
        "--top", metavar="N", type=count, default=20, help="how many (default: 20)"
    )
    _add_filter(command)
    for name, help_text in (
        ("--relevant", "a result that is what you look for (may be given again)"),
        ("--not-relevant", "a result that is not"),
    ):
        command.add_argument(
            name, metavar="ID", type=_SEGMENT, action="append", default=[], help=help_text
        )
    add_projection(command, "rank the most alike by this projection (default: as they are)")
    command.add_argument(
        "--encoder", metavar="NAME", help="the encoder that the library was made with"
    )
    command.add_argument("--scorer", metavar="NAME", help="the scorer that fits it")
    command.add_argument("--json", action="store_true", help="print JSON")


def span(text: str) -> tuple[float, float]:
    """`A-B`, each in seconds or as [h:]m:s."""
    parts = text.split("-")
    if len(parts) != 2:
        raise argparse.ArgumentTypeError(f"“{text}” is no span; give it as 12.5-20 or 1:20-1:30")
    start, end = map(_seconds, parts)
    if not start < end:
        raise argparse.ArgumentTypeError(f"the span “{text}” does not end after it begins")
    return start, end


def _seconds(text: str) -> float:
    total = 0.0
    for part in text.strip().split(":"):
        try:
            number = float(part)
        except ValueError:
            number = -1.0
        if not 0.0 <= number < 1e9:
            raise argparse.ArgumentTypeError(f"“{text}” is no time; give it as 80.5 or 1:20.5")
        total = 60.0 * total + number
    return total


def moment(text: str) -> datetime:
    """A date or a moment in ISO 8601; of this computer's zone where it names none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"“{text}” is no date; give it as 2026-11-29 or 2026-11-29T22:15+09:00"
        ) from error
    return found.astimezone() if found.tzinfo is None else found.astimezone(UTC)


def _add_where(command: Any) -> None:
    command.add_argument(
        "--library",
        metavar="WHERE",
        help="the library's folder or URL (default: your own library)",
    )


def _add_filter(command: argparse.ArgumentParser) -> None:
    for name, metavar, help_text in (
        ("--type", "TYPE", "only segments of this type (may be given again)"),
        ("--camera", "NAME", "only those of this camera (may be given again)"),
        ("--place", "NAME", "only those of this place (may be given again)"),
    ):
        command.add_argument(name, metavar=metavar, action="append", default=[], help=help_text)
    command.add_argument(
        "--after", metavar="DATE", type=moment, help="only what happened then or later"
    )
    command.add_argument("--before", metavar="DATE", type=moment, help="only what happened earlier")


def _add_facts(command: argparse.ArgumentParser) -> None:
    for name, metavar, help_text in (
        ("--type", "TYPE", "what kind of crime or event it is"),
        ("--camera", "NAME", "which camera"),
        ("--place", "NAME", "where"),
        ("--outcome", "TEXT", "what came of it"),
        ("--notes", "TEXT", "anything else"),
    ):
        command.add_argument(name, metavar=metavar, help=help_text)


def _add_add(actions: Any) -> None:
    command = add_command(
        actions,
        "add",
        "add segments of a case",
        "    What the library has of the same content and time is not added again; only what it "
        "lacked\n    of type, camera, place, outcome and notes is filled in.",
    )
    add_case(command)
    _add_where(command)
    command.add_argument(
        "--recording",
        metavar="PATH",
        type=path,
        action="append",
        default=[],
        help="only those of this recording (may be given again)",
    )
    command.add_argument("--span", metavar="A-B", type=span, help="only those that touch this span")
    command.add_argument(
        "--least-peak",
        metavar="X",
        type=decimal,
        default=0.0,
        help="only those that score this high",
    )
    command.add_argument(
        "--started",
        metavar="DATE",
        type=moment,
        help="date and time at the first frame of the recording (2026-11-29T22:15+09:00)",
    )
    _add_facts(command)
    command.add_argument(
        "--duplicates",
        choices=("mark", "skip", "keep"),
        default="mark",
        help="what becomes of a segment that another file shows as well: added but left out of "
        "searches (mark, the default), not added (skip), or added like any other (keep)",
    )
    command.add_argument(
        "--copy-clips",
        action="store_true",
        help="keep the segment's piece of the recording, too: its packets as they are",
    )
    command.add_argument("--json", action="store_true", help="print JSON lines")


def _add_list(actions: Any) -> None:
    command = add_command(actions, "list", "list segments")
    _add_where(command)
    _add_filter(command)
    command.add_argument("--duplicates", action="store_true", help="marked duplicates as well")
    command.add_argument("--json", action="store_true", help="print JSON")


def _add_set(actions: Any) -> None:
    command = add_command(
        actions, "set", "change what is said of segments; an empty text takes it back"
    )
    command.add_argument("id", metavar="ID", type=_SEGMENT, nargs="+", help="the segments' numbers")
    _add_where(command)
    _add_facts(command)
    command.add_argument(
        "--date",
        metavar="DATE",
        type=moment,
        help="when it happened (2026-11-29, or 2026-11-29T22:15+09:00)",
    )
    command.add_argument(
        "--not-duplicate",
        action="store_true",
        help="it does not show what another does: searches find it again",
    )


def _add_remove(actions: Any) -> None:
    command = add_command(actions, "remove", "remove segments, with their copies of clips")
    command.add_argument("id", metavar="ID", type=_SEGMENT, nargs="+", help="the segments' numbers")
    _add_where(command)


def _add_info(actions: Any) -> None:
    command = add_command(actions, "info", "say what a library holds")
    _add_where(command)
    command.add_argument(
        "--rebuild-index", action="store_true", help="as “index” without --graph does, before that"
    )
    command.add_argument("--json", action="store_true", help="print JSON")


def _add_index(actions: Any) -> None:
    command = add_command(
        actions,
        "index",
        "build the search index of a folder anew, or a graph for very many segments",
        "    Every library has an exact index, which looks at all segments. From about a million\n"
        "    on a graph answers sooner and nearly as well; docs/library.md says how long building\n"
        "    one takes. Meanwhile the library is searched as before. Stopped, what is built is\n"
        "    kept and the same command goes on from there.",
    )
    _add_where(command)
    command.add_argument("--graph", action="store_true", help="build a graph beside the index")
    command.add_argument("--json", action="store_true", help="print JSON lines")


def _add_packages(actions: Any) -> None:
    command = add_command(
        actions,
        "export",
        "write a package of a library",
        "    A package is a folder of Parquet files with a manifest; docs/library.md describes it.",
    )
    command.add_argument("out", metavar="PACKAGE", type=path, help="a folder that is not there yet")
    _add_where(command)
    _add_filter(command)
    command.add_argument(
        "--without-clips", action="store_true", help="leave copies of clips out of it"
    )
    command = add_command(
        actions,
        "import",
        "take in a package, or features of UCF-Crime",
        "    PACKAGE is a folder that “export” wrote, or an .npz of names (n,) and features\n"
        "    (n, segments, numbers); LABELS is then a .csv with the columns name and class.",
    )
    command.add_argument("package", metavar="PACKAGE", type=path, help="what to take in")
    command.add_argument("labels", metavar="LABELS", type=path, nargs="?", help="types of an .npz")
    command.add_argument(
        "--scorer",
        metavar="NAME",
        help="the scorer that finds the anomalous segments of an .npz (default: c3d-milr)",
    )
    command.add_argument(
        "--segments",
        metavar="N",
        type=count,
        default=3,
        help="how many of the highest-scoring segments of each recording (default: 3)",
    )
    _add_where(command)
    command.add_argument("--json", action="store_true", help="print JSON")


def _add_server(actions: Any) -> None:
    command = add_command(
        actions,
        "create",
        "make a library, and on a server its roles",
        "    On a server this takes an administrator: it adds pgvector and makes the roles\n"
        "    crimeview_reviewer (may read) and crimeview_editor (may change); give them to people\n"
        "    with GRANT crimeview_editor TO name.",
    )
    command.add_argument("library", metavar="WHERE", help="a folder or a URL")
    command = add_command(actions, "login", "keep a server's password in your keyring")
    command.add_argument("library", metavar="URL")
    command = add_command(actions, "logout", "remove a server's password from your keyring")
    command.add_argument("library", metavar="URL")
