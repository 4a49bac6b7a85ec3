"""`crimeview regions`."""

import argparse
import json

from crimeview.cli.faults import tell
from crimeview.cli.review import recording_of, reviewer_of
from crimeview.core.edit import Edit
from crimeview.core.region import RegionUse
from crimeview.jobs.regions import changed_regions, copied_regions, new_region, parse_points
from crimeview.store.case import Case, open_case
from crimeview.store.location import default_case_folder


def run_regions(args: argparse.Namespace) -> int:
    with open_case(args.case or default_case_folder(), create=False) as case:
        if args.action == "list":
            return _list(case, as_json=args.json)
        edit = _edit(case, args)
        if edit is None:
            tell("Nothing is to be changed.")
            return 1
        case.edits.make(edit, reviewer=reviewer_of(args))
        tell("Regions hold from the next analysis on: crimeview analyze.")
        return 0


def _edit(case: Case, args: argparse.Namespace) -> Edit | None:
    recording = recording_of(case, args.recording)
    known = case.regions(recording.id)
    match args.action:
        case "add":
            use = RegionUse.IGNORE if args.ignore is not None else RegionUse.WATCH
            points = parse_points(args.ignore or args.watch or "")
            return changed_regions(known, [*known, new_region(recording.id, points, use=use)])
        case "clear":
            return changed_regions(known, [])
        case _:
            return copied_regions(case, recording)


def _list(case: Case, *, as_json: bool) -> int:
    paths = {recording.id: str(recording.path) for recording in case.recordings()}
    regions = [region for region in case.regions() if region.recording_id in paths]
    if as_json:
        values = [
            {
                "recording": paths[region.recording_id],
                "use": region.use.value,
                "points": [list(point) for point in region.points],
            }
            for region in regions
        ]
        print(json.dumps(values, indent=2))
        return 0
    for region in regions:
        corners = " ".join(f"{x:g},{y:g}" for x, y in region.points)
        print(f"{region.use.value:6}  {paths[region.recording_id]}  {corners}")
    return 0
