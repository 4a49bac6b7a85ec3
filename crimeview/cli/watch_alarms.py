"""Alarms of `crimeview watch`: by a case's rules, told as they are configured."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from crimeview.core.alarm_candidates import CandidateJudge, CandidateRule
from crimeview.core.job import Job
from crimeview.core.watching import Judge
from crimeview.jobs.alarm_judge import AlarmJudge
from crimeview.jobs.deliver import deliver
from crimeview.store.case import Case


@contextmanager
def judging(case: Case | None, *, threshold: float | None) -> Iterator[tuple[Judge, Job[int]]]:
    """What makes alarms, and the job that tells of them.

    Where the case has no rule that is armed, every score that reaches the threshold is an alarm,
    which is shown and told to nobody. When watching ends, what is on is ended, and what waits is
    tried once.
    """
    if case is None or not any(rule.armed for rule in case.alarms.rules()):
        yield CandidateJudge(CandidateRule(threshold=threshold)), _nothing()
        return
    judge = AlarmJudge(case)
    with closing(deliver(case, pause=0.0)) as post:
        try:
            yield judge, post
        finally:
            judge.finish()
            next(post)


def _nothing() -> Job[int]:
    yield from ()
    return 0
