"""The tables of alarms. Private to the store, as schema.py is."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from crimeview.store.schema import Base


class AlarmRuleRow(Base):
    """A rule, see `core.alarm_rule`; `cameras` and `deliveries` are JSON arrays, null for all.

    Rules are listed in the order of `place`.
    """

    __tablename__ = "alarm_rules"

    id: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[int]
    name: Mapped[str] = mapped_column(unique=True)
    track: Mapped[str]
    threshold: Mapped[float]
    hysteresis: Mapped[float]
    min_duration: Mapped[float]
    merge_gap: Mapped[float]
    cooldown: Mapped[float]
    cameras: Mapped[str]
    zone: Mapped[str]
    schedule: Mapped[str]
    time_zone: Mapped[str]
    armed: Mapped[bool]
    snoozed_until: Mapped[float | None]
    deliveries: Mapped[str | None]


class AlarmRow(Base):
    """An alarm that was raised, kept when its rule is changed or removed."""

    __tablename__ = "alarms"

    id: Mapped[str] = mapped_column(primary_key=True)
    rule_id: Mapped[str]
    rule: Mapped[str]
    camera: Mapped[str]
    track: Mapped[str]
    zone: Mapped[str]
    start: Mapped[float] = mapped_column(index=True)
    end: Mapped[float | None]
    peak: Mapped[float]
    peak_time: Mapped[float]
    threshold: Mapped[float]
    acknowledged: Mapped[float | None]
    acknowledged_by: Mapped[str]


class AlarmDeliveryRow(Base):
    """A way that alarms are told; `settings` is JSON, without any secret."""

    __tablename__ = "alarm_deliveries"

    id: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[int]
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    settings: Mapped[str]
    enabled: Mapped[bool]


class AlarmOutboxRow(Base):
    """A message that is to be delivered, or was."""

    __tablename__ = "alarm_outbox"

    id: Mapped[int] = mapped_column(primary_key=True)
    delivery_id: Mapped[str] = mapped_column(
        ForeignKey("alarm_deliveries.id", ondelete="CASCADE"), index=True
    )
    alarm_id: Mapped[str | None]
    moment: Mapped[str]
    body: Mapped[str]
    created: Mapped[float]
    state: Mapped[str] = mapped_column(index=True)
    attempts: Mapped[int]
    next_try: Mapped[float]
    error: Mapped[str]
    done: Mapped[float | None]
    tried: Mapped[float | None]  # when the last try failed
    claimed: Mapped[float]  # until when somebody is sending it


class AlarmSensorRow(Base):
    """A sensor that a broker was told of: its description (JSON), and the topic that it is on."""

    __tablename__ = "alarm_sensors"

    delivery_id: Mapped[str] = mapped_column(
        ForeignKey("alarm_deliveries.id", ondelete="CASCADE"), primary_key=True
    )
    topic: Mapped[str] = mapped_column(primary_key=True)
    config: Mapped[str]
