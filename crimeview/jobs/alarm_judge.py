"""Alarms by a case's rules, while cameras are watched."""

import logging
import secrets
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from threading import Lock

from crimeview.core.alarm import Alarm, alarm_sentence
from crimeview.core.alarm_evaluator import AlarmEvaluator, Raised
from crimeview.core.alarm_message import message_of
from crimeview.core.alarm_rule import AlarmRule, AlarmTrack, track_of
from crimeview.core.delivery import Delivery
from crimeview.core.errors import CaseError
from crimeview.core.outbox import Moment
from crimeview.core.wall_clock import ComputerZone
from crimeview.core.watching import CameraHealth, CameraState, LiveAlarm, LiveScore
from crimeview.store.case import Case

_LOOK = 2.0  # s between two questions for changed rules
_SILENCE = 30.0  # s without a score after which an alarm is over
_NO_PICTURE = (CameraState.LOST, CameraState.STILL)
_log = logging.getLogger(__name__)

_Key = tuple[str, str]  # of a rule and a camera


class AlarmJudge:
    """Raises alarms by the armed rules of a case, and stores them with what is to be told of them.

    `take` is called by the thread that watches, everything else from any. Alarms are raised even
    where the case cannot be written: they are told then to whoever watches, and to nobody else.
    """

    def __init__(self, case: Case, *, now: Callable[[], float] = time.time) -> None:
        self._case = case
        self._now = now
        self._lock = Lock()
        self._rules: Sequence[AlarmRule] = ()
        self._deliveries: Sequence[Delivery] = ()
        self._evaluators: dict[_Key, AlarmEvaluator] = {}
        self._ids: dict[_Key, str] = {}  # of alarms that are on
        self._scored: dict[_Key, float] = {}  # when the last score ended
        self._checked: dict[str, float] = {}  # when a camera's health was told
        self._revision = case.revision()
        self._looked = 0.0  # when the case was last asked for changes
        self._end_left_over()
        self.read_rules()

    def read_rules(self) -> None:
        """Take up the rules and deliveries as the case has them now."""
        rules, deliveries = self._case.alarms.rules(), self._case.alarms.deliveries()
        with self._lock:
            self._rules, self._deliveries = rules, deliveries

    @property
    def rules(self) -> Sequence[AlarmRule]:
        """The rules that are in force."""
        with self._lock:
            return self._rules

    @property
    def longest_wait(self) -> float:
        """Seconds that an armed rule waits for at most before it raises an alarm."""
        return max((rule.min_duration for rule in self.rules if rule.armed), default=0.0)

    def take(self, event: LiveScore | CameraHealth) -> list[LiveAlarm]:
        """The alarms that begin or end with this."""
        if isinstance(event, CameraHealth):
            self._read_changes(event.time)
        with self._lock:
            rules = self._rules
        if isinstance(event, LiveScore):
            return list(self._of_score(event, rules))
        return list(self._of_health(event, rules))

    def finish(self) -> list[LiveAlarm]:
        """End what is on: nobody watches any more."""
        return [alarm for key in list(self._ids) for alarm in self._end(key)]

    def _of_score(self, score: LiveScore, rules: Iterable[AlarmRule]) -> Iterator[LiveAlarm]:
        track = track_of(score.kind)
        if track is None:
            return
        for rule in rules:
            if rule.watches(score.camera, track=track, zone=score.zone):
                row = (score.start, score.end, score.score)
                yield from self._judge(rule, score.camera, row)

    def _of_health(self, health: CameraHealth, rules: Iterable[AlarmRule]) -> Iterator[LiveAlarm]:
        before = self._checked.get(health.camera, health.time)
        self._checked[health.camera] = health.time
        lost = health.state in _NO_PICTURE
        for rule in rules:
            if rule.watches(health.camera, track=AlarmTrack.LOST):
                row = (before, max(health.time, before), 1.0 if lost else 0.0)
                yield from self._judge(rule, health.camera, row)
        yield from self._end_silent(health, rules)

    def _read_changes(self, moment: float) -> None:
        """Take up what other processes, or the window, have changed in the case."""
        if moment - self._looked < _LOOK:
            return
        self._looked = moment
        try:
            revision = self._case.revision()
            if revision != self._revision:
                self._revision = revision
                self.read_rules()
        except CaseError as error:
            _log.info("rules could not be read, those known hold on: %s", error)

    def _end_silent(self, health: CameraHealth, rules: Iterable[AlarmRule]) -> Iterator[LiveAlarm]:
        """End alarms of scores that come no more, and those of rules that are gone or disarmed."""
        armed = {rule.id: rule for rule in rules if rule.armed}
        for key in [key for key in self._ids if key[1] == health.camera]:
            rule = armed.get(key[0])
            silent = health.time - self._scored.get(key, health.time) > _SILENCE
            if rule is None or silent or rule.snoozed(health.time):
                yield from self._end(key)

    def _judge(
        self, rule: AlarmRule, camera: str, row: tuple[float, float, float]
    ) -> Iterator[LiveAlarm]:
        key = (rule.id, camera)
        evaluator = self._evaluators.get(key)
        if not rule.armed:
            return
        if evaluator is None or evaluator.rule != rule:
            if evaluator is not None:
                yield from self._end(key)
            evaluator = self._evaluators[key] = AlarmEvaluator(rule, place=ComputerZone())
        self._scored[key] = row[1]
        for raised in evaluator.take(*row):
            yield self._tell(rule, camera, raised)

    def _end(self, key: _Key) -> Iterator[LiveAlarm]:
        evaluator = self._evaluators[key]
        for raised in evaluator.finish():
            yield self._tell(evaluator.rule, key[1], raised)

    def _tell(self, rule: AlarmRule, camera: str, raised: Raised) -> LiveAlarm:
        key = (rule.id, camera)
        alarm_id = self._ids.setdefault(key, secrets.token_hex(8))
        if raised.end is not None:
            del self._ids[key]
        alarm = Alarm(
            id=alarm_id,
            rule_id=rule.id,
            rule=rule.name,
            camera=camera,
            track=rule.track,
            zone=rule.zone if rule.track is not AlarmTrack.LOST else "",
            start=raised.start,
            end=raised.end,
            peak=raised.peak,
            peak_time=raised.peak_time,
            threshold=rule.threshold,
        )
        self._store(alarm, rule)
        return live_alarm(alarm)

    def _store(self, alarm: Alarm, rule: AlarmRule | None) -> None:
        moment = Moment.BEGAN if alarm.end is None else Moment.ENDED
        now = self._now()
        body = message_of(alarm, moment, place=_here(alarm.start))
        with self._lock:
            wanted = [d for d in self._deliveries if _is_told(d, rule, moment)]
        try:
            self._case.alarms.record(alarm, [(d.id, body) for d in wanted], moment=moment, now=now)
        except CaseError as error:
            _log.info("an alarm was raised, but could not be stored: %s", error)

    def _end_left_over(self) -> None:
        """Alarms that a killed program has left on are over, and those told of them are told so."""
        rules = {rule.id: rule for rule in self._case.alarms.rules()}
        self._deliveries = self._case.alarms.deliveries()
        for alarm in self._case.alarms.unfinished():
            ended = replace(alarm, end=max(alarm.start, alarm.peak_time))
            self._store(ended, rules.get(alarm.rule_id))


def live_alarm(alarm: Alarm) -> LiveAlarm:
    """The alarm as those who watch are told of it; there is nothing to record of a lost camera."""
    return LiveAlarm(
        id=alarm.id,
        camera=alarm.camera,
        rule=alarm.rule,
        start=alarm.start,
        end=alarm.end,
        peak=alarm.peak,
        peak_time=alarm.peak_time,
        kind=alarm.track.kind,
        zone=alarm.zone,
        sentence=alarm_sentence(alarm),
        recorded=alarm.track is not AlarmTrack.LOST,
    )


def _is_told(delivery: Delivery, rule: AlarmRule | None, moment: Moment) -> bool:
    """Whether a delivery is told: the end of an alarm is told of those only that go elsewhere."""
    if not delivery.enabled or (delivery.kind.is_local and moment is Moment.ENDED):
        return False
    return rule is None or rule.deliveries is None or delivery.id in rule.deliveries


def _here(moment: float) -> tzinfo:
    """The offset of this computer's clock at a moment, to write times with."""
    zone = datetime.fromtimestamp(moment).astimezone().tzinfo
    assert zone is not None
    return zone
