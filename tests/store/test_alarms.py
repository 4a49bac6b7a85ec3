from dataclasses import replace
from pathlib import Path

import pytest

from crimeview.core.alarm import Alarm
from crimeview.core.alarm_rule import AlarmRule, AlarmTrack, new_rule_id
from crimeview.core.delivery import (
    Delivery,
    DeliverySettings,
    EmailSettings,
    MqttSettings,
    Security,
    SoundSettings,
    SystemSettings,
    WebhookSettings,
    new_delivery_id,
)
from crimeview.core.errors import UsageError
from crimeview.core.outbox import MOST_KEPT, MOST_WAITING, Moment, OutboxState
from crimeview.core.schedule import parse_schedule
from crimeview.store.case import Case, open_case
from tests.store.earlier import as_of

RULE = AlarmRule(
    id=new_rule_id(),
    name="gate at night",
    track=AlarmTrack.NOVELTY,
    threshold=0.6,
    hysteresis=0.7,
    min_duration=1.5,
    merge_gap=3.0,
    cooldown=120.0,
    cameras=("gate", "yard"),
    zone="door",
    schedule=parse_schedule("Mon-Fri 22:00-06:00"),
    time_zone="Asia/Seoul",
    armed=True,
    snoozed_until=12.5,
    deliveries=("a",),
)
ALARM = Alarm(
    id="x",
    rule_id=RULE.id,
    rule=RULE.name,
    camera="gate",
    track=AlarmTrack.NOVELTY,
    zone="door",
    start=100.0,
    end=None,
    peak=0.7,
    peak_time=101.0,
    threshold=0.6,
)
HOOK = Delivery(
    id=new_delivery_id(), name="hook", settings=WebhookSettings(url="https://example.org/x")
)


def test_rules_are_kept_as_they_are_in_the_order_they_came(case: Case) -> None:
    other = replace(RULE, id=new_rule_id(), name="a", deliveries=None, cameras=())
    case.alarms.put_rule(RULE)
    case.alarms.put_rule(other)
    assert case.alarms.rules() == [RULE, other]
    changed = replace(RULE, armed=False, snoozed_until=None)
    case.alarms.put_rule(changed)
    assert case.alarms.rules() == [changed, other]
    case.alarms.remove_rule(RULE.id)
    assert case.alarms.rules() == [other]


def test_two_rules_cannot_have_one_name(case: Case) -> None:
    case.alarms.put_rule(RULE)
    with pytest.raises(UsageError, match="gate at night"):
        case.alarms.put_rule(replace(RULE, id=new_rule_id()))


@pytest.mark.parametrize(
    "settings",
    [
        SystemSettings(),
        SoundSettings(volume=0.5, times=2),
        WebhookSettings(url="https://example.org/hook"),
        MqttSettings(host="broker", port=1883, security=Security.NONE, user="me", discovery=""),
        EmailSettings(host="mail", sender="a@b.org", recipients=("c@d.org", "e@f.org")),
    ],
)
def test_deliveries_are_kept_as_they_are(case: Case, settings: DeliverySettings) -> None:
    made = Delivery(id=new_delivery_id(), name="one", settings=settings, enabled=False)
    case.alarms.put_delivery(made)
    assert case.alarms.deliveries() == [made]
    case.alarms.remove_delivery(made.id)
    assert case.alarms.deliveries() == []


def test_an_alarm_goes_on_ends_and_is_seen(case: Case) -> None:
    case.alarms.record(ALARM, [], moment=Moment.BEGAN, now=102.0)
    assert case.alarms.unfinished() == [ALARM]
    case.alarms.acknowledge([ALARM.id], by="kim", now=110.0)
    case.alarms.acknowledge([ALARM.id], by="lee", now=111.0)
    case.alarms.record(replace(ALARM, end=104.0), [], moment=Moment.ENDED, now=112.0)
    (stored,) = case.alarms.alarms()
    assert stored == replace(ALARM, end=104.0, acknowledged=110.0, acknowledged_by="kim")
    assert case.alarms.alarm("x") == stored
    assert case.alarms.alarms(unseen=True) == case.alarms.unfinished() == []
    with pytest.raises(KeyError):
        case.alarms.alarm("y")


def test_the_newest_alarms_come_first(case: Case) -> None:
    for number in range(5):
        alarm = replace(ALARM, id=str(number), start=float(number))
        case.alarms.record(alarm, [], moment=Moment.BEGAN, now=0.0)
    assert [alarm.id for alarm in case.alarms.alarms(most=2)] == ["4", "3"]


def test_of_each_delivery_the_oldest_message_is_due_first(case: Case) -> None:
    other = replace(HOOK, id=new_delivery_id(), name="other")
    case.alarms.put_delivery(HOOK)
    case.alarms.put_delivery(other)
    messages = [(HOOK.id, "{}"), (other.id, "{}")]
    case.alarms.record(ALARM, messages, moment=Moment.BEGAN, now=10.0)
    case.alarms.record(replace(ALARM, end=104.0), messages, moment=Moment.ENDED, now=11.0)
    assert case.alarms.due(9.0) == []
    due = case.alarms.due(12.0)
    assert {(e.delivery_id, e.moment) for e in due} == {
        (HOOK.id, Moment.BEGAN),
        (other.id, Moment.BEGAN),
    }
    first = next(e for e in due if e.delivery_id == HOOK.id)
    later = replace(first, attempts=1, next_try=50.0, error="No answer.")
    case.alarms.settle(later)
    assert [e.delivery_id for e in case.alarms.due(12.0)] == [other.id], "the second waits for it"
    case.alarms.settle(replace(later, state=OutboxState.SENT, done=51.0))
    assert Moment.ENDED in {e.moment for e in case.alarms.due(12.0)}


def test_two_processes_do_not_send_one_message_twice(case: Case) -> None:
    case.alarms.put_delivery(HOOK)
    entry = case.alarms.post(HOOK.id, moment=Moment.TEST, body="{}", now=1.0)
    with open_case(case.folder) as second:
        assert case.alarms.claim(entry, until=30.0)
        assert not second.alarms.claim(entry, until=30.0)
        assert second.alarms.due(2.0) == []
        assert len(second.alarms.due(31.0)) == 1, "whoever claimed it has died"


def test_what_is_switched_off_is_not_due_but_can_be_tested(case: Case) -> None:
    case.alarms.put_delivery(replace(HOOK, enabled=False))
    case.alarms.record(ALARM, [(HOOK.id, "{}")], moment=Moment.BEGAN, now=1.0)
    assert case.alarms.due(2.0) == []
    case.alarms.clear_outbox()
    case.alarms.post(HOOK.id, moment=Moment.TEST, body="{}", now=1.0)
    assert len(case.alarms.due(2.0)) == 1


def test_the_outbox_is_bounded(case: Case) -> None:
    case.alarms.put_delivery(HOOK)
    many = [(HOOK.id, "{}")] * 700
    for number in range(2):
        case.alarms.record(ALARM, many, moment=Moment.BEGAN, now=float(number))
    box = case.alarms.outbox()
    waiting = [e for e in box if e.state is OutboxState.WAITING]
    given_up = [e for e in box if e.state is OutboxState.GIVEN_UP]
    assert len(waiting) == MOST_WAITING
    assert len(given_up) == MOST_KEPT
    assert max(e.id for e in given_up) < min(e.id for e in waiting)
    assert all("gave way" in e.error for e in given_up)
    assert case.alarms.retry(now=5.0) == MOST_WAITING + MOST_KEPT
    assert case.alarms.clear_outbox() == MOST_WAITING + MOST_KEPT
    assert case.alarms.outbox() == []


def test_messages_go_with_their_delivery(case: Case) -> None:
    case.alarms.put_delivery(HOOK)
    case.alarms.record(ALARM, [(HOOK.id, "{}")], moment=Moment.BEGAN, now=1.0)
    case.alarms.remove_delivery(HOOK.id)
    assert case.alarms.outbox() == []


def test_a_case_from_before_alarms_opens(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    with open_case(folder) as case:
        number = case.add_recording(tmp_path / "a.mp4")
    as_of(folder, "0060")
    with open_case(folder) as case:
        assert [row.id for row in case.recordings()] == [number]
        assert case.alarms.rules() == []
        case.alarms.put_rule(RULE)
        assert case.alarms.rules() == [RULE]
