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


def publications(body: str, *, prefix: str, discovery: str, version: str) -> list[Publication]:
    """What a message is to an MQTT broker, in the order that it is published.

    With a `discovery` prefix Home Assistant is told first of a binary sensor for the rule and the
    camera. A test touches no sensor. `version` is the program's.
    """
    values = json.loads(body)
    if values["event"] == Moment.TEST.value:
        return [Publication(topic=f"{prefix}/test", payload=body, retained=False)]
    camera, rule = topic_level(values["camera"]), topic_level(values["rule_id"])
    base = f"{prefix}/{camera}/{rule}"
    on = values["event"] == Moment.BEGAN.value
    told = [
        Publication(topic=f"{base}/alarm", payload=body),
        Publication(topic=f"{base}/state", payload="ON" if on else "OFF"),
    ]
    if discovery:
        sensor = f"crimeview_{rule}_{camera}"
        config = json.dumps(_sensor(values, sensor, base=base, version=version), ensure_ascii=False)
        topic = f"{discovery}/binary_sensor/{sensor}/config"
        told.insert(0, Publication(topic=topic, payload=config))
    return told


def topic_level(name: str) -> str:
    """A name as a level of a topic; where letters are lost a hash tells names apart."""
    plain = re.sub(r"[^A-Za-z0-9_-]+", "_", name).strip("_").lower()
    if plain == name:
        return plain
    mark = hashlib.sha256(name.encode()).hexdigest()[:6]
    return f"{plain}_{mark}" if plain else mark


def _sensor(values: dict[str, Any], sensor: str, *, base: str, version: str) -> dict[str, Any]:
    """Home Assistant's description of a binary sensor, as its MQTT discovery reads it."""
    lost = values["track"] == AlarmTrack.LOST.value
    return {
        "name": values["rule"],
        "unique_id": sensor,
        "state_topic": f"{base}/state",
        "json_attributes_topic": f"{base}/alarm",
        "device_class": "problem" if lost else "safety",
        "device": {
            "identifiers": [f"crimeview_{topic_level(values['camera'])}"],
            "name": values["camera"],
            "manufacturer": "crimeview",
            "model": "watched camera",
        },
        "origin": {"name": "crimeview", "sw_version": version},
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
