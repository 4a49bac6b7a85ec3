"""Spans worth looking at, found in a score track."""

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import UsageError
from crimeview.core.novelty import Reason
from crimeview.core.track import Track


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentRule:
    """How scores become segments.

    A segment opens where the score reaches `threshold` and lasts while it stays at or above
    `threshold * hysteresis`; neighbors at most `merge_gap` seconds apart become one, and none
    spans a longer gap in the recording; segments shorter than `min_length` seconds are dropped.
    """

    threshold: float
    hysteresis: float = 0.8
    merge_gap: float = 2.0
    min_length: float = 0.5

    def __post_init__(self) -> None:
        if not 0.0 < self.threshold <= 1.0:
            raise UsageError(
                f"The threshold must lie above 0 and at most at 1, not {self.threshold:g}."
            )
        if not 0.0 < self.hysteresis <= 1.0:
            raise UsageError(
                f"The hysteresis must lie above 0 and at most at 1, not {self.hysteresis:g}."
            )
        if self.merge_gap < 0.0 or self.min_length < 0.0:
            raise UsageError("The merge gap and the minimum length cannot be negative.")


class FoundBy(Enum):
    """Which scorer found a segment."""

    EVENTS = "events"  # the network's scores, trained on events
    NOVELTY = "novelty"  # what is usual for the camera, learned without labels
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A span of a recording: seconds on its clock, and the scores within.

    `peak_time` is the middle of the highest-scoring row. `per_hour` is how many such segments an
    hour of the camera's quiet time would show, None where that is not known; `reason` and its
    `number` say why novelty found it, see `Reason`.
    """

    start: float
    end: float
    peak: float
    peak_time: float
    mean: float
    found_by: FoundBy = FoundBy.EVENTS
    per_hour: float | None = None
    reason: Reason | None = None
    number: float | None = None


def find_segments(track: Track, rule: SegmentRule) -> list[Segment]:
    """Find the segments of a score track ((n,) values, rows in time order), in time order."""
    opening = track.values >= rule.threshold
    above = track.values >= rule.threshold * rule.hysteresis
    waits = np.append(track.times[1:, 0] - track.times[:-1, 1], 0.0)  # s from each row to the next
    runs = [(a, b) for a, b in _runs(above, waits > rule.merge_gap) if opening[a:b].any()]
    merged: list[tuple[int, int]] = []
    for first, stop in runs:
        if merged and track.times[first, 0] - track.times[merged[-1][1] - 1, 1] <= rule.merge_gap:
            merged[-1] = (merged[-1][0], stop)
        else:
            merged.append((first, stop))
    segments = [_segment(track, first, stop) for first, stop in merged]
    return [s for s in segments if s.end - s.start >= rule.min_length]


def _runs(flags: NDArray[np.bool_], last: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Unbroken runs of set flags, as first row and the row after; `last` rows end theirs."""
    begins = flags.copy()
    begins[1:] &= ~flags[:-1] | last[:-1]
    ends = flags.copy()
    ends[:-1] &= ~flags[1:] | last[:-1]
    firsts, stops = np.flatnonzero(begins), np.flatnonzero(ends) + 1
    return list(zip(firsts.tolist(), stops.tolist(), strict=True))


def _segment(track: Track, first: int, stop: int) -> Segment:
    values = track.values[first:stop]
    top = first + int(np.argmax(values))
    return Segment(
        start=float(track.times[first, 0]),
        end=float(track.times[stop - 1, 1]),
        peak=float(track.values[top]),
        peak_time=float(track.times[top].mean()),
        mean=float(values.mean()),
    )
