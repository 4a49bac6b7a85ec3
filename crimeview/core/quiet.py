"""How often a rule would alarm where nothing happens, by a recording's own quiet part."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from crimeview.core.segment import Segment
from crimeview.core.spans import Spans, complement, covered, merged, within
from crimeview.core.track import Track

_LEFT_OUT = 0.1  # of the windows, those with the highest scores: what happens may be there
_WINDOWS = 200  # at most
_LEAST = 300.0  # s of a recording
_SHORTEST = 10.0  # s of a window
_Z = 1.645  # of a 90 % interval


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmRate:
    """`alarms` in `hours` of quiet; `low` and `high` are the 90 % interval of their rate an hour.

    The interval is Garwood's for a Poisson count, by the approximation of Wilson and Hilferty.
    """

    alarms: int
    hours: float
    low: float
    high: float

    @property
    def per_hour(self) -> float:
        return self.alarms / self.hours


def quiet_part(scores: Track, *, busy: Spans | None = None) -> Spans:
    """The part of a recording that is taken for quiet, from its scores ((n,) values).

    The recording is cut into windows of equal length, and the tenth of them with the highest scores
    is left out, as is all that is known to be `busy`. Empty for recordings of less than five
    minutes, which tell nothing of an hour.
    """
    if len(scores.times) == 0:
        return np.empty((0, 2))
    begin, end = float(scores.times[0, 0]), float(scores.times[-1, 1])
    length = max(_SHORTEST, (end - begin) / _WINDOWS)
    count = int((end - begin) / length)
    if end - begin < _LEAST:
        return np.empty((0, 2))
    edges = begin + length * np.arange(count + 1)
    first = np.searchsorted(scores.times[:, 0], edges[:-1])
    tops = _tops(scores, first)
    quiet = np.argsort(tops, kind="stable")[: count - max(1, round(count * _LEFT_OUT))]
    spans = merged(np.column_stack([edges[quiet], edges[quiet + 1]]))
    if busy is None or len(busy) == 0:
        return spans
    return complement(merged(np.concatenate([complement(spans, end=end), busy])), end=end)


def alarm_rate(segments: Sequence[Segment], quiet: Spans) -> AlarmRate | None:
    """How often segments peak in the quiet part; None where there is none."""
    hours = covered(quiet) / 3600.0
    if hours <= 0.0:
        return None
    peaks = np.array([segment.peak_time for segment in segments], np.float64)
    alarms = int(within(quiet, peaks).sum())
    low, high = _interval(alarms)
    return AlarmRate(alarms=alarms, hours=hours, low=low / hours, high=high / hours)


def _tops(scores: Track, first: np.ndarray) -> np.ndarray:
    """The highest score of each window; 0 where it holds no row."""
    bounds = np.append(first, len(scores.values))
    filled = bounds[1:] > bounds[:-1]
    tops = np.zeros(len(first))
    if filled.any():
        tops[filled] = np.maximum.reduceat(scores.values, first[filled])
    return tops


def _interval(count: int) -> tuple[float, float]:
    above = count + 1
    high = above * (1 - 1 / (9 * above) + _Z / (3 * sqrt(above))) ** 3
    low = count * (1 - 1 / (9 * count) - _Z / (3 * sqrt(count))) ** 3 if count else 0.0
    return low, high
