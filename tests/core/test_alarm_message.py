import json
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from crimeview.core.alarm import Alarm
from crimeview.core.alarm_message import (
    letter,
    message_of,
    new_secret,
    publications,
    secret_bytes,
    test_message,
    topic_level,
    webhook_headers,
)
from crimeview.core.alarm_rule import AlarmTrack
from crimeview.core.delivery import (
    Delivery,
    DeliveryKind,
    EmailSettings,
    MqttSettings,
    Security,
    WebhookSettings,
    new_delivery_id,
)
from crimeview.core.errors import UsageError
from crimeview.core.outbox import Moment, OutboxEntry, next_try

made_test = test_message
test_message.__test__ = False  # type: ignore[attr-defined]
SEOUL = ZoneInfo("Asia/Seoul")
ALARM = Alarm(
    id="x", rule_id="5f", rule="night", camera="정문", track=AlarmTrack.EVENTS, zone="door",
    start=1_764_350_104.25, end=None, peak=0.81234, peak_time=1_764_350_105.0, threshold=0.6,
)  # fmt: skip
BEGAN = message_of(ALARM, Moment.BEGAN, place=SEOUL)
ENDED = message_of(replace(ALARM, end=1_764_350_110.0), Moment.ENDED, place=SEOUL)


def told(body: str, *, discovery: str = "homeassistant") -> dict[str, str]:
    made = publications(body, prefix="crimeview", discovery=discovery, version="1.0")
    return {publication.topic: publication.payload for publication in made}


def test_a_message_says_all_there_is() -> None:
    assert json.loads(BEGAN) == {
        "version": 1,
        "event": "began",
        "id": "x",
        "rule": "night",
        "rule_id": "5f",
        "camera": "정문",
        "zone": "door",
        "track": "events",
        "start": "2025-11-29T02:15:04.250+09:00",
        "end": None,
        "peak": 0.8123,
        "peak_time": "2025-11-29T02:15:05.000+09:00",
        "threshold": 0.6,
        "sentence": "정문 (door): an unusual event, score 0.81 of 0.60 (rule “night”).",
    }
    assert json.loads(ENDED)["end"] == "2025-11-29T02:15:10.000+09:00"
    assert ", 6 s (rule" in json.loads(ENDED)["sentence"]


def test_home_assistant_gets_a_sensor_and_its_states() -> None:
    began = told(BEGAN)
    config = next(topic for topic in began if topic.startswith("homeassistant/"))
    sensor = json.loads(began[config])
    assert config == f"homeassistant/binary_sensor/{sensor['unique_id']}/config"
    assert sensor["device_class"] == "safety"
    assert sensor["device"]["name"] == "정문"
    assert began[sensor["state_topic"]] == "ON"
    assert told(ENDED)[sensor["state_topic"]] == "OFF"
    assert json.loads(began[sensor["json_attributes_topic"]])["id"] == "x"
    assert next(iter(began)) == config, "the sensor is known before its state comes"
    assert not any(topic.startswith("homeassistant") for topic in told(BEGAN, discovery=""))


def test_topics_are_plain_and_tell_names_apart() -> None:
    assert topic_level("gate_1") == "gate_1"
    levels = {topic_level(name) for name in ("정문", "후문", "Gate 1", "gate/1", "gate+1")}
    assert len(levels) == 5
    assert not any(sign in level for level in levels for sign in "/+# ")


def test_a_test_says_so_and_touches_no_sensor() -> None:
    body = made_test(now=0.0, place=SEOUL)
    assert json.loads(body)["event"] == "test"
    assert list(told(body)) == ["crimeview/test"]
    subject, text = letter(body)
    assert subject.startswith("Test: ")
    assert "nothing has happened" in text


def test_a_letter_has_one_line_as_its_subject() -> None:
    broken = message_of(replace(ALARM, camera="a\r\nBcc: b@c.org"), Moment.BEGAN, place=SEOUL)
    subject, _ = letter(broken)
    assert "\n" not in subject
    assert "\r" not in subject


def test_signatures_follow_standard_webhooks() -> None:
    # The example of https://github.com/standard-webhooks/standard-webhooks
    headers = webhook_headers(
        b'{"test": 2432232314}',
        message_id="msg_p5jXN8AQM9LWM0D4loKWxJek",
        secret="whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        now=1614265330.0,
    )
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize("secret", ["", "open sesame", "whsec_", "whsec_c2hvcnQ="])
def test_a_secret_that_is_none_is_refused(secret: str) -> None:
    with pytest.raises(UsageError):
        secret_bytes(secret)
    assert len(secret_bytes(new_secret())) == 32


def test_what_failed_is_tried_again_ever_more_seldom_for_a_day() -> None:
    entry = OutboxEntry(
        id=1, delivery_id="d", alarm_id=None, moment=Moment.TEST, body="{}", created=0.0
    )
    now, waits = 0.0, []
    while True:
        again = next_try(entry, now=now, refused=False)
        if again is None:
            break
        waits.append(again - now)
        entry, now = replace(entry, attempts=entry.attempts + 1), again
    assert waits[:6] == [5, 15, 60, 300, 900, 3600]
    assert waits == sorted(waits)
    assert 24 * 3600 < now < 26 * 3600
    refused = [
        next_try(replace(entry, attempts=n), now=1.0, refused=True) is not None for n in range(6)
    ]
    assert refused == [True] * 4 + [False] * 2


@pytest.mark.parametrize(
    "make",
    [
        lambda: WebhookSettings(url="example.org"),
        lambda: WebhookSettings(url="ftp://example.org/x"),
        lambda: WebhookSettings(url="https://me:pw@example.org/x"),
        lambda: MqttSettings(host=""),
        lambda: MqttSettings(host="a", port=70_000),
        lambda: MqttSettings(host="a", prefix="x/#"),
        lambda: MqttSettings(host="a", security=Security.STARTTLS),
        lambda: EmailSettings(host="a", sender="a", recipients=("b@c.org",)),
        lambda: EmailSettings(host="a", sender="a@b.org", recipients=()),
        lambda: Delivery(id="a", name=" ", settings=WebhookSettings(url="https://a.org")),
    ],
)
def test_settings_that_make_no_sense_are_refused_in_a_sentence(make: object) -> None:
    with pytest.raises(UsageError) as raised:
        make()  # type: ignore[operator]
    assert str(raised.value).endswith(".")


def test_a_delivery_says_where_it_goes() -> None:
    hook = Delivery(id=new_delivery_id(), name="a", settings=WebhookSettings(url="https://a.org/x"))
    assert (hook.kind, hook.target) == (DeliveryKind.WEBHOOK, "https://a.org/•••")
    assert not hook.kind.is_local
    assert DeliveryKind.SOUND.is_local
