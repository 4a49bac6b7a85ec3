"""Alarms of `crimeview watch`: by a case's rules, told as they are configured."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace

from crimeview.cli.faults import tell
from crimeview.core.alarm_candidates import CandidateJudge, CandidateRule
from crimeview.core.alarm_obstacles import Scored, obstacle_of, obstacle_sentence
from crimeview.core.alarm_rule import AlarmRule, AlarmTrack
from crimeview.core.job import Job
from crimeview.core.watching import Camera, CameraHealth, LiveAlarm, LiveScore
from crimeview.jobs.alarm_judge import AlarmJudge
from crimeview.jobs.deliver import deliver, send_waiting
from crimeview.store.case import Case


class CaseJudge:
    """Judges by the armed rules of a case; while none is, every high score is an alarm.

    Such an alarm is shown and told to nobody. Rules are taken up as they are armed; `taken_up` is
    then called with those that were armed or changed since.
    """

    def __init__(
        self,
        rules: AlarmJudge,
        *,
        threshold: float | None,
        taken_up: Callable[[Sequence[AlarmRule]], None],
    ) -> None:
        self._rules = rules
        self._known = rules.rules
        self._taken_up = taken_up
        self._candidates = CandidateJudge(CandidateRule(threshold=threshold))

    @property
    def longest_wait(self) -> float:
        return self._rules.longest_wait

    def take(self, event: LiveScore | CameraHealth) -> Sequence[LiveAlarm]:
        alarms = self._rules.take(event)
        self._look_for_new()
        if any(rule.armed for rule in self._rules.rules):
            return [*alarms, *self._candidates.finish()]
        return [*alarms, *self._candidates.take(event)]

    def finish(self) -> list[LiveAlarm]:
        """End what is on: nobody watches any more."""
        return [*self._rules.finish(), *self._candidates.finish()]

    def _look_for_new(self) -> None:
        rules = self._rules.rules
        if rules is self._known:
            return
        known = [replace(rule, snoozed_until=None) for rule in self._known]
        awake = [replace(rule, snoozed_until=None) for rule in rules]
        new = [rule for rule in awake if rule.armed and rule not in known]
        self._known = rules
        if new:
            self._taken_up(new)


@contextmanager
def judging(
    case: Case | None,
    *,
    threshold: float | None,
    taken_up: Callable[[Sequence[AlarmRule]], None] = lambda _new: None,
) -> Iterator[tuple[CaseJudge | CandidateJudge, Job[int]]]:
    """What makes alarms, and the job that tells of them; `taken_up` as of `CaseJudge`.

    When watching ends, what is on in the case is ended, and what waits is tried once. Raises
    CaseError where the case is watched already.
    """
    if case is None:
        yield CandidateJudge(CandidateRule(threshold=threshold)), _nothing()
        return
    with case.watched():
        judge = AlarmJudge(case)
        if threshold is not None and any(rule.armed for rule in judge.rules):
            tell("--threshold says nothing while rules are armed: alarms go by these.")
        with closing(deliver(case, pause=0.0)) as post:
            try:
                yield CaseJudge(judge, threshold=threshold, taken_up=taken_up), post
            finally:
                judge.finish()
                send_waiting(case)


def tell_obstacles(rules: Sequence[AlarmRule], cameras: Sequence[Camera], scored: Scored) -> None:
    """Say which armed rules raise nothing of these cameras, and why."""
    for rule in rules:
        obstacle = obstacle_of(rule, cameras, scored=scored)
        if rule.armed and obstacle is not None:
            tell(obstacle_sentence(rule, obstacle))


def tell_of_new(
    rules: Sequence[AlarmRule], cameras: Sequence[Camera], scored: Scored, *, follows: bool
) -> None:
    """Say of rules that were armed while cameras are watched what is in their way.

    `follows`: whether thefts are looked for, which begins with watching only.
    """
    for rule in rules:
        tell(f"The rule “{rule.name}” is armed now.")
        if rule.track is AlarmTrack.THEFT and not follows:
            tell(
                f"The rule “{rule.name}” listens to thefts: they are looked for from the next time "
                "that watching is started."
            )
    tell_obstacles(rules, cameras, scored)


def _nothing() -> Job[int]:
    yield from ()
    return 0
