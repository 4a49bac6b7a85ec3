"""`crimeview groupings`."""

import argparse
from pathlib import Path

from crimeview.cli.atlas_table import console_for_tables, groupings_table
from crimeview.cli.drive import drive, print_json
from crimeview.cli.faults import tell
from crimeview.cli.review import reviewer_of
from crimeview.core.timetext import clock_text
from crimeview.jobs.compare_groupings import FEWEST_TYPED, CaseGroupings, compare_groupings
from crimeview.jobs.name_clusters import (
    name_cluster,
    named_clusters,
    suggest_types,
    take_name_back,
)
from crimeview.store.case import Case, open_case
from crimeview.store.location import default_case_folder

_STOPPED = "Stopped. Nothing was changed."


def run_groupings(args: argparse.Namespace) -> int:
    """Compare groupings of a case's segments, name clusters, or tell what names suggest."""
    folder: Path = args.case or default_case_folder()
    with open_case(folder, create=False) as case:
        match args.action:
            case "name":
                return _name(args, case)
            case "unname":
                job = take_name_back(case, args.name, reviewer=reviewer_of(args))
                drive(job, if_stopped=_STOPPED, unit="other")
                tell(f"“{args.name}” is no name of segments any more.")
                return 0
            case "names":
                return _names(args, case)
            case "suggest":
                return _suggest(args, case)
            case _:
                return _compare(args, folder, case)


def _name(args: argparse.Namespace, case: Case) -> int:
    job = name_cluster(
        case,
        args.name,
        cluster=args.cluster,
        method=args.method,
        count=args.count,
        seed=args.seed,
        projection=args.projection,
        reviewer=reviewer_of(args),
    )
    named = drive(job, if_stopped=_STOPPED, unit="other")
    tell(f"“{named.name}” is the name of {len(named.members)} segments.")
    return 0


def _names(args: argparse.Namespace, case: Case) -> int:
    found = drive(named_clusters(case), if_stopped=_STOPPED, unit="other")
    if args.json:
        print_json([{"name": one.name, "segments": len(one.members)} for one in found])
        return 0
    for one in found:
        print(f"{one.name}: named from {len(one.members)} segments")
    if not found:
        tell("No cluster has a name yet; “crimeview groupings name” gives one.")
    return 0


def _suggest(args: argparse.Namespace, case: Case) -> int:
    rows = [
        {
            "id": s.segment.id,
            "recording_id": s.segment.recording_id,
            "start": round(s.segment.segment.start, 3),
            "end": round(s.segment.segment.end, 3),
            "type": s.suggestion.name,
            "confidence": round(s.suggestion.confidence, 4),
        }
        for s in drive(suggest_types(case), if_stopped=_STOPPED, unit="other")
    ]
    if args.json:
        print_json(rows)
        return 0
    for row in rows:
        span = f"{clock_text(float(str(row['start'])))} to {clock_text(float(str(row['end'])))}"
        told = f"{row['type'] or 'unknown'}, {float(str(row['confidence'])):.0%}"
        print(f"recording {row['recording_id']}, {span}: {told}")
    return 0


def _compare(args: argparse.Namespace, folder: Path, case: Case) -> int:
    job = compare_groupings(
        case, count=args.count, seed=args.seed, projections=args.projection or None
    )
    found = drive(job, if_stopped=_STOPPED, unit="other")
    if args.json:
        print_json({"case": str(folder), **found.values()})
    else:
        _print(folder, found)
    return 0


def _print(folder: Path, found: CaseGroupings) -> None:
    console = console_for_tables()
    values = found.values()
    console.print(f"crimeview groupings compare\n  case: {folder}")
    console.print(
        "  " + ", ".join(f"{k.replace('_', ' ')} {v}" for k, v in values["counts"].items())
    )
    console.print(groupings_table(values["groupings"]))
    for sentence in _sentences(found):
        console.print(f"- {sentence}")


def _sentences(found: CaseGroupings) -> list[str]:
    sentences = [
        (
            "whole recording: the mean of all clips of a segment's recording; segment: that of its "
            "own clips, weighted by score; both less what is usual in the case. After an arrow: "
            "that of the segment by a projection."
        ),
        (
            "Silhouette (higher is better), Davies-Bouldin (lower is better) and stability (the "
            "adjusted Rand index when a fifth is left out) know nothing of types: clusters that "
            "look good need not mean anything."
        ),
    ]
    if found.types:
        sentences.append(
            "Agreement is with the types that people gave, on the segments that have one; in "
            "brackets what shuffled types reach."
        )
    else:
        sentences.append(
            f"No agreement with types: fewer than {FEWEST_TYPED} segments have one, or all the "
            "same."
        )
    return sentences
