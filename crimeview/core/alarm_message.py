"""What is told of an alarm, and in which form: plain values and text, sent by nobody here.

docs/alarms.md is the reference for those who receive it.
"""

import base64
import binascii
import hashlib
import hmac
import json
import re
import secrets
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from crimeview.core.alarm import Alarm, alarm_sentence, iso_time
from crimeview.core.alarm_rule import AlarmTrack
from crimeview.core.errors import UsageError
from crimeview.core.outbox import Moment

VERSION = 1  # of the form of messages
_SECRET = "whsec_"  # as Standard Webhooks writes them  # noqa: S105 (no secret itself)
_TEST_ID = "test"


def message_of(alarm: Alarm, moment: Moment, *, place: tzinfo) -> str:
    """The message as JSON; `place` is the zone that its times are written in."""
    values = {
        "version": VERSION,
        "event": moment.value,
        "id": alarm.id,
        "rule": alarm.rule,
        "rule_id": alarm.rule_id,
        "camera": alarm.camera,
        "zone": alarm.zone,
        "track": alarm.track.value,
        "start": iso_time(alarm.start, place),
        "end": iso_time(alarm.end, place) if alarm.end is not None else None,
        "peak": round(alarm.peak, 4),
        "peak_time": iso_time(alarm.peak_time, place),
        "threshold": alarm.threshold,
        "sentence": alarm_sentence(alarm),
    }
    return json.dumps(values, ensure_ascii=False)


def test_message(*, now: float, place: tzinfo) -> str:
    """A message that says that it is a test."""
    alarm = Alarm(
        id=_TEST_ID,
        rule_id=_TEST_ID,
        rule=_TEST_ID,
        camera=_TEST_ID,
        track=AlarmTrack.EVENTS,
        zone="",
        start=now,
        end=now,
        peak=1.0,
        peak_time=now,
        threshold=1.0,
    )
    values = json.loads(message_of(alarm, Moment.TEST, place=place))
    values["sentence"] = "This is a test of crimeview's alarms; nothing has happened."
    return json.dumps(values, ensure_ascii=False)


# Webhooks: https://www.standardwebhooks.com


def new_secret() -> str:
    """A secret to sign webhooks with: `whsec_` and 32 random bytes in base64."""
    return _SECRET + base64.b64encode(secrets.token_bytes(32)).decode()


def secret_bytes(secret: str) -> bytes:
    """The key that a secret stands for; raises UsageError where it is none."""
    try:
        key = base64.b64decode(secret.removeprefix(_SECRET), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) < 16:
        raise UsageError(
            "A secret for webhooks is “whsec_” and at least 16 bytes in base64; leave it out, and "
            "one is made."
        )
    return key


def webhook_headers(body: bytes, *, message_id: str, secret: str, now: float) -> dict[str, str]:
    """The headers that prove who sent a body, and when (HMAC-SHA256)."""
    stamp = str(int(now))
    signed = b".".join([message_id.encode(), stamp.encode(), body])
    digest = hmac.digest(secret_bytes(secret), signed, hashlib.sha256)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }


# MQTT


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What is published: a topic, its payload, and whether the broker keeps it."""

    topic: str
    payload: str
    retained: bool = True


ONLINE, OFFLINE = "online", "offline"  # payloads of a status topic; Home Assistant's own words


def status_topic(prefix: str, delivery_id: str) -> str:
    """Where it is told whether somebody watches: of each delivery by itself.

    Two computers that tell the same broker do not speak for each other.
    """
    return f"{prefix}/status/{topic_level(delivery_id)}"


def publications(
    body: str, *, prefix: str, discovery: str, version: str, status: str | None = None
) -> list[Publication]:
    """What a message is to an MQTT broker, in the order that it is published.

    With a `discovery` prefix Home Assistant is told first of a binary sensor for the rule and the
    camera, and that it knows nothing while a topic `status` says so. A test touches no sensor.
    `version` is the program's.
    """
    values = json.loads(body)
    if values["event"] == Moment.TEST.value:
        return [Publication(topic=f"{prefix}/test", payload=body, retained=False)]
    topics = sensor_topics(values["camera"], values["rule_id"], prefix=prefix, discovery=discovery)
    on = values["event"] == Moment.BEGAN.value
    told = [
        Publication(topic=topics.alarm, payload=body),
        Publication(topic=topics.state, payload="ON" if on else "OFF"),
    ]
    if discovery:
        described = sensor_config(
            topics,
            camera=values["camera"],
            rule=values["rule"],
            track=AlarmTrack(values["track"]),
            version=version,
            status=status,
        )
        config = json.dumps(described, ensure_ascii=False)
        told.insert(0, Publication(topic=topics.config, payload=config))
    return told


@dataclass(frozen=True, slots=True, kw_only=True)
class SensorTopics:
    """Where a rule's sensor for a camera is described, and where its state and alarms are told."""

    id: str
    config: str
    state: str
    alarm: str


def sensor_topics(camera: str, rule_id: str, *, prefix: str, discovery: str) -> SensorTopics:
    """The topics of a rule's sensor for a camera."""
    place, rule = topic_level(camera), topic_level(rule_id)
    name = f"crimeview_{rule}_{place}"
    return SensorTopics(
        id=name,
        config=f"{discovery}/binary_sensor/{name}/config",
        state=f"{prefix}/{place}/{rule}/state",
        alarm=f"{prefix}/{place}/{rule}/alarm",
    )


def topic_level(name: str) -> str:
    """A name as a level of a topic; where letters are lost a hash tells names apart."""
    plain = re.sub(r"[^A-Za-z0-9_-]+", "_", name).strip("_").lower()
    if plain == name:
        return plain
    mark = hashlib.sha256(name.encode()).hexdigest()[:6]
    return f"{plain}_{mark}" if plain else mark


def sensor_config(
    topics: SensorTopics,
    *,
    camera: str,
    rule: str,
    track: AlarmTrack,
    version: str,
    status: str | None,
) -> dict[str, Any]:
    """Home Assistant's description of a binary sensor, as its MQTT discovery reads it."""
    return {
        "name": rule,
        "unique_id": topics.id,
        "state_topic": topics.state,
        "json_attributes_topic": topics.alarm,
        "device_class": "problem" if track is AlarmTrack.LOST else "safety",
        "device": {
            "identifiers": [f"crimeview_{topic_level(camera)}"],
            "name": camera,
            "manufacturer": "crimeview",
            "model": "watched camera",
        },
        "origin": {"name": "crimeview", "sw_version": version},
    } | (_availability(status) if status is not None else {})


def _availability(status: str) -> dict[str, str]:
    return {
        "availability_topic": status,
        "payload_available": ONLINE,
        "payload_not_available": OFFLINE,
    }


# Letters


def letter(body: str) -> tuple[str, str]:
    """Subject and text of a message as a letter."""
    values = json.loads(body)
    heads = {Moment.BEGAN: "Alarm", Moment.ENDED: "Alarm over", Moment.TEST: "Test"}
    subject = f"{heads[Moment(values['event'])]}: {values['sentence']}"
    lines = [values["sentence"], ""]
    if values["event"] != Moment.TEST.value:
        lines += [
            f"Camera:    {values['camera']}",
            f"Zone:      {values['zone'] or 'the whole picture'}",
            f"Rule:      {values['rule']}",
            f"Began:     {values['start']}",
            f"Ended:     {values['end'] or 'goes on'}",
            f"Score:     {values['peak']:.2f} (threshold {values['threshold']:.2f})",
            "",
            "A score is a lead, not a finding: look at the picture.",
        ]
    return " ".join(subject.split()), "\n".join(lines) + "\n"
