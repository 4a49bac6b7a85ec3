"""Trying a rule for alarms on recordings before it is armed."""

from collections.abc import Generator, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from crimeview.core.alarm_rule import AlarmRule
from crimeview.core.alarm_trial import Trial
from crimeview.core.job import Job, Step
from crimeview.core.track import Track, TrackKind
from crimeview.jobs.recording_clocks import found_clocks
from crimeview.jobs.tapes import Tape, tapes_of
from crimeview.jobs.trying import Trying
from crimeview.jobs.watched_scores import Watched, WatchedScores, Work
from crimeview.store.case import Case

T = TypeVar("T")


def try_rule(
    case: Case,
    rule: AlarmRule,
    *,
    since: float | None = None,
    until: float | None = None,
    watched: WatchedScores | None = None,
) -> Job[Trial]:
    """What a rule would have raised, by the scores that the case has.

    It is tried as if it were armed and not snoozed, on the recordings of its cameras, or on all
    where none is of these. `since` and `until` (s since 1970) leave out recordings that do not
    touch that time, and those whose time is not known. When recordings were made is found, and
    stored, where nobody has yet; nothing else is written. Clips around alarms are left out: they
    overlap, and were cut where scores are high. With `watched` it is tried as cameras are
    watched: events by what that makes of their stored features, where it can, and each alarm says
    whether it is sure. Raises CaseError.
    """
    rule = replace(rule, armed=True, snoozed_until=None)
    found_clocks(case, case.recordings())
    found = tapes_of(case, rule, since=since, until=until)
    clips = {clip.recording_id for clip in case.live.clips()}
    tapes = [tape for tape in found if tape.recording.id not in clips]
    tries: list[Trying] = []
    for number, tape in enumerate(tapes):
        kind = rule.track.kind
        track = case.track(tape.recording.id, kind) if kind is not None else None
        if track is None:
            continue
        if not tries or not tape.follows(tries[-1].tapes[-1]):
            tries.append(Trying(rule, tape, as_watched=watched is not None))
        scoring = _as_watched(case, tape, track, watched)
        scores = yield from _under_way(scoring, _step(number, tapes))
        yield from _under_way(tries[-1].take(tape, track, scores), _step(number, tapes))
        yield _step(number + 1, tapes)
    for trying in tries:
        trying.finish()
    trial = _trial(rule, tries, without_track=len(tapes) - sum(len(t.tapes) for t in tries))
    return replace(trial, clips=len(found) - len(tapes))


def _as_watched(
    case: Case, tape: Tape, track: Track, watched: WatchedScores | None
) -> Work[Watched | None]:
    if watched is None or track.kind is not TrackKind.CLIP_SCORES:
        return None
    return (yield from watched.of(case, tape.recording.id, track))


def _under_way(work: Generator[None, None, T], step: Step) -> Job[T]:
    """The work with a step wherever it yields."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            result: T = end.value
            return result
        yield step


def _step(done: int, tapes: Sequence[Tape]) -> Step:
    return Step(done=done, total=len(tapes), message="Trying the rule on stored scores")


def _trial(rule: AlarmRule, tries: Sequence[Trying], *, without_track: int) -> Trial:
    tapes = [tape for trying in tries for tape in trying.tapes]
    return Trial(
        rule=rule,
        alarms=tuple(alarm for trying in tries for alarm in trying.alarms()),
        seconds=float(np.sum([trying.seconds for trying in tries])),
        recordings=len(tapes),
        without_track=without_track,
        without_clock=sum(tape.clock is None for tape in tapes),
        watched=sum(trying.watched for trying in tries),
        early=sum(trying.early for trying in tries),
    )
