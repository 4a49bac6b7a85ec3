"""From scores as they come to alarms: the same for a camera and for what is stored of a recording.

Without schedule, cooldown and snooze the alarms are exactly the segments that `core.segment` finds
with the same threshold, hysteresis, merge gap and minimum length: tests hold them to that.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from math import inf

import numpy as np
from numpy.typing import NDArray

from crimeview.core.alarm_rule import AlarmRule
from crimeview.core.wall_clock import zone_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """An alarm of one rule and camera, told when it begins (`end` None) and when it ends.

    `number` counts them from 0. `start` is when the score began to be high, which is before the
    alarm could be known.
    """

    number: int
    start: float
    end: float | None
    peak: float
    peak_time: float


@dataclass(slots=True)
class _Span:
    """High scores from `start` to `end`; it counts as soon as one has reached the threshold."""

    start: float
    end: float
    peak: float
    peak_time: float

    def take(self, end: float, score: float, time: float) -> None:
        self.end = end
        if score > self.peak:
            self.peak, self.peak_time = score, time

    def join(self, later: "_Span") -> None:
        self.take(later.end, later.peak, later.peak_time)


class AlarmEvaluator:
    """Makes the alarms of one rule and one camera out of rows (start, end, score) in order of time.

    Times are seconds since 1970. `place` is the zone of the camera's clock, for the schedule; None
    where the time of day is not known, and the schedule is left out of account.
    """

    def __init__(self, rule: AlarmRule, *, place: tzinfo | None) -> None:
        self.rule = rule
        self._place = zone_of(rule.time_zone) if rule.time_zone and place is not None else place
        self._low = rule.threshold * rule.hysteresis
        self._run: _Span | None = None  # high scores that go on
        self._span: _Span | None = None  # runs that count, joined
        self._begun = False  # the alarm of the span was told
        self._last = -inf  # end of the row before
        self._quiet_until = -inf
        self._number = 0

    @property
    def current(self) -> Raised | None:
        """The alarm that is on, if any."""
        return self._raised(None) if self._begun else None

    def take(self, start: float, end: float, score: float) -> Iterator[Raised]:
        """Take the next row; gives the alarms that begin or end with it."""
        if start - self._last > self.rule.merge_gap:
            self._run = None
        self._last = end
        if self._run is None:
            yield from self._end_before(start)
        if self._counts(start, score):
            self._extend(start, end, score)
        else:
            self._run = None
            yield from self._end_before(start)  # the next row may begin no later than this one ends
        yield from self._begin()

    def take_rows(
        self, times: NDArray[np.float64], scores: NDArray[np.floating]
    ) -> Iterator[Raised]:
        """Take many rows (n, 2) and (n,): the same as one by one, but quick where scores are low.

        Of rows in a row that are low the first ends what was on, and the others change nothing.
        """
        scores = np.asarray(scores, np.float64)  # compared as one by one
        high = scores >= self._low
        wanted = high.copy()
        wanted[1:] |= high[:-1]
        wanted[:1] = True
        rows = np.flatnonzero(wanted)
        for (start, end), score in zip(times[rows].tolist(), scores[rows].tolist(), strict=True):
            yield from self.take(start, end, score)
        if len(times):
            self._last = float(times[-1, 1])

    def finish(self) -> Iterator[Raised]:
        """End what is on: nothing more comes, or for so long that it would be another alarm."""
        self._run = None
        yield from self._end_before(inf)

    def _counts(self, start: float, score: float) -> bool:
        """Whether a row is high, at a time at which the rule holds."""
        if score < self._low or (not self._begun and start < self._quiet_until):
            return False
        if self.rule.snoozed(start):
            return False
        if self.rule.schedule.always or self._place is None:
            return True
        local = datetime.fromtimestamp(start, UTC).astimezone(self._place)
        return self.rule.schedule.holds(local.replace(tzinfo=None))

    def _extend(self, start: float, end: float, score: float) -> None:
        time = (start + end) / 2
        if self._run is None:
            self._run = _Span(start, end, score, time)
        else:
            self._run.take(end, score, time)
        run = self._run
        if run.peak < self.rule.threshold:
            return
        if self._span is None:
            self._span = _Span(run.start, run.end, run.peak, run.peak_time)
        else:
            self._span.join(run)

    def _end_before(self, moment: float) -> Iterator[Raised]:
        """End the span where the next run that may join it would come too late."""
        if self._span is None or moment - self._span.end <= self.rule.merge_gap:
            return
        if self._begun:
            yield self._raised(self._span.end)
            self._number += 1
            self._quiet_until = self._span.end + self.rule.cooldown
        self._span, self._begun = None, False

    def _begin(self) -> Iterator[Raised]:
        span = self._span
        if span is None or self._begun:
            return
        if span.end - span.start >= self.rule.min_duration:
            self._begun = True
            yield self._raised(None)

    def _raised(self, end: float | None) -> Raised:
        assert self._span is not None
        span = self._span
        return Raised(
            number=self._number,
            start=span.start,
            end=end,
            peak=span.peak,
            peak_time=span.peak_time,
        )
