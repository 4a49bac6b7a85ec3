"""Spans worth looking at, found in a score track."""

from dataclasses import dataclass
from enum import Enum
from math import inf

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

    @property
    def rank(self) -> tuple[float, float]:
        """What segments are ranked by, the lowest first: how rarely to be expected, then the peak.

        Rarity is told from 0 to 1, one half being two an hour, so that the peak stands for it
        where it is not known.
        """
        rarity = self.peak if self.per_hour is None else 2.0 / (2.0 + self.per_hour)
        return -rarity, -self.peak


def find_segments(track: Track, rule: SegmentRule) -> list[Segment]:
    """Find the segments of a score track ((n,) values, rows in time order), in time order."""
    finder = SegmentFinder(rule)
    finder.take(track)
    return finder.found()


@dataclass(slots=True, kw_only=True)
class _Run:
    """Rows that belong together: from when to when, their peak, whether one reaches the threshold.

    `rows` and `sum` are the number and the sum of the values of all rows that came before it began
    and before it ended.
    """

    start: float
    end: float
    peak: float
    peak_time: float
    opens: bool
    rows: tuple[int, int]
    sum: tuple[float, float]

    def followed_by(self, later: "_Run") -> "_Run":
        """One run of both, and of what lies between."""
        higher = later if later.peak > self.peak else self
        return _Run(
            start=self.start,
            end=later.end,
            peak=higher.peak,
            peak_time=higher.peak_time,
            opens=self.opens or later.opens,
            rows=(self.rows[0], later.rows[1]),
            sum=(self.sum[0], later.sum[1]),
        )


class SegmentFinder:
    """Finds the segments of a score track that comes in parts, of which it keeps none.

    However the track is divided, the segments are the same.
    """

    def __init__(self, rule: SegmentRule) -> None:
        self._rule = rule
        self._closed: list[
            _Run
        ] = []  # apart by more than the merge gap, each with a row that opens
        self._open: _Run | None = None  # ends with the last row, if any does
        self._rows, self._sum, self._end = 0, 0.0, -inf  # of all rows that came

    def take(self, part: Track) -> None:
        """Take the next rows."""
        if len(part.times) == 0:
            return
        rule, times, values = self._rule, part.times, part.values
        above = values >= rule.threshold * rule.hysteresis
        waits = np.append(times[1:, 0] - times[:-1, 1], 0.0)  # s from each row to the next
        # One after the other, so that no sum depends on where the parts begin.
        sums = np.cumsum(np.concatenate([[self._sum], values]), dtype=np.float64)
        if not above[0] or times[0, 0] - self._end > rule.merge_gap:
            self._close()
        for first, stop in _runs(above, waits > rule.merge_gap):
            self._add(self._run(part, sums, first, stop), continues=first == 0)
        if not above[-1]:
            self._close()
        self._rows, self._sum = self._rows + len(values), float(sums[-1])
        self._end = float(times[-1, 1])

    def found(self) -> list[Segment]:
        """The segments of all that came."""
        self._close()
        segments = [_segment(run) for run in self._closed]
        return [s for s in segments if s.end - s.start >= self._rule.min_length]

    def _run(self, part: Track, sums: NDArray[np.float64], first: int, stop: int) -> _Run:
        values = part.values[first:stop]
        top = first + int(np.argmax(values))
        return _Run(
            start=float(part.times[first, 0]),
            end=float(part.times[stop - 1, 1]),
            peak=float(part.values[top]),
            peak_time=float(part.times[top].mean()),
            opens=bool((values >= self._rule.threshold).any()),
            rows=(self._rows + first, self._rows + stop),
            sum=(float(sums[first]), float(sums[stop])),
        )

    def _add(self, run: _Run, *, continues: bool) -> None:
        if continues and self._open is not None:
            run = self._open.followed_by(run)
        else:
            self._close()
        self._open = run

    def _close(self) -> None:
        """Nothing more comes to the open run."""
        run, self._open = self._open, None
        if run is None or not run.opens:
            return
        if self._closed and run.start - self._closed[-1].end <= self._rule.merge_gap:
            run = self._closed.pop().followed_by(run)
        self._closed.append(run)


def _runs(flags: NDArray[np.bool_], last: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Unbroken runs of set flags, as first row and the row after; `last` rows end theirs."""
    begins = flags.copy()
    begins[1:] &= ~flags[:-1] | last[:-1]
    ends = flags.copy()
    ends[:-1] &= ~flags[1:] | last[:-1]
    firsts, stops = np.flatnonzero(begins), np.flatnonzero(ends) + 1
    return list(zip(firsts.tolist(), stops.tolist(), strict=True))


def _segment(run: _Run) -> Segment:
    return Segment(
        start=run.start,
        end=run.end,
        peak=run.peak,
        peak_time=run.peak_time,
        mean=(run.sum[1] - run.sum[0]) / (run.rows[1] - run.rows[0]),
    )
