"""What is shown of a case, read at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crimeview.core.job import Changed
from crimeview.core.region import Region
from crimeview.core.segment import SegmentRule
from crimeview.gui.segment_index import SegmentIndex
from crimeview.jobs.resegment import rule_of
from crimeview.store.case import Case
from crimeview.store.rows import CaseRecording

# Who shows it reads it, no `Contents`.
BESIDE = Changed.CLOCKS | Changed.PRESETS | Changed.TRUTH | Changed.WALL
EVERYTHING = Changed.RECORDINGS | Changed.TRACKS | Changed.SEGMENTS | BESIDE


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What was read of a case; None what was not asked for. Segments: the highest peak first.

    `rule` is the one that the newest segments were found by; None before the first analysis.
    """

    recordings: Sequence[CaseRecording] | None
    segments: SegmentIndex | None
    rule: SegmentRule | None
    notes: Mapping[str, str]
    regions: Sequence[Region]


def read_contents(
    case: Case, changed: Changed = EVERYTHING, *, known: SegmentIndex | None = None
) -> Contents:
    """Read what may have changed; thousands of segments take a while.

    Segments that are as in `known` are the very same objects.
    """
    run = case.analyses.newest()
    return Contents(
        recordings=case.recordings() if changed & Changed.RECORDINGS else None,
        segments=_read_segments(case, known) if changed & Changed.SEGMENTS else None,
        rule=rule_of(run) if run is not None else None,
        notes=case.notes(),
        regions=case.regions(),
    )


def _read_segments(case: Case, known: SegmentIndex | None) -> SegmentIndex:
    rows = case.segments()
    return SegmentIndex(known.kept(rows) if known is not None else rows)
