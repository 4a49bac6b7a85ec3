"""Spans worth looking at, found in a score track."""

from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import UsageError
from crimeview.core.found_by import FoundBy
from crimeview.core.novelty import ClassSeen, Reason
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
class RulePreset:
    """A rule by name, kept for a camera."""

    camera: str
    name: str
    rule: SegmentRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A span of a recording: seconds on its clock, and the scores within.

    `peak_time` is the middle of the highest-scoring row of the track that `found_by` names first.
    `per_hour` is how many such segments an
    hour of the camera's quiet time would show, None where that is not known; `reason` and its
    `number` say why novelty found it, see `Reason`, and where that is about a class of objects,
    `seen_class` says which and `looks` out of how many looks the number is.
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
    seen_class: str | None = None
    looks: int | None = None

    @property
    def seen(self) -> ClassSeen | None:
        """The class that the reason is about."""
        if self.seen_class is None or self.looks is None:
            return None
        return ClassSeen(self.seen_class, self.looks)

    @property
    def rank(self) -> tuple[float, float]:
        """What segments are ranked by, the lowest first: how rarely to be expected, then the peak.

        Rarity is told from 0 to 1, one half being two an hour, so that the peak stands for it
        where it is not known.
        """
        rarity = self.peak if self.per_hour is None else 2.0 / (2.0 + self.per_hour)
        return -rarity, -self.peak


# An unbroken run of rows at or above the lower threshold. `first` and `stop` number its rows in the
# track, `before` and `after` are the sums of all values up to these. It `opens` a segment where one
# of its rows reaches the threshold, and `continues` the run before where only a part ended there.
_RUN = np.dtype(
    [
        ("start", "f8"),
        ("end", "f8"),
        ("peak", "f8"),
        ("peak_time", "f8"),
        ("first", "i8"),
        ("stop", "i8"),
        ("before", "f8"),
        ("after", "f8"),
        ("opens", "?"),
        ("continues", "?"),
    ]
)
_Runs = NDArray[np.void]


def find_segments(track: Track, rule: SegmentRule) -> list[Segment]:
    """Find the segments of a score track ((n,) values, rows in time order), in time order."""
    finder = SegmentFinder(rule)
    finder.take(track)
    return finder.found()


class SegmentFinder:
    """Finds the segments of a score track that comes in parts, of which it keeps none.

    However the track is divided, the segments are the same.
    """

    def __init__(self, rule: SegmentRule) -> None:
        self._rule = rule
        self._runs: list[_Runs] = [np.empty(0, _RUN)]
        self._rows, self._sum = 0, 0.0  # of all that came
        self._end = -inf  # s, of the last row, if that is in a run

    def take(self, part: Track) -> None:
        """Take the next rows."""
        times, values, gap = part.times, part.values, self._rule.merge_gap
        if len(values) == 0:
            return
        above = values >= self._rule.threshold * self._rule.hysteresis
        waits = np.append(times[1:, 0] - times[:-1, 1], 0.0)  # s from each row to the next
        # One after the other, so that no sum depends on where the parts begin.
        sums = np.cumsum(np.concatenate([[self._sum], values]), dtype=np.float64)
        firsts, stops = _bounds(above, waits > gap)
        runs = np.zeros(len(firsts), _RUN)
        runs["start"], runs["end"] = times[firsts, 0], times[stops - 1, 1]
        tops = _tops(values, firsts, stops)
        runs["peak"], runs["peak_time"] = values[tops], times[tops].mean(axis=1)
        runs["first"], runs["stop"] = firsts + self._rows, stops + self._rows
        runs["before"], runs["after"] = sums[firsts], sums[stops]
        runs["opens"] = values[tops] >= self._rule.threshold
        runs["continues"][:1] = above[0] and times[0, 0] - self._end <= gap
        self._runs.append(runs)
        self._rows, self._sum = self._rows + len(values), float(sums[-1])
        self._end = float(times[-1, 1]) if above[-1] else -inf

    def found(self) -> list[Segment]:
        """The segments of all that came."""
        runs = np.concatenate(self._runs)
        runs = _joined(runs, ~runs["continues"])
        runs = runs[runs["opens"]]
        apart = runs["start"][1:] - runs["end"][:-1] > self._rule.merge_gap
        runs = _joined(runs, np.append(True, apart))
        runs = runs[runs["end"] - runs["start"] >= self._rule.min_length]
        means = (runs["after"] - runs["before"]) / (runs["stop"] - runs["first"])
        columns = (runs["start"], runs["end"], runs["peak"], runs["peak_time"], means)
        return [
            Segment(start=start, end=end, peak=peak, peak_time=at, mean=mean)
            for start, end, peak, at, mean in zip(*(c.tolist() for c in columns), strict=True)
        ]


def _bounds(
    flags: NDArray[np.bool_], last: NDArray[np.bool_]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Unbroken runs of set flags, as first rows and the rows after; `last` rows end theirs."""
    begins = flags.copy()
    begins[1:] &= ~flags[:-1] | last[:-1]
    ends = flags.copy()
    ends[:-1] &= ~flags[1:] | last[:-1]
    return np.flatnonzero(begins), np.flatnonzero(ends) + 1


def _tops(
    values: NDArray[np.floating], firsts: NDArray[np.intp], stops: NDArray[np.intp]
) -> NDArray[np.intp]:
    """The first row with the highest value of each span of rows; spans are not empty."""
    if len(firsts) == 0:
        return firsts
    lengths = stops - firsts
    begins = np.cumsum(lengths) - lengths  # of each span, among the rows of all
    rows = np.arange(lengths.sum()) + np.repeat(firsts - begins, lengths)
    within = values[rows]
    highest = np.flatnonzero(within == np.repeat(np.maximum.reduceat(within, begins), lengths))
    tops: NDArray[np.intp] = rows[highest[np.searchsorted(highest, begins)]]
    return tops


def _joined(runs: _Runs, begins: NDArray[np.bool_]) -> _Runs:
    """Neighbors as one, from each that `begins` to the next that does; the first one does."""
    if len(runs) == 0:
        return runs
    firsts = np.flatnonzero(begins)
    stops = np.append(firsts[1:], len(runs))
    joined = runs[firsts]
    for column in ("end", "stop", "after"):
        joined[column] = runs[column][stops - 1]
    tops = _tops(runs["peak"], firsts, stops)
    joined["peak"], joined["peak_time"] = runs["peak"][tops], runs["peak_time"][tops]
    joined["opens"] = np.logical_or.reduceat(runs["opens"], firsts)
    return joined
