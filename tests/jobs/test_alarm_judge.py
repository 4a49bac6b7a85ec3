from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crimeview.core.alarm_rule import AlarmRule, AlarmTrack
from crimeview.core.delivery import Delivery, SystemSettings, WebhookSettings
from crimeview.core.errors import CaseError
from crimeview.core.outbox import Moment
from crimeview.core.track import TrackKind
from crimeview.core.watching import CameraHealth, CameraState, LiveAlarm, LiveScore
from crimeview.jobs.alarm_judge import AlarmJudge
from crimeview.store.case import Case, open_case

BEGAN = 1_764_350_000.0
RULE = AlarmRule(
    id="r",
    name="night",
    track=AlarmTrack.EVENTS,
    threshold=0.6,
    merge_gap=0.0,
    cooldown=0.0,
    armed=True,
)
HOOK = Delivery(id="hook", name="hook", settings=WebhookSettings(url="https://a.org/x"))
DESKTOP = Delivery(id="desk", name="desk", settings=SystemSettings())


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with open_case(tmp_path / "case") as case:
        case.alarms.put_delivery(HOOK)
        case.alarms.put_delivery(DESKTOP)
        yield case


def score(at: float, value: float, *, camera: str = "gate", zone: str = "") -> LiveScore:
    return LiveScore(
        camera=camera,
        kind=TrackKind.CLIP_SCORES,
        start=BEGAN + at,
        end=BEGAN + at + 1,
        score=value,
        threshold=0.6,
        known=60.0,
        told=BEGAN + at + 1.2,
        zone=zone,
    )


def health(
    at: float, state: CameraState = CameraState.LIVE, *, camera: str = "gate"
) -> CameraHealth:
    return CameraHealth(camera=camera, time=BEGAN + at, state=state, since=BEGAN)


def took(judge: AlarmJudge, *events: LiveScore | CameraHealth) -> list[LiveAlarm]:
    return [alarm for event in events for alarm in judge.take(event)]


def test_an_alarm_is_told_stored_and_queued_when_it_begins_and_ends(case: Case) -> None:
    case.alarms.put_rule(RULE)
    judge = AlarmJudge(case)
    (began,) = took(judge, score(0, 0.1), score(1, 0.7))
    assert (began.camera, began.rule, began.end, began.recorded) == ("gate", "night", None, True)
    assert began.kind is TrackKind.CLIP_SCORES
    assert began.start == BEGAN + 1
    assert case.alarms.alarms()[0].end is None
    queued = {(e.delivery_id, e.moment) for e in case.alarms.outbox()}
    assert queued == {("hook", Moment.BEGAN), ("desk", Moment.BEGAN)}
    (ended,) = took(judge, score(2, 0.9), score(3, 0.1), score(4, 0.1))
    assert (ended.id, ended.end, ended.peak) == (began.id, BEGAN + 3, 0.9)
    (stored,) = case.alarms.alarms()
    assert (stored.id, stored.end) == (began.id, BEGAN + 3)
    queued = {(e.delivery_id, e.moment) for e in case.alarms.outbox()}
    assert ("hook", Moment.ENDED) in queued
    assert ("desk", Moment.ENDED) not in queued, "a notification is shown once"


def test_each_camera_has_alarms_of_its_own(case: Case) -> None:
    case.alarms.put_rule(RULE)
    judge = AlarmJudge(case)
    alarms = took(judge, score(0, 0.7), score(0, 0.7, camera="yard"), score(1, 0.7))
    assert [alarm.camera for alarm in alarms] == ["gate", "yard"]
    assert len({alarm.id for alarm in alarms}) == 2


def test_a_rule_that_is_not_armed_or_of_another_zone_raises_nothing(case: Case) -> None:
    case.alarms.put_rule(replace(RULE, armed=False))
    case.alarms.put_rule(replace(RULE, id="z", name="door", zone="door"))
    judge = AlarmJudge(case)
    assert took(judge, score(0, 0.9)) == []
    assert [a.rule for a in took(judge, score(1, 0.9, zone="door"))] == ["door"]


def test_only_those_that_a_rule_names_are_told(case: Case) -> None:
    case.alarms.put_rule(replace(RULE, deliveries=("desk",)))
    took(AlarmJudge(case), score(0, 0.9))
    assert [e.delivery_id for e in case.alarms.outbox()] == ["desk"]


def test_what_is_switched_off_is_not_told(case: Case) -> None:
    case.alarms.put_rule(RULE)
    case.alarms.put_delivery(replace(HOOK, enabled=False))
    took(AlarmJudge(case), score(0, 0.9))
    assert [e.delivery_id for e in case.alarms.outbox()] == ["desk"]


def test_a_lost_camera_raises_an_alarm_of_its_own_kind(case: Case) -> None:
    case.alarms.put_rule(replace(RULE, track=AlarmTrack.LOST, threshold=0.5, min_duration=8.0))
    judge = AlarmJudge(case)
    assert took(judge, health(0), *(health(2 * n, CameraState.LOST) for n in range(1, 4))) == []
    (began,) = took(judge, health(8, CameraState.LOST))
    assert (began.start, began.recorded, began.kind) == (BEGAN, False, None)
    assert "no picture" in began.sentence
    (ended,) = took(judge, health(10), health(12))
    assert ended.end == BEGAN + 8


def test_an_alarm_ends_when_no_scores_come_any_more(case: Case) -> None:
    case.alarms.put_rule(RULE)
    judge = AlarmJudge(case)
    took(judge, health(0), score(0, 0.9))
    assert took(judge, health(20)) == []
    assert [alarm.end for alarm in took(judge, health(40))] == [BEGAN + 1]
    took(judge, score(50, 0.9))
    assert [alarm.end for alarm in judge.finish()] == [BEGAN + 51]


def test_a_rule_that_others_change_or_snooze_is_taken_up(case: Case) -> None:
    case.alarms.put_rule(RULE)
    judge = AlarmJudge(case)
    took(judge, health(0), score(0, 0.9))
    with open_case(case.folder) as other:
        other.alarms.put_rule(replace(RULE, snoozed_until=BEGAN + 1000))
    (ended,) = took(judge, health(3))
    assert ended.end is not None
    assert took(judge, score(5, 0.9)) == []
    case.alarms.put_rule(replace(RULE, threshold=0.95))
    judge.read_rules()
    assert took(judge, score(8, 0.9)) == []
    case.alarms.remove_rule(RULE.id)
    judge.read_rules()
    assert took(judge, score(12, 1.0)) == []


def test_alarms_that_a_killed_program_left_on_are_ended_and_told(case: Case) -> None:
    case.alarms.put_rule(RULE)
    (began,) = took(AlarmJudge(case), score(0, 0.9))
    AlarmJudge(case)
    (stored,) = case.alarms.alarms()
    assert (stored.id, stored.end) == (began.id, BEGAN + 0.5)
    assert (Moment.ENDED, "hook") in {(e.moment, e.delivery_id) for e in case.alarms.outbox()}


def test_an_alarm_is_raised_even_where_the_case_cannot_be_written(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    case.alarms.put_rule(RULE)
    judge = AlarmJudge(case)

    def full(*_arguments: object, **_options: object) -> None:
        raise CaseError("The disk is full.")

    monkeypatch.setattr(case.alarms, "record", full)
    assert len(took(judge, score(0, 0.9))) == 1
