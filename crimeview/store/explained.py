"""What found the segments that people reviewed, and why."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from crimeview.core.found_by import FoundBy
from crimeview.core.fusion import spans_of
from crimeview.core.review import Origin
from crimeview.core.segment import Segment
from crimeview.store.rows import CaseSegment


def explained(reviews: Sequence[CaseSegment], found: Sequence[CaseSegment]) -> list[CaseSegment]:
    """The reviewed segments with what found them: all that is known where they are what was found.

    Others of the program's were trimmed, or found by another rule: they have the scorers of what
    shares most time with them now. What a person marked was found by nothing.
    """
    exactly = {(row.recording_id, row.segment.start, row.segment.end): row for row in found}
    spans = spans_of([row.segment for row in found])
    recordings = np.array([row.recording_id for row in found], np.int64)
    told = []
    for row in reviews:
        same = exactly.get((row.recording_id, row.segment.start, row.segment.end))
        if same is not None and row.scored:
            told.append(replace(row, segment=_same(row.segment, same.segment)))
            continue
        scorers = FoundBy.NOTHING
        if row.review is not None and row.review.origin is not Origin.PERSON and len(spans):
            most = _most_shared(row.segment, spans, recordings == row.recording_id)
            scorers = found[most].segment.found_by if most is not None else scorers
        told.append(replace(row, segment=replace(row.segment, found_by=scorers)))
    return told


def _same(reviewed: Segment, found: Segment) -> Segment:
    """What was found; its scores are as those of all that was reviewed, where they are of one."""
    if FoundBy.EVENTS not in found.found_by:
        return found
    return replace(found, peak=reviewed.peak, peak_time=reviewed.peak_time, mean=reviewed.mean)


def _most_shared(
    segment: Segment, spans: NDArray[np.float64], among: NDArray[np.bool_]
) -> int | None:
    """The number of the span (n, 2) that shares most time with a segment; None where none does."""
    shared = np.minimum(spans[:, 1], segment.end) - np.maximum(spans[:, 0], segment.start)
    most = int(np.argmax(np.where(among, shared, 0.0)))
    return most if among[most] and shared[most] > 0 else None
