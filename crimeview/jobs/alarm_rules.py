"""Changing the rules for alarms of a case."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from crimeview.core.alarm_obstacles import ObstacleKind, obstacle_of, obstacle_sentence
from crimeview.core.alarm_rule import AlarmRule, ListedRule
from crimeview.core.alarm_trial import TrialSpan
from crimeview.core.edit import Action, Change, Edit
from crimeview.core.errors import UsageError
from crimeview.jobs.live_scored import scored_of
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


def obstacle_to(case: Case, rule: AlarmRule) -> str | None:
    """Why a rule raises nothing of the case's cameras, in a sentence; None where it can.

    A case without cameras says nothing of those that the command is given.
    """
    cameras = case.live.cameras()
    obstacle = obstacle_of(rule, cameras, scored=scored_of(case))
    if obstacle is None or obstacle.kind is ObstacleKind.NO_CAMERAS:
        return None
    return obstacle_sentence(rule, obstacle)


def usual_threshold(case: Case) -> float:
    """The threshold that segments of the case are found by, one half before any analysis."""
    run = case.analyses.newest()
    return rule_of(run).threshold if run is not None else _DEFAULT_THRESHOLD


def keep_rule(case: Case, rule: AlarmRule, *, reviewer: str) -> None:
    """Add a rule, or put it in place of the one with its id, by an edit that can be undone.

    Raises UsageError where another one has its name.
    """
    listed = case.alarms.listed()
    if any(each.rule.name == rule.name and each.rule.id != rule.id for each in listed):
        raise UsageError(f"There is one called “{rule.name}” already; choose another name.")
    before = next((each for each in listed if each.rule.id == rule.id), None)
    last = max((each.place for each in listed), default=0)
    place = before.place if before is not None else last + 1
    _make(case, [Change(before=before, after=ListedRule(place=place, rule=rule))], reviewer)


def remove_rule(case: Case, rule_id: str, *, reviewer: str) -> None:
    """Remove a rule, by an edit; the alarms that it has raised stay."""
    listed = [each for each in case.alarms.listed() if each.rule.id == rule_id]
    _make(case, [Change(before=each, after=None) for each in listed], reviewer)


def change_rules(case: Case, change: Callable[[AlarmRule], AlarmRule], *, reviewer: str) -> None:
    """Change every rule in one go, by an edit."""
    changes = [
        Change(before=each, after=replace(each, rule=change(each.rule)))
        for each in case.alarms.listed()
    ]
    _make(case, changes, reviewer)


def snooze(
    case: Case, rules: Sequence[AlarmRule], *, until: float | None, reviewer: str = ""
) -> None:
    """Keep these rules quiet until a time (s since 1970); None wakes them."""
    ids = {rule.id for rule in rules}
    change_rules(
        case,
        lambda rule: replace(rule, snoozed_until=until) if rule.id in ids else rule,
        reviewer=reviewer,
    )


def _make(case: Case, changes: Sequence[Change], reviewer: str) -> None:
    other = tuple(change for change in changes if change.before != change.after)
    if other:
        case.edits.make(Edit(action=Action.ALARM_RULES, changes=other), reviewer=reviewer)


def last_night(now: datetime) -> tuple[float, float]:
    """From 20:00 to 08:00 before `now`, a local time with its zone, as seconds since 1970.

    Before 08:00 it is the night that is not over.
    """
    evening = datetime.combine(now.date() - timedelta(days=1), _NIGHT[0], tzinfo=now.tzinfo)
    morning = datetime.combine(now.date(), _NIGHT[1], tzinfo=now.tzinfo)
    return evening.timestamp(), min(morning.timestamp(), now.timestamp())


def span_of(span: TrialSpan, now: datetime) -> tuple[float | None, float | None]:
    """From when to when a span lasts, as seconds since 1970; None where it has no end.

    `now` is a local time with its zone.
    """
    match span:
        case TrialSpan.ALL:
            return None, None
        case TrialSpan.LAST_NIGHT:
            return last_night(now)
        case TrialSpan.LAST_DAY:
            return (now - timedelta(days=1)).timestamp(), now.timestamp()
        case TrialSpan.LAST_WEEK:
            return (now - timedelta(days=7)).timestamp(), now.timestamp()
