"""A rule on the consecutive recordings of one camera: what it raises, and how surely."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from crimeview.core.alarm_evaluator import AlarmEvaluator, Raised
from crimeview.core.alarm_rule import LONGEST, AlarmRule, AlarmTrack
from crimeview.core.alarm_trial import TriedAlarm
from crimeview.core.track import Track
from crimeview.jobs.tapes import Tape
from crimeview.jobs.watched_scores import Watched, Work, pair_means

_ROWS = 50_000  # between two steps: less than half a second
_BY_CLIPS = (AlarmTrack.EVENTS, AlarmTrack.VIOLENCE)


class Trying:
    """Tries a rule on tapes that follow each other.

    Where it is tried `as_watched`, it is also found out which alarms are sure.
    """

    def __init__(self, rule: AlarmRule, tape: Tape, *, as_watched: bool) -> None:
        self._rule = rule
        self._doubting = as_watched and rule.track in _BY_CLIPS
        self._told = _Reading(rule, tape)
        self._analyzed = _Reading(rule, tape)  # by the scores of the analysis
        self._cautious: tuple[_Reading, ...] = ()
        self.tapes: list[Tape] = []
        self.seconds = 0.0
        self.watched = 0  # tapes that were tried by scores as watching gives them

    def take(self, tape: Tape, track: Track, watched: Watched | None) -> Work[None]:
        """Take the next tape with its stored track; yields now and then."""
        self.tapes.append(tape)
        self.watched += watched is not None
        scores = watched.scores if watched is not None else track
        yield from self._told.take(tape, scores)
        if self._rule.track is AlarmTrack.EVENTS:
            yield from self._analyzed.take(tape, track)
        if self._doubting and len(track.times) > 1:
            if not self._cautious:
                rule = _cautious(self._rule, step=float(np.median(np.diff(track.times[:, 0]))))
                self._cautious = _Reading(rule, tape), _Reading(rule, tape)
            between = watched.between if watched is not None else pair_means(track)
            for reading, row in zip(self._cautious, (scores, between), strict=True):
                yield from reading.take(tape, row)
        if len(track.times):
            self.seconds += float(track.times[:, 1].max() - track.times[0, 0])

    def finish(self) -> None:
        """No tape follows."""
        for reading in (self._told, self._analyzed, *self._cautious):
            reading.finish()

    @property
    def early(self) -> int:
        """How many alarms only the scores of the analysis raise."""
        return sum(not self._told.touches(raised) for raised in self._analyzed.raised)

    def alarms(self) -> Iterator[TriedAlarm]:
        """What it raises by the scores as watching gives them, where these are known."""
        for raised in self._told.raised:
            tape = next(t for t in reversed(self.tapes) if raised.start >= t.zero)
            yield TriedAlarm(
                recording_id=tape.recording.id,
                camera=tape.camera,
                start=raised.start - tape.zero,
                end=(raised.end or raised.start) - tape.zero,
                peak=raised.peak,
                peak_time=raised.peak_time - tape.zero,
                begins=raised.start if tape.clock is not None else None,
                sure=all(reading.touches(raised) for reading in self._cautious),
            )


class _Reading:
    """What a rule raises of one reading of the scores."""

    def __init__(self, rule: AlarmRule, tape: Tape) -> None:
        self._evaluator = AlarmEvaluator(rule, place=tape.place)
        self.raised: list[Raised] = []

    def take(self, tape: Tape, scores: Track) -> Work[None]:
        times = scores.times + tape.zero
        for first in range(0, len(times), _ROWS):
            part = slice(first, first + _ROWS)
            self._keep(self._evaluator.take_rows(times[part], scores.values[part]))
            yield

    def finish(self) -> None:
        self._keep(self._evaluator.finish())

    def touches(self, other: Raised) -> bool:
        """Whether one of its alarms is at the same time as that one."""
        end = other.end if other.end is not None else other.start
        begun = bisect_right(self.raised, end, key=lambda own: own.start)
        last = self.raised[begun - 1].end if begun else None
        return last is not None and last >= other.start

    def _keep(self, raised: Iterator[Raised]) -> None:
        self.raised += [told for told in raised if told.end is not None]


def _cautious(rule: AlarmRule, *, step: float) -> AlarmRule:
    """The rule where a run of high clips is one shorter than it happened to be."""
    longer = min(LONGEST, rule.min_duration + step) if rule.min_duration else 0.0
    return replace(rule, min_duration=longer, cooldown=0.0)
