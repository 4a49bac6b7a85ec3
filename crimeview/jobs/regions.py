"""What people do to regions, as edits."""

import secrets
from collections.abc import Sequence

from crimeview.core.edit import Action, Change, Edit
from crimeview.core.errors import UsageError
from crimeview.core.region import Point, Region, RegionUse
from crimeview.store.case import Case
from crimeview.store.rows import CaseRecording


def new_region(recording_id: int, points: Sequence[Point], *, use: RegionUse) -> Region:
    """A region with a number of its own; raises UsageError for fewer than three corners.

    Corners outside of the picture are moved to its border.
    """
    if len(points) < 3:
        raise UsageError("A region needs three corners or more.")
    inside = tuple((_share(x), _share(y)) for x, y in points)
    return Region(id=secrets.randbits(62), recording_id=recording_id, use=use, points=inside)


def changed_regions(before: Sequence[Region], after: Sequence[Region]) -> Edit | None:
    """The edit that puts the regions of a recording in place of those that it has."""
    old = {region.id: region for region in before}
    new = {region.id: region for region in after}
    changes = [
        Change(before=old.get(number), after=new.get(number))
        for number in dict.fromkeys([*old, *new])
        if old.get(number) != new.get(number)
    ]
    return Edit(action=Action.REGIONS, changes=tuple(changes)) if changes else None


def copied_regions(case: Case, source: CaseRecording) -> Edit | None:
    """The edit that gives the recording's regions to all others with a picture of the same size.

    What those have of their own is replaced. None where they have the same already.
    """
    regions = case.regions(source.id)
    changes: list[Change] = []
    for recording in case.recordings():
        if recording.id == source.id or _shape(recording) != _shape(source):
            continue
        own = case.regions(recording.id)
        if [(r.use, r.points) for r in own] == [(r.use, r.points) for r in regions]:
            continue
        copies = [new_region(recording.id, r.points, use=r.use) for r in regions]
        changes += [Change(before=region, after=None) for region in own]
        changes += [Change(before=None, after=region) for region in copies]
    return Edit(action=Action.REGIONS, changes=tuple(changes)) if changes else None


def parse_points(text: str) -> tuple[Point, ...]:
    """Corners as `x,y x,y x,y`, shares of the picture from 0 to 1; raises UsageError."""
    try:
        points = tuple((float(x), float(y)) for x, y in (p.split(",") for p in text.split()))
    except ValueError:
        points = ()
    if len(points) < 3 or not all(0 <= share <= 1 for point in points for share in point):
        raise UsageError(
            f"“{text}” is no region; write three corners or more as x,y, each from 0 to 1: "
            "“0,0 0.5,0 0.5,0.2 0,0.2” is at the upper left."
        )
    return points


def _shape(recording: CaseRecording) -> tuple[int, int] | None:
    known = recording.recording
    return (known.width, known.height) if known is not None else None


def _share(value: float) -> float:
    return round(min(1.0, max(0.0, value)), 5)
