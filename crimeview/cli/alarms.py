"""`crimeview alarms`."""

import argparse
import json
import time
from contextlib import closing
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from crimeview.cli.drive import drive, list_nothing
from crimeview.cli.faults import tell
from crimeview.cli.review import reviewer_of
from crimeview.core.alarm import Alarm, alarm_sentence
from crimeview.core.alarm_rule import AlarmRule, AlarmTrack, new_rule_id
from crimeview.core.alarm_trial import Trial, TrialSpan, trial_sentences
from crimeview.core.errors import UsageError
from crimeview.core.schedule import parse_schedule, schedule_text
from crimeview.core.short_paths import short_paths
from crimeview.core.timetext import clock_text
from crimeview.jobs.alarm_rules import (
    keep_rule,
    last_night,
    obstacle_to,
    remove_rule,
    rule_named,
    snooze,
    usual_threshold,
)
from crimeview.jobs.try_alarm import try_rule
from crimeview.jobs.watched_scores import WatchedScores
from crimeview.store.case import Case, open_case
from crimeview.store.location import default_case_folder, is_case

_NUMBERS = ("threshold", "hysteresis", "min_duration", "merge_gap", "cooldown", "zone", "time_zone")
_EVERYBODY, _NOBODY = "all", "nobody"


def run_alarms(args: argparse.Namespace) -> int:
    actions = {
        "list": _list,
        "add": _add,
        "change": _change,
        "remove": _remove,
        "try": _try,
        "snooze": _snooze,
        "history": _history,
        "acknowledge": _acknowledge,
    }
    folder = args.case or default_case_folder()
    if args.action == "list" and not is_case(folder):
        return list_nothing(folder, "no alarm rule: crimeview alarms add NAME.", as_json=args.json)
    # Rules may be made before there is anything to raise alarms of.
    with open_case(folder, create=args.action == "add") as case:
        return actions[args.action](case, args)


def _list(case: Case, args: argparse.Namespace) -> int:
    rules = case.alarms.rules()
    if args.json:
        told = [rule_json(rule) | {"obstacle": obstacle_to(case, rule)} for rule in rules]
        print(json.dumps(told, indent=2))
        return 0
    now = time.time()
    for rule in rules:
        print(f"{_state(rule, now):8}  {rule.name}: {_told(rule)}")
        if obstacle := obstacle_to(case, rule):
            print(f"          {obstacle}")
    if not rules:
        tell("There are no alarm rules yet: crimeview alarms add NAME.")
    return 0


def _add(case: Case, args: argparse.Namespace) -> int:
    if any(rule.name == args.name for rule in case.alarms.rules()):
        raise UsageError(f"There is a rule “{args.name}” already: crimeview alarms change.")
    rule = _changed(case, _plain(case, args.name), args)
    keep_rule(case, rule, reviewer=reviewer_of(args))
    if not rule.armed:
        tell(f"“{rule.name}” is not armed: try it, then crimeview alarms change NAME --arm.")
    _tell_obstacle(case, rule)
    return 0


def _change(case: Case, args: argparse.Namespace) -> int:
    rule = _changed(case, rule_named(case.alarms.rules(), args.name), args)
    if args.new_name is not None:
        rule = replace(rule, name=args.new_name)
    keep_rule(case, rule, reviewer=reviewer_of(args))
    _tell_obstacle(case, rule)
    return 0


def _remove(case: Case, args: argparse.Namespace) -> int:
    rule = rule_named(case.alarms.rules(), args.name)
    remove_rule(case, rule.id, reviewer=reviewer_of(args))
    return 0


def _try(case: Case, args: argparse.Namespace) -> int:
    rules = case.alarms.rules()
    rule = rule_named(rules, args.name) if args.name is not None else _plain(case, "tried")
    rule = _changed(case, rule, args)
    tried_of = TrialSpan.LAST_NIGHT if args.last_night else TrialSpan.ALL
    since, until = last_night(datetime.now().astimezone()) if args.last_night else (None, None)
    with closing(WatchedScores()) as watched:
        trial = drive(
            try_rule(case, rule, since=since, until=until, watched=watched),
            if_stopped="Stopped. Nothing was changed.",
            unit="other",
        )
    if args.json:
        print(json.dumps(_trial_json(case, trial, tried_of), indent=2))
        return 0
    paths = {recording.id: recording.path for recording in case.recordings()}
    names = short_paths(paths.values())
    for sentence in trial_sentences(trial, tried_of):
        print(sentence)
    _tell_obstacle(case, rule)
    for alarm in trial.alarms:
        span = f"{clock_text(alarm.start, decimals=1)} to {clock_text(alarm.end, decimals=1)}"
        when = f"  {_local(alarm.begins)}" if alarm.begins is not None else ""
        doubt = "" if alarm.sure else "  not sure"
        print(f"  {alarm.peak:.2f}  {span}  {names[paths[alarm.recording_id]]}{when}{doubt}")
    return 0


def _snooze(case: Case, args: argparse.Namespace) -> int:
    rules = case.alarms.rules()
    wanted = rules if args.name == _EVERYBODY else [rule_named(rules, args.name)]
    if not args.off and not 0 < args.minutes <= 7 * 24 * 60:
        raise UsageError("A rule is snoozed for more than 0 minutes and for a week at most.")
    until = None if args.off else time.time() + args.minutes * 60
    snooze(case, wanted, until=until, reviewer=reviewer_of(args))
    if until is not None:
        tell(f"Quiet until {_local(until)}.")
    return 0


def _history(case: Case, args: argparse.Namespace) -> int:
    alarms = case.alarms.alarms(most=args.most, unseen=args.unseen)
    if args.json:
        print(json.dumps([_alarm_json(alarm) for alarm in alarms], indent=2))
        return 0
    for alarm in alarms:
        seen = "seen" if alarm.acknowledged is not None else "new "
        print(f"{seen}  {_local(alarm.start)}  {alarm.id}  {alarm_sentence(alarm)}")
    if not alarms:
        kept = args.unseen and case.alarms.alarms(most=1)
        tell("All alarms were seen." if kept else "No rule has raised an alarm yet.")
    return 0


def _acknowledge(case: Case, args: argparse.Namespace) -> int:
    if bool(args.ids) == args.all:
        raise UsageError("Give the ids of alarms, or --all.")
    known = {alarm.id for alarm in case.alarms.alarms()}
    for alarm_id in args.ids:
        if alarm_id not in known:
            raise UsageError(f"There is no alarm “{alarm_id}”: crimeview alarms history.")
    unseen = [alarm.id for alarm in case.alarms.alarms(unseen=True)]
    case.alarms.acknowledge(unseen if args.all else args.ids, by=reviewer_of(args), now=time.time())
    return 0


def _plain(case: Case, name: str) -> AlarmRule:
    """A rule with nothing chosen; segments are found by its threshold."""
    return AlarmRule(
        id=new_rule_id(), name=name, track=AlarmTrack.EVENTS, threshold=usual_threshold(case)
    )


def _changed(case: Case, rule: AlarmRule, args: argparse.Namespace) -> AlarmRule:
    """The rule with whatever options were given."""
    changes: dict[str, Any] = {
        name: getattr(args, name) for name in _NUMBERS if getattr(args, name) is not None
    }
    if args.track is not None:
        changes["track"] = AlarmTrack(args.track)
    if args.schedule is not None:
        changes["schedule"] = parse_schedule(args.schedule)
    if args.cameras is not None:
        everyone = _EVERYBODY in args.cameras
        changes["cameras"] = () if everyone else tuple(dict.fromkeys(args.cameras))
    if args.armed is not None:
        changes["armed"] = args.armed
    if args.tell is not None:
        changes["deliveries"] = _told_to(case, args.tell)
    return replace(rule, **changes)


def _tell_obstacle(case: Case, rule: AlarmRule) -> None:
    if obstacle := obstacle_to(case, rule):
        tell(obstacle)


def _told_to(case: Case, names: list[str]) -> tuple[str, ...] | None:
    if _EVERYBODY in names:
        return None
    known = {delivery.name: delivery.id for delivery in case.alarms.deliveries()}
    for name in names:
        if name not in known and name != _NOBODY:
            raise UsageError(f"There is no delivery “{name}”: crimeview deliveries list.")
    return tuple(known[name] for name in names if name != _NOBODY)


def rule_json(rule: AlarmRule) -> dict[str, Any]:
    return asdict(rule) | {
        "track": rule.track.value,
        "schedule": schedule_text(rule.schedule) or "always",
    }


def _trial_json(case: Case, trial: Trial, span: TrialSpan) -> dict[str, Any]:
    paths = {recording.id: str(recording.path) for recording in case.recordings()}
    return {
        "rule": rule_json(trial.rule),
        "seconds": round(trial.seconds, 3),
        "recordings": trial.recordings,
        "without_track": trial.without_track,
        "without_clock": trial.without_clock,
        "clips": trial.clips,
        "watched": trial.watched,
        "sure": trial.sure,
        "early": trial.early,
        "per_hour": trial.per_hour,
        "alarms": [
            asdict(alarm) | {"recording": paths[alarm.recording_id]} for alarm in trial.alarms
        ],
        "sentences": trial_sentences(trial, span),
    }


def _alarm_json(alarm: Alarm) -> dict[str, Any]:
    return asdict(alarm) | {"track": alarm.track.value, "sentence": alarm_sentence(alarm)}


def _state(rule: AlarmRule, now: float) -> str:
    if not rule.armed:
        return "off"
    if rule.snoozed(now) and rule.snoozed_until is not None:
        return f"snoozed until {_local(rule.snoozed_until)}"
    return "armed"


def _told(rule: AlarmRule) -> str:
    """`events from 0.60 for 2 s, zone gate, Mon-Fri 22:00-06:00, ends below 0.48, …, yard`."""
    parts = [f"{rule.track.value} from {rule.threshold:.2f}"]
    if rule.min_duration:
        parts[0] += f" for {rule.min_duration:g} s"
    if rule.zone:
        parts.append(f"zone {rule.zone}")
    parts.append(schedule_text(rule.schedule) or "always")
    if rule.time_zone:
        parts.append(rule.time_zone)
    if rule.track is not AlarmTrack.LOST:
        parts.append(f"ends below {rule.threshold * rule.hysteresis:.2f}")
    parts.append(f"joined within {rule.merge_gap:g} s")
    parts.append(f"cooldown {rule.cooldown:g} s")
    parts.append(", ".join(rule.cameras) or "all cameras")
    return ", ".join(parts)


def _local(seconds: float) -> str:
    return datetime.fromtimestamp(seconds).astimezone().strftime("%Y-%m-%d %H:%M:%S")
