"""Trying a rule for alarms on recordings before it is armed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, tzinfo

import numpy as np

from crimeview.core.alarm_evaluator import AlarmEvaluator, Raised
from crimeview.core.alarm_rule import AlarmRule
from crimeview.core.alarm_trial import Trial, TriedAlarm
from crimeview.core.job import Job, Step
from crimeview.core.track import Track
from crimeview.core.wall_clock import WallClock, camera_in_name, zone_of
from crimeview.store.case import Case
from crimeview.store.rows import CaseClock, CaseRecording

_ROWS = 50_000  # between two steps: less than half a second
_OVERLAP = 5.0  # s; files of one camera that overlap by more are not consecutive


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tape:
    """A recording with its camera, and its clock where that can be trusted."""

    recording: CaseRecording
    camera: str
    clock: WallClock | None

    @property
    def zero(self) -> float:
        """The time of its beginning, s since 1970; 0 where it is not known."""
        return self.clock.instant() if self.clock is not None else 0.0

    @property
    def end(self) -> float:
        """The time of its end, as far as its length is known."""
        known = self.recording.recording
        return self.zero + (known.duration if known is not None else 0.0)

    @property
    def place(self) -> tzinfo | None:
        """The zone of its camera's clock; None where the time of day is not known."""
        if self.clock is None:
            return None
        return zone_of(self.clock.zone) if self.clock.zone is not None else UTC


def try_rule(
    case: Case, rule: AlarmRule, *, since: float | None = None, until: float | None = None
) -> Job[Trial]:
    """What a rule would have raised, by the scores that the case has; nothing is written.

    It is tried as if it were armed and not snoozed, on the recordings of its cameras, or on all
    where none is of these. `since` and `until` (s since 1970) leave out recordings that do not
    touch that time, and those whose time is not known. Raises CaseError.
    """
    rule = replace(rule, armed=True, snoozed_until=None)
    tapes = _tapes(case, rule, since=since, until=until)
    tries: list[_Try] = []
    for number, tape in enumerate(tapes):
        kind = rule.track.kind
        track = case.track(tape.recording.id, kind) if kind is not None else None
        if track is None:
            continue
        follows = tries[-1] if tries and tries[-1].leads_to(tape) else None
        trying = follows or _Try(rule, tape)
        if follows is None:
            tries.append(trying)
        for _ in trying.take(tape, track):
            yield _step(number, tapes)
        yield _step(number + 1, tapes)
    for trying in tries:
        trying.finish()
    return _trial(rule, tries, without_track=len(tapes) - sum(len(t.tapes) for t in tries))


def _step(done: int, tapes: Sequence[_Tape]) -> Step:
    return Step(done=done, total=len(tapes), message="Trying the rule on stored scores")


class _Try:
    """A rule on the consecutive recordings of one camera."""

    def __init__(self, rule: AlarmRule, tape: _Tape) -> None:
        self._evaluator = AlarmEvaluator(rule, place=tape.place)
        self.tapes: list[_Tape] = []
        self.seconds = 0.0
        self.raised: list[Raised] = []

    def leads_to(self, tape: _Tape) -> bool:
        """Whether a recording is one more of the same camera, by clocks that can be trusted."""
        last = self.tapes[-1]
        if last.camera != tape.camera or last.clock is None or tape.clock is None:
            return False
        return tape.zero >= last.end - _OVERLAP

    def take(self, tape: _Tape, track: Track) -> Iterator[None]:
        self.tapes.append(tape)
        times = track.times + tape.zero
        for first in range(0, len(times), _ROWS):
            part = slice(first, first + _ROWS)
            self._keep(self._evaluator.take_rows(times[part], track.values[part]))
            yield
        if len(times):
            self.seconds += float(track.times[:, 1].max() - track.times[0, 0])

    def finish(self) -> None:
        self._keep(self._evaluator.finish())

    def alarms(self) -> Iterator[TriedAlarm]:
        for raised in self.raised:
            tape = next(t for t in reversed(self.tapes) if raised.start >= t.zero)
            yield TriedAlarm(
                recording_id=tape.recording.id,
                camera=tape.camera,
                start=raised.start - tape.zero,
                end=(raised.end or raised.start) - tape.zero,
                peak=raised.peak,
                peak_time=raised.peak_time - tape.zero,
                begins=raised.start if tape.clock is not None else None,
            )

    def _keep(self, raised: Iterator[Raised]) -> None:
        self.raised += [told for told in raised if told.end is not None]


def _trial(rule: AlarmRule, tries: Sequence[_Try], *, without_track: int) -> Trial:
    tapes = [tape for trying in tries for tape in trying.tapes]
    return Trial(
        rule=rule,
        alarms=tuple(alarm for trying in tries for alarm in trying.alarms()),
        seconds=float(np.sum([trying.seconds for trying in tries])),
        recordings=len(tapes),
        without_track=without_track,
        without_clock=sum(tape.clock is None for tape in tapes),
    )


def _tapes(case: Case, rule: AlarmRule, *, since: float | None, until: float | None) -> list[_Tape]:
    """The recordings to try it on, of each camera in order of time."""
    clocks = case.clocks()
    tapes = [_tape(recording, clocks.get(recording.id)) for recording in case.recordings()]
    if since is not None or until is not None:
        tapes = [tape for tape in tapes if _touches(tape, since=since, until=until)]
    own = [tape for tape in tapes if tape.camera in rule.cameras]
    return sorted(own or tapes, key=lambda tape: (tape.camera, tape.zero, tape.recording.id))


def _tape(recording: CaseRecording, known: CaseClock | None) -> _Tape:
    path = recording.path
    camera = known.camera if known is not None else camera_in_name(path.stem, path.parent.name)
    sure = known is not None and known.clock.source.is_sure
    return _Tape(recording=recording, camera=camera, clock=known.clock if known and sure else None)


def _touches(tape: _Tape, *, since: float | None, until: float | None) -> bool:
    if tape.clock is None:
        return False
    return (since is None or tape.end > since) and (until is None or tape.zero < until)
