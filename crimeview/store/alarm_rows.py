"""Rules, alarms and deliveries as rows of the case, and back."""

import json
from dataclasses import asdict
from enum import Enum
from typing import Any

from crimeview.core.alarm import Alarm
from crimeview.core.alarm_rule import LONGEST, AlarmRule, AlarmTrack, ListedRule
from crimeview.core.delivery import SETTINGS_OF, Delivery, DeliveryKind, DeliverySettings, Security
from crimeview.core.outbox import Moment, OutboxEntry, OutboxState
from crimeview.core.schedule import parse_schedule, schedule_text
from crimeview.store.alarm_schema import AlarmDeliveryRow, AlarmOutboxRow, AlarmRow, AlarmRuleRow


def rule_values(rule: AlarmRule) -> dict[str, Any]:
    """The columns of a rule, but for its place."""
    return asdict(rule) | {
        "track": rule.track.value,
        "schedule": schedule_text(rule.schedule),
        "cameras": json.dumps(rule.cameras),
        "deliveries": json.dumps(rule.deliveries) if rule.deliveries is not None else None,
    }


def rule_of_row(row: AlarmRuleRow) -> AlarmRule:
    return AlarmRule(
        id=row.id,
        name=row.name,
        track=AlarmTrack(row.track),
        threshold=row.threshold,
        hysteresis=row.hysteresis,
        # Earlier versions took any number of the command.
        min_duration=min(row.min_duration, LONGEST),
        merge_gap=min(row.merge_gap, LONGEST),
        cooldown=min(row.cooldown, LONGEST),
        cameras=tuple(json.loads(row.cameras)),
        zone=row.zone,
        schedule=parse_schedule(row.schedule),
        time_zone=row.time_zone,
        armed=row.armed,
        snoozed_until=row.snoozed_until,
        deliveries=tuple(json.loads(row.deliveries)) if row.deliveries is not None else None,
    )


def listed_rule(row: AlarmRuleRow) -> ListedRule:
    return ListedRule(place=row.place, rule=rule_of_row(row))


def row_of_listed(listed: ListedRule) -> AlarmRuleRow:
    return AlarmRuleRow(place=listed.place, **rule_values(listed.rule))


def alarm_values(alarm: Alarm) -> dict[str, Any]:
    return asdict(alarm) | {"track": alarm.track.value}


def alarm_of_row(row: AlarmRow) -> Alarm:
    values = {name: getattr(row, name) for name in Alarm.__slots__}
    return Alarm(**values | {"track": AlarmTrack(row.track)})


def delivery_values(delivery: Delivery) -> dict[str, Any]:
    """The columns of a delivery, but for its place."""
    return {
        "id": delivery.id,
        "name": delivery.name,
        "kind": delivery.kind.value,
        "settings": json.dumps(asdict(delivery.settings), default=_plain),
        "enabled": delivery.enabled,
    }


def delivery_of_row(row: AlarmDeliveryRow) -> Delivery:
    return Delivery(
        id=row.id,
        name=row.name,
        settings=settings_of(DeliveryKind(row.kind), json.loads(row.settings)),
        enabled=row.enabled,
    )


def settings_of(kind: DeliveryKind, values: dict[str, Any]) -> DeliverySettings:
    """Settings from plain values; raises UsageError where they make no sense."""
    made = dict(values)
    if "security" in made:
        made["security"] = Security(made["security"])
    if "recipients" in made:
        made["recipients"] = tuple(made["recipients"])
    return SETTINGS_OF[kind](**made)


def entry_of_row(row: AlarmOutboxRow) -> OutboxEntry:
    return OutboxEntry(
        id=row.id,
        delivery_id=row.delivery_id,
        alarm_id=row.alarm_id,
        moment=Moment(row.moment),
        body=row.body,
        created=row.created,
        state=OutboxState(row.state),
        attempts=row.attempts,
        next_try=row.next_try,
        error=row.error,
        done=row.done,
        tried=row.tried,
        claimed=row.claimed,
    )


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    raise TypeError(type(value).__name__)
