"""Changing the rules for alarms of a case."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from crimeview.core.alarm_rule import AlarmRule
from crimeview.core.errors import UsageError
from crimeview.jobs.resegment import rule_of
from crimeview.store.case import Case

_DEFAULT_THRESHOLD = 0.5
_NIGHT = time(20, 0), time(8, 0)


def rule_named(rules: Sequence[AlarmRule], name: str) -> AlarmRule:
    """The rule of that name or id; raises UsageError where there is none."""
    for rule in rules:
        if name in (rule.name, rule.id):
            return rule
    known = ", ".join(f"“{rule.name}”" for rule in rules) or "there is none yet"
    raise UsageError(f"There is no alarm rule “{name}”: {known}.")


def usual_threshold(case: Case) -> float:
    """The threshold that segments of the case are found by, one half before any analysis."""
    run = case.newest_run()
    return rule_of(run).threshold if run is not None else _DEFAULT_THRESHOLD


def snooze(case: Case, rules: Sequence[AlarmRule], *, until: float | None) -> None:
    """Keep these rules quiet until a time (s since 1970); None wakes them."""
    ids = {rule.id for rule in rules}
    case.alarms.change_rules(
        lambda rule: replace(rule, snoozed_until=until) if rule.id in ids else rule
    )


def last_night(now: datetime) -> tuple[float, float]:
    """From 20:00 to 08:00 before `now`, a local time with its zone, as seconds since 1970.

    Before 08:00 it is the night that is not over.
    """
    evening = datetime.combine(now.date() - timedelta(days=1), _NIGHT[0], tzinfo=now.tzinfo)
    morning = datetime.combine(now.date(), _NIGHT[1], tzinfo=now.tzinfo)
    return evening.timestamp(), min(morning.timestamp(), now.timestamp())
