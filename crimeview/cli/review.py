"""`crimeview review`."""

import argparse
import getpass
import json
import os
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from crimeview.cli.drive import drive
from crimeview.cli.faults import tell
from crimeview.core.edit import Action, Edit
from crimeview.core.errors import UsageError
from crimeview.core.review import ReviewState
from crimeview.jobs.export_labels import export_labels
from crimeview.jobs.resegment import noted_rule, resegment
from crimeview.jobs.review import Reviewer, judged, marked, named, noted, tagged
from crimeview.store.case import Case, open_case
from crimeview.store.location import default_case_folder
from crimeview.store.rows import CaseRecording, CaseSegment

_STOPPED = "Stopped. It holds; what is unusual is found anew when a camera is taught again."
_EditOf = Callable[[Sequence[CaseSegment]], Edit | None]


def run_review(args: argparse.Namespace) -> int:
    with open_case(args.case or default_case_folder(), create=False) as case:
        match args.action:
            case "set":
                return _set(case, args)
            case "mark":
                return _mark(case, args)
            case "undo" | "redo":
                return _take_back(case, args)
            case "log":
                return _log(case, as_json=args.json)
            case "progress":
                return _progress(case, as_json=args.json)
            case _:
                return _export(case, args.out, confirmed=args.confirmed)


def reviewer_of(args: argparse.Namespace) -> str:
    """Who says it: who is named, else the user of this computer."""
    return str(args.reviewer) if args.reviewer is not None else user_name()


def user_name() -> str:
    """The user of this computer, as far as that is known."""
    try:
        return getpass.getuser()
    except (KeyError, ImportError, OSError):
        return ""


def seconds_of(text: str) -> float:
    """Seconds, given as such or as hours, minutes and seconds; raises UsageError."""
    if re.fullmatch(r"\d+(\.\d+)?(:[0-5]?\d(\.\d+)?){0,2}", text) is None:
        raise UsageError(f"“{text}” is no time; write seconds, as 83.4, or 0:01:23.4.")
    total = 0.0
    for part in text.split(":"):
        total = total * 60 + float(part)
    return total


def _set(case: Case, args: argparse.Namespace) -> int:
    by = Reviewer.at_present(reviewer_of(args))
    wishes: list[_EditOf] = []
    if args.type is not None:
        wishes.append(lambda rows: named(rows, args.type, by=by))
    if args.note is not None:
        wishes.append(lambda rows: noted(rows, args.note, by=by))
    if args.tag or args.untag:
        wishes.append(lambda rows: tagged(rows, add=args.tag, drop=args.untag, by=by))
    if args.state is not None:
        wishes.append(lambda rows: judged(rows, ReviewState(args.state), by=by))
    if not wishes:
        raise UsageError("Say something of the segments: --state, --type, --note, --tag.")
    ids = list(dict.fromkeys(args.ids))
    for wish in wishes:
        rows = _rows(case, ids)
        edit = wish(rows)
        if edit is not None:
            case.edits.make(edit, reviewer=by.name)
            ids = _ids_after(case, rows)
    for row in _rows(case, ids):
        print(f"{row.id}  {row.state.value}")
    return 0


def _rows(case: Case, ids: Sequence[int]) -> list[CaseSegment]:
    known = {row.id: row for row in case.segments()}
    unknown = [str(i) for i in ids if i not in known]
    if unknown:
        raise UsageError(
            f"The case has no segment {', '.join(unknown)}; `crimeview segments --json` gives ids, "
            "which change when something is said for the first time."
        )
    return [known[i] for i in ids]


def _ids_after(case: Case, rows: Sequence[CaseSegment]) -> list[int]:
    """Ids of the same segments after an edit."""
    places = {(r.recording_id, r.segment.start, r.segment.end): r.id for r in case.segments()}
    return [places[r.recording_id, r.segment.start, r.segment.end] for r in rows]


def _mark(case: Case, args: argparse.Namespace) -> int:
    by = Reviewer.at_present(reviewer_of(args))
    recording = recording_of(case, args.recording)
    start, end = seconds_of(args.start), seconds_of(args.end)
    edit = marked(recording, start=start, end=end, by=by, kind=args.type)
    case.edits.make(edit, reviewer=by.name)
    tell(f"A segment of {recording.path.name} was added.")
    return 0


def recording_of(case: Case, path: Path) -> CaseRecording:
    """The recording of that path, or of that name where only one has it."""
    recordings = case.recordings()
    whole = os.path.abspath(path)  # noqa: PTH100 (resolve() would follow links)
    found = [r for r in recordings if str(r.path) == whole]
    found = found or [r for r in recordings if r.path.name == str(path)]
    if len(found) != 1:
        raise UsageError(f"The case has {len(found) or 'no'} recording {path}; give its path.")
    return found[0]


def _take_back(case: Case, args: argparse.Namespace) -> int:
    reviewer = reviewer_of(args)
    undoing = args.action == "undo"
    edit = case.edits.undo(reviewer=reviewer) if undoing else case.edits.redo(reviewer=reviewer)
    if edit is None:
        tell("There is nothing of yours to undo." if undoing else "There is nothing to redo.")
        return 1
    # OpenCV is slow to load
    from crimeview.jobs.edit_effects import edit_effects, has_effects
    from crimeview.jobs.live_cameras import bring_back_secrets, is_of_cameras

    rule = noted_rule(case.notes())
    if edit.action is Action.RULE and rule is not None:
        drive(resegment(case, rule=rule), if_stopped="Stopped.", unit="other")
    if has_effects(edit):
        drive(edit_effects(case, edit), if_stopped=_STOPPED, unit="other")
    for name in bring_back_secrets(case, edit, {}) if is_of_cameras(edit) else ():
        tell(f"The password of “{name}” is not known any more; write it into the camera's address.")
    count = len(edit.changes)
    what = f"{edit.action.value} ({count} change{'' if count == 1 else 's'})"
    tell(f"Undone: {what}." if undoing else f"Made again: {what}.")
    return 0


def _log(case: Case, *, as_json: bool) -> int:
    entries = case.edits.log()
    if as_json:
        values = [asdict(e) | {"kind": e.kind.value, "action": e.action.value} for e in entries]
        print(json.dumps(values, indent=2))
        return 0
    for entry in entries:
        of = f" {entry.of}" if entry.of is not None else ""
        print(
            f"{entry.id:>5}  {entry.made[:19]}  {entry.reviewer:12}  {entry.kind.value}{of}  "
            f"{entry.action.value} ({entry.count})"
        )
    return 0


def _progress(case: Case, *, as_json: bool) -> int:
    counts = Counter(row.state for row in case.segments())
    total = sum(counts.values())
    reviewed = total - counts[ReviewState.NEW]
    if as_json:
        by_state = {state.value: counts[state] for state in ReviewState}
        print(json.dumps({"reviewed": reviewed, "total": total} | by_state))
    else:
        states = ", ".join(f"{counts[state]} {state.value}" for state in ReviewState)
        print(f"{reviewed} of {total} reviewed ({states})")
    return 0


def _export(case: Case, folder: Path, *, confirmed: bool) -> int:
    states = [ReviewState.DISMISSED] + ([ReviewState.CONFIRMED] if confirmed else [])
    exported = drive(
        export_labels(case, folder, states=states),
        if_stopped="Stopped. Give the same command again to write all of it.",
        unit="other",
    )
    for failure in exported.failures:
        tell(failure)
    labels = ", ".join(f"{count} {label}" for label, count in exported.labels.items())
    tell(f"{exported.table}: {labels or 'nothing'}. Train with it: crimeview train --data {folder}")
    return 1 if exported.failures else 0
