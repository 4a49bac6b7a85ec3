"""`crimeview case`."""

import argparse
import json
from collections import Counter

from crimeview.cli.drive import drive
from crimeview.cli.faults import tell
from crimeview.cli.review import reviewer_of
from crimeview.core.errors import UsageError
from crimeview.core.review import ReviewState
from crimeview.jobs.describe_case import described
from crimeview.jobs.ground_truth import load_ground_truth, no_truth
from crimeview.jobs.relink import missing_recordings, relink
from crimeview.store.case import Case, open_case
from crimeview.store.location import default_case_folder


def run_case(args: argparse.Namespace) -> int:
    with open_case(args.case or default_case_folder(), create=False) as case:
        match args.action:
            case "show":
                return _show(case, as_json=args.json)
            case "set":
                return _set(case, args)
            case "truth":
                return _truth(case, args)
            case "forget":
                return _forget(case)
            case _:
                return _relink(case, args)


def _show(case: Case, *, as_json: bool) -> int:
    missing = {r.id for r in missing_recordings(case)}
    recordings = case.recordings()
    counts = Counter(row.state for row in case.segments())
    notes = case.notes()
    if as_json:
        values = {
            "folder": str(case.folder),
            "title": notes.get("title", ""),
            "description": notes.get("description", ""),
            "recordings": [
                {"path": str(r.path), "state": r.state.value, "missing": r.id in missing}
                for r in recordings
            ],
            "segments": {state.value: counts[state] for state in ReviewState},
        }
        print(json.dumps(values, indent=2))
        return 0
    print(notes.get("title") or case.folder.name)
    if notes.get("description"):
        print(notes["description"])
    total = sum(counts.values())
    print(f"{total - counts[ReviewState.NEW]} of {total} segments reviewed")
    for recording in recordings:
        lost = "  (missing: crimeview case relink)" if recording.id in missing else ""
        print(f"  {recording.state.value:10}  {recording.path}{lost}")
    return 0


def _set(case: Case, args: argparse.Namespace) -> int:
    wanted = {"title": args.title, "description": args.description}
    edit = described(
        case.notes(), {name: text for name, text in wanted.items() if text is not None}
    )
    if edit is None:
        raise UsageError("Give a --title or a --description that is new.")
    case.edits.make(edit, reviewer=reviewer_of(args))
    return 0


def _truth(case: Case, args: argparse.Namespace) -> int:
    reviewer = reviewer_of(args)
    if args.none:
        edit = no_truth(case)
        case.edits.make(edit, reviewer=reviewer)
        tell(f"Ground truth is taken away; {len(edit.changes)} recordings had some.")
        return 0
    stopped = "Stopped. Nothing was changed."
    job = load_ground_truth(case, args.file, reviewer=reviewer)
    count = drive(job, if_stopped=stopped, unit="other")
    tell(f"Ground truth from {args.file.name}: it lists {count} recordings of the case.")
    return 0


def _forget(case: Case) -> int:
    removed = case.removed_recordings()
    for place in removed:
        case.remove_recording(place.recording_id)
        tell(f"{place.path} is forgotten, with all that was found and said of it.")
    if not removed:
        tell("No recording was removed from this case.")
    return 0


def _relink(case: Case, args: argparse.Namespace) -> int:
    done = drive(
        relink(case, args.places, reviewer=reviewer_of(args)),
        if_stopped="Stopped. Nothing was changed.",
        unit="other",
    )
    for recording in done.found:
        tell(f"{recording.path.name} is found: {case.recording(recording.id).path}")
    for recording in done.missing:
        tell(f"{recording.path} is still missing.")
    return 0 if not done.missing else 1
