"""`crimeview library`."""

import argparse
import getpass
import os
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from crimeview.cli.drive import drive, print_json
from crimeview.cli.faults import tell
from crimeview.cli.similar import date_text, filter_of
from crimeview.core.errors import UsageError
from crimeview.core.files import is_folder
from crimeview.core.timetext import clock_text
from crimeview.jobs.library_add import AddedSegment, AddOrder, add_to_library
from crimeview.jobs.library_index import build_exact, build_graphs
from crimeview.jobs.library_packages import export_library, import_features, import_library
from crimeview.store.case import Case, open_case
from crimeview.store.library.credentials import delete_password, save_password
from crimeview.store.library.library import Library, open_library
from crimeview.store.library.local_search import IndexKind
from crimeview.store.library.location import Location, locate
from crimeview.store.library.rows import KEPT, Added, Duplicates, Entry, Facts
from crimeview.store.location import default_case_folder

_FACTS = {
    "type": "crime_type",
    "camera": "camera",
    "place": "place",
    "outcome": "outcome",
    "notes": "notes",
}
_KINDS = {IndexKind.EXACT.value: "exactly", IndexKind.GRAPH.value: "by a graph"}
_INDEX_STOPPED = "Stopped. The next search builds the index."
_GRAPH_STOPPED = (
    "Stopped. What is built of the graph is kept; the same command goes on from there. Until it is "
    "built the library is searched as before."
)
_OUTCOMES = {
    Added.NEW: "added",
    Added.KNOWN: "known already",
    Added.MARKED: "added as a duplicate",
    Added.SKIPPED: "not added: another file shows the same",
}


def run_library(args: argparse.Namespace) -> int:
    """Do what `crimeview library ACTION` asks for; gives the exit code."""
    actions: dict[str, Callable[[argparse.Namespace], int]] = {
        "add": _add,
        "list": _list,
        "set": _set,
        "remove": _remove,
        "info": _info,
        "index": _index,
        "export": _export,
        "import": _import,
        "create": _create,
        "login": _login,
        "logout": _logout,
    }
    return actions[args.action](args)


def _opened(args: argparse.Namespace, *, create: bool = False) -> Library:
    return open_library(locate(args.library), create=create)


def _add(args: argparse.Namespace) -> int:
    with (
        open_case(args.case or default_case_folder(), create=False) as case,
        open_library(locate(args.library), create="://" not in (args.library or "")) as library,
    ):
        order = AddOrder(
            recordings=_numbers(case, args.recording),
            span=args.span,
            least_peak=args.least_peak,
            facts=_facts(args),
            started=args.started,
            duplicates=Duplicates(args.duplicates),
            copy_clips=args.copy_clips,
        )
        added = drive(
            add_to_library(case, library, order),
            if_stopped="Stopped. What was added is kept; the same command goes on from there.",
            as_json=args.json,
            unit="other",
        )
        place = library.place
    if args.json:
        for one in added:
            print_json(_added_json(one))
        return 0
    _tell_added(added, place)
    return 0


def _tell_added(added: Sequence[AddedSegment], place: str) -> None:
    counts = Counter(one.outcome for one in added)
    for outcome, text in _OUTCOMES.items():
        if counts[outcome]:
            tell(f"{counts[outcome]} {_segments(counts[outcome])} {text}.")
    copied = sum(one.copied for one in added)
    if copied:
        tell(f"{copied} of them with a copy of the recording's piece.")
    if not added:
        tell("There was nothing to add: no segment of the case fits.")
    else:
        tell(f"The library is in {place}.")


def _numbers(case: Case, paths: Sequence[Path]) -> tuple[int, ...] | None:
    """The case's numbers of recordings; None where none are named."""
    if not paths:
        return None
    known = {str(recording.path): recording.id for recording in case.recordings()}
    numbers = []
    for path in paths:
        text = os.path.abspath(path)  # noqa: PTH100 (resolve() would follow links)
        if text not in known:
            raise UsageError(
                f"{path} is not in the case; “crimeview segments” says which recordings are."
            )
        numbers.append(known[text])
    return tuple(numbers)


def _facts(args: argparse.Namespace) -> Facts:
    given = {field: getattr(args, name) for name, field in _FACTS.items()}
    return Facts(**{field: value for field, value in given.items() if value is not None})


def _list(args: argparse.Namespace) -> int:
    with _opened(args) as library:
        entries = library.entries(replace(filter_of(args), duplicates=args.duplicates))
    if args.json:
        for entry in entries:
            print_json(entry_json(entry))
        return 0
    if not entries:
        tell("No segment of the library fits.")
        return 0
    width = max(len(entry.recording.name) for entry in entries)
    print(f"    id  {'recording':{width}}       start         end   peak  type")
    for entry in entries:
        start, end = (clock_text(t, decimals=1) for t in (entry.start, entry.end))
        facts = entry.facts
        about = [facts.crime_type or "-", facts.camera, facts.place, date_text(entry.happened)]
        print(
            f"{entry.id:>6}  {entry.recording.name:{width}}  {start:>10}  {end:>10}"
            f"  {entry.peak:5.2f}  {', '.join(part for part in about if part)}"
        )
    return 0


def _set(args: argparse.Namespace) -> int:
    given = {field: getattr(args, name) for name, field in _FACTS.items()}
    changes = {field: value for field, value in given.items() if value is not None}
    if not changes and args.date is None and not args.not_duplicate:
        raise UsageError(
            "Say what is to be changed: --type, --camera, --place, --outcome, --notes, --date, "
            "--not-duplicate."
        )
    with _opened(args) as library:
        entries = _existing(library, args.id)
        for entry in entries:
            facts = replace(entry.facts, **changes)
            happened = KEPT if args.date is None else args.date.timestamp()
            library.set_facts(entry.id, facts, revision=entry.revision, happened=happened)
        if args.not_duplicate:
            library.unmark(entry.id for entry in entries)
    tell(f"{len(entries)} {_segments(len(entries))} changed.")
    return 0


def _remove(args: argparse.Namespace) -> int:
    with _opened(args) as library:
        entries = _existing(library, args.id)
        removed = library.remove(entry.id for entry in entries)
    tell(f"{removed} {_segments(removed)} removed.")
    return 0


def _existing(library: Library, numbers: Sequence[int]) -> list[Entry]:
    found = library.entries_of(numbers)
    missing = [str(number) for number in numbers if number not in found]
    if missing:
        raise UsageError(
            f"The library has no segment {', '.join(missing)}; “crimeview library list” says which "
            "there are. Nothing was changed."
        )
    return [found[number] for number in dict.fromkeys(numbers)]


def _info(args: argparse.Namespace) -> int:
    with _opened(args) as library:
        figures = library.figures()
        names = [name for name, _, vectors in figures.spaces if vectors]
        if args.rebuild_index:
            drive(build_exact(library, names), if_stopped=_INDEX_STOPPED, unit="other")
        kinds = {name: library.index_kind(name).value for name in names}
        slow = any(library.wants_graph(name) for name in names)
        notices, may_write, place = library.take_notices(), library.may_write, library.place
    for notice in notices:
        tell(notice)
    if args.json:
        print_json(
            {
                "library": place,
                "may_change": may_write,
                "segments": figures.segments,
                "recordings": figures.recordings,
                "duplicates": figures.duplicates,
                "copies": figures.copies,
                "types": dict(figures.types),
                "spaces": [
                    {
                        "name": name,
                        "dimensions": size,
                        "vectors": vectors,
                        "index": kinds.get(name),
                    }
                    for name, size, vectors in figures.spaces
                ],
                "notices": notices,
            }
        )
        return 0
    print(f"{place} ({'you may change it' if may_write else 'you may only read it'})")
    print(f"segments    {figures.segments:,} ({figures.duplicates:,} marked as duplicates)")
    print(f"recordings  {figures.recordings:,}")
    print(f"clip copies {figures.copies:,}")
    for name, number in figures.types:
        print(f"type        {name or 'not known'}: {number:,}")
    for name, size, vectors in figures.spaces:
        by = f", searched {_KINDS[kinds[name]]}" if name in kinds else ""
        print(f"space       {name}: {vectors:,} vectors of {size}{by}")
    if slow:
        tell("So many are found sooner by a graph: “crimeview library index --graph” builds it.")
    return 0


def _index(args: argparse.Namespace) -> int:
    with _opened(args) as library:
        names = [name for name, _, vectors in library.figures().spaces if vectors]
        if library.folder is None:
            raise UsageError(
                f"The server keeps the search index of {library.place} itself; there is nothing to "
                "build."
            )
        have = [name for name in names if args.graph and _has_graph(library, name)]
        for name in have:  # an hour's work, which a stop in another space is not to begin anew
            tell(f"{name} has its graph already.")
        wanted = [name for name in names if name not in have]
        job = build_graphs(library, wanted) if args.graph else build_exact(library, wanted)
        stopped = _GRAPH_STOPPED if args.graph else _INDEX_STOPPED
        try:
            drive(job, if_stopped=stopped, as_json=args.json, unit="other")
        finally:
            for notice in library.take_notices():
                tell(notice)
        kinds = {name: library.index_kind(name).value for name in names}
    if args.json:
        print_json({"type": "index", "spaces": kinds})
    elif not names:
        tell("The library is empty; there is nothing to build.")
    for name in () if args.json else wanted:
        tell(f"{name} is searched {_KINDS[kinds[name]]} from now on.")
    return 0


def _has_graph(library: Library, space: str) -> bool:
    return library.index_kind(space) is IndexKind.GRAPH


def _export(args: argparse.Namespace) -> int:
    with _opened(args) as library:
        job = export_library(
            library, args.out, wanted=filter_of(args), with_clips=not args.without_clips
        )
        written = drive(job, if_stopped="Stopped. No package was written.", unit="other")
    tell(f"{written} {_segments(written)} are in {args.out}.")
    return 0


def _import(args: argparse.Namespace) -> int:
    with open_library(locate(args.library), create="://" not in (args.library or "")) as library:
        if is_folder(args.package):
            job = import_library(library, args.package)
        else:
            job = import_features(
                library,
                args.package,
                args.labels,
                scorer=args.scorer or "c3d-milr",
                segments=args.segments,
            )
        found = drive(
            job,
            if_stopped="Stopped. What was added is kept; the same command goes on from there.",
            as_json=args.json,
            unit="other",
        )
        place = library.place
    if args.json:
        print_json({"type": "imported", **asdict(found)})
        return 0
    tell(f"{found.added} {_segments(found.added)} added, {found.known} known already.")
    if found.ordinary:
        tell(f"{found.ordinary} ordinary recordings were left out.")
    tell(f"The library is in {place}.")
    return 0


def _create(args: argparse.Namespace) -> int:
    with _opened(args, create=True) as library:
        if library.folder is None:
            library.make_roles()
        tell(f"There is a library in {library.place}.")
    return 0


def _login(args: argparse.Namespace) -> int:
    location = _server(args.library)
    if sys.stdin.isatty():
        password = getpass.getpass(f"Password for {location}: ")
    else:
        password = sys.stdin.readline().rstrip("\n")
    if not password:
        raise UsageError("No password was given; nothing was kept.")
    save_password(location, password)
    tell("The password is in your keyring.")
    return 0


def _logout(args: argparse.Namespace) -> int:
    there = delete_password(_server(args.library))
    tell("The password is removed." if there else "There was no password for it.")
    return 0


def _server(text: str) -> Location:
    location = locate(text)
    if location.url is None:
        raise UsageError(f"{text} is a folder, which needs no password; give a server's URL.")
    return location


def entry_json(entry: Entry) -> dict[str, object]:
    """A segment as `library list --json` prints it."""
    return {
        "id": entry.id,
        "uid": entry.uid,
        "recording": entry.recording.name,
        "sha256": entry.recording.sha256,
        "path": entry.recording.path,
        "case": entry.recording.case_name,
        "start": round(entry.start, 3),
        "end": round(entry.end, 3),
        "peak": round(entry.peak, 4),
        "type": entry.facts.crime_type,
        "camera": entry.facts.camera,
        "place": entry.facts.place,
        "happened": date_text(entry.happened) or None,
        "outcome": entry.facts.outcome,
        "notes": entry.facts.notes,
        "added": entry.added,
        "added_by": entry.added_by,
        "duplicate_of": entry.duplicate_of,
        "copy": entry.copy.file if entry.copy is not None else None,
    }


def _added_json(one: AddedSegment) -> dict[str, object]:
    return {
        "type": "segment",
        "recording": str(one.recording),
        "start": round(one.start, 3),
        "end": round(one.end, 3),
        "outcome": one.outcome.value,
        "id": one.number,
        "copied": one.copied,
    }


def _segments(number: int) -> str:
    return "segment" if number == 1 else "segments"
