"""What is shown of a case, read at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crimeview.core.job import Changed
from crimeview.core.region import Region
from crimeview.core.segment import SegmentRule
from crimeview.jobs.resegment import rule_of
from crimeview.store.case import Case
from crimeview.store.rows import CaseRecording, CaseSegment

EVERYTHING = Changed.RECORDINGS | Changed.TRACKS | Changed.SEGMENTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What was read of a case; None what was not asked for. Segments: the highest peak first.

    `rule` is the one that the newest segments were found by; None before the first analysis.
    """

    recordings: Sequence[CaseRecording] | None
    segments: Sequence[CaseSegment] | None
    rule: SegmentRule | None
    notes: Mapping[str, str]
    regions: Sequence[Region]


def read_contents(case: Case, changed: Changed = EVERYTHING) -> Contents:
    """Read what may have changed; thousands of segments take a while."""
    run = case.newest_run()
    return Contents(
        recordings=case.recordings() if changed & Changed.RECORDINGS else None,
        segments=case.segments() if changed & Changed.SEGMENTS else None,
        rule=rule_of(run) if run is not None else None,
        notes=case.notes(),
        regions=case.regions(),
    )
