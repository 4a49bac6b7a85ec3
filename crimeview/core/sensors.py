"""What Home Assistant knows of a case's rules: a binary sensor for each rule and camera."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from crimeview.core.alarm_message import Publication, sensor_config, sensor_topics
from crimeview.core.alarm_rule import AlarmRule
from crimeview.core.delivery import Delivery, MqttSettings
from crimeview.core.watching import Camera

Sensors = Mapping[str, str]  # their descriptions (JSON) by the topics that these are published on


@dataclass(frozen=True, slots=True, kw_only=True)
class SensorChanges:
    """What is to be told: descriptions that are new or others now, and sensors that are gone."""

    new: Sensors
    changed: Sensors
    gone: Sensors

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone)


def wanted_sensors(
    delivery: Delivery,
    rules: Sequence[AlarmRule],
    cameras: Sequence[Camera],
    *,
    version: str,
    status: str,
) -> Sensors:
    """The sensors of all rules that a delivery is told of, armed or not.

    Empty where it tells no Home Assistant. `status` is the topic of whether somebody watches.
    """
    settings = delivery.settings
    if not isinstance(settings, MqttSettings) or not settings.discovery:
        return {}
    found = {}
    for rule in rules:
        if rule.deliveries is not None and delivery.id not in rule.deliveries:
            continue
        for camera in cameras:
            if rule.cameras and camera.name not in rule.cameras:
                continue
            topics = sensor_topics(
                camera.name, rule.id, prefix=settings.prefix, discovery=settings.discovery
            )
            config = sensor_config(
                topics,
                camera=camera.name,
                rule=rule.name,
                track=rule.track,
                version=version,
                status=status,
            )
            found[topics.config] = json.dumps(config, ensure_ascii=False)
    return found


def sensor_changes(wanted: Sensors, told: Sensors, *, armed: Collection[str]) -> SensorChanges:
    """What is to be told of the sensors; those of rules that were never armed wait until they are.

    `armed` are the topics of those that are.
    """
    return SensorChanges(
        new={topic: wanted[topic] for topic in wanted if topic not in told and topic in armed},
        changed={t: wanted[t] for t in wanted if t in told and told[t] != wanted[t]},
        gone={topic: told[topic] for topic in told if topic not in wanted},
    )


def sensor_publications(changes: SensorChanges) -> list[Publication]:
    """What is published for the changes: a new sensor is off, one that is gone leaves nothing."""
    told = [Publication(topic=topic, payload=text) for topic, text in changes.changed.items()]
    for topic, text in changes.new.items():
        told.append(Publication(topic=topic, payload=text))
        told.append(Publication(topic=json.loads(text)["state_topic"], payload="OFF"))
    for topic, text in changes.gone.items():
        config = json.loads(text)
        topics = (topic, config["state_topic"], config["json_attributes_topic"])
        # An empty message that is kept deletes what was kept.
        told += [Publication(topic=each, payload="") for each in topics]
    return told
