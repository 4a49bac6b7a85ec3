"""Spans worth looking at, found in a score track."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import UsageError
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A span of a recording: seconds on its clock, and the scores within.

    `peak_time` is the middle of the highest-scoring row.
    """

    start: float
    end: float
    peak: float
    peak_time: float
    mean: float


def find_segments(track: Track, rule: SegmentRule) -> list[Segment]:
    """Find the segments of a score track ((n,) values, rows in time order), in time order."""
    if len(track.values) == 0:
        return []
    opening = track.values >= rule.threshold
    above = track.values >= rule.threshold * rule.hysteresis
    waits = np.append(track.times[1:, 0] - track.times[:-1, 1], 0.0)  # s from each row to the next
    firsts, stops = _runs(above, waits > rule.merge_gap)
    openings = np.flatnonzero(opening)
    opens = np.searchsorted(openings, stops) > np.searchsorted(openings, firsts)
    firsts, stops = firsts[opens], stops[opens]
    starts, ends = track.times[firsts, 0], track.times[stops - 1, 1]
    apart = starts[1:] - ends[:-1] > rule.merge_gap
    if len(firsts) == 0:
        return []
    firsts, starts = firsts[np.append(True, apart)], starts[np.append(True, apart)]
    stops, ends = stops[np.append(apart, True)], ends[np.append(apart, True)]
    long = ends - starts >= rule.min_length
    return _segments(track, firsts[long], stops[long])


def _runs(
    flags: NDArray[np.bool_], last: NDArray[np.bool_]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Unbroken runs of set flags, as first rows and the rows after; `last` rows end theirs."""
    begins = flags.copy()
    begins[1:] &= ~flags[:-1] | last[:-1]
    ends = flags.copy()
    ends[:-1] &= ~flags[1:] | last[:-1]
    return np.flatnonzero(begins), np.flatnonzero(ends) + 1


def _segments(track: Track, firsts: NDArray[np.intp], stops: NDArray[np.intp]) -> list[Segment]:
    """The segments of those rows; thousands of them take no longer than the eye does."""
    if len(firsts) == 0:
        return []
    values = track.values
    rows = list(zip(firsts.tolist(), stops.tolist(), strict=True))
    tops = np.array([first + int(values[first:stop].argmax()) for first, stop in rows], np.intp)
    starts, ends = track.times[firsts, 0].tolist(), track.times[stops - 1, 1].tolist()
    peaks, peak_times = values[tops].tolist(), track.times[tops].mean(axis=1).tolist()
    bounds = np.column_stack([firsts, stops]).ravel()
    sums = np.add.reduceat(values, bounds[: -1 if stops[-1] == len(values) else None], dtype="f8")
    means = (sums[::2] / (stops - firsts)).tolist()
    return [
        Segment(start=start, end=end, peak=peak, peak_time=at, mean=mean)
        for start, end, peak, at, mean in zip(starts, ends, peaks, peak_times, means, strict=True)
    ]
