"""The alarms of a case: rules, what they have raised, to whom it is told, and what waits."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from crimeview.core.alarm import Alarm
from crimeview.core.alarm_rule import AlarmRule, ListedRule
from crimeview.core.delivery import Delivery
from crimeview.core.errors import UsageError
from crimeview.core.outbox import MOST_KEPT, MOST_WAITING, SOONEST, Moment, OutboxEntry, OutboxState
from crimeview.store.alarm_rows import (
    alarm_of_row,
    alarm_values,
    delivery_of_row,
    delivery_values,
    entry_of_row,
    listed_rule,
    rule_of_row,
    rule_values,
)
from crimeview.store.alarm_schema import (
    AlarmDeliveryRow,
    AlarmOutboxRow,
    AlarmRow,
    AlarmRuleRow,
    AlarmSensorRow,
)
from crimeview.store.database import Database

_Listed = TypeVar("_Listed", AlarmRuleRow, AlarmDeliveryRow)
_CROWDED = "Too many messages waited; this one gave way to newer ones."


class Alarms:
    """Usable from any thread. Raises as `Case` does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Rules

    def rules(self) -> list[AlarmRule]:
        """In the order they were added."""
        with self._database.reading() as session:
            rows = session.scalars(select(AlarmRuleRow).order_by(AlarmRuleRow.place))
            return [rule_of_row(row) for row in rows]

    def listed(self) -> list[ListedRule]:
        """The rules with their places, as edits change them."""
        with self._database.reading() as session:
            rows = session.scalars(select(AlarmRuleRow).order_by(AlarmRuleRow.place))
            return [listed_rule(row) for row in rows]

    def put_rule(self, rule: AlarmRule) -> None:
        """Add a rule, or put it in place of the one with its id.

        Raises UsageError where another one has its name.
        """
        with self._database.writing() as session:
            _check_name(session, AlarmRuleRow, rule.id, rule.name)
            place = _place(session, AlarmRuleRow, rule.id)
            session.merge(AlarmRuleRow(place=place, **rule_values(rule)))

    def remove_rule(self, rule_id: str) -> None:
        """Remove a rule; the alarms that it has raised stay."""
        with self._database.writing() as session:
            session.execute(delete(AlarmRuleRow).filter_by(id=rule_id))

    # Alarms

    def alarms(self, *, most: int | None = None, unseen: bool = False) -> list[Alarm]:
        """The newest first; `unseen` ones only are those that nobody has acknowledged."""
        query = select(AlarmRow).order_by(AlarmRow.start.desc(), AlarmRow.id)
        if unseen:
            query = query.where(AlarmRow.acknowledged.is_(None))
        if most is not None:
            query = query.limit(most)
        with self._database.reading() as session:
            return [alarm_of_row(row) for row in session.scalars(query)]

    def alarm(self, alarm_id: str) -> Alarm:
        """Raises KeyError where there is none of that id."""
        with self._database.reading() as session:
            row = session.get(AlarmRow, alarm_id)
            if row is None:
                raise KeyError(alarm_id)
            return alarm_of_row(row)

    def record(
        self, alarm: Alarm, messages: Iterable[tuple[str, str]], *, moment: Moment, now: float
    ) -> None:
        """Store an alarm as it is now, and what is to be told of it: (id of a delivery, body).

        What people have said of it stays. All or nothing.
        """
        values = alarm_values(alarm)
        with self._database.writing() as session:
            known = session.get(AlarmRow, alarm.id)
            if known is not None:
                values["acknowledged"] = known.acknowledged
                values["acknowledged_by"] = known.acknowledged_by
            session.merge(AlarmRow(**values))
            for delivery_id, body in messages:
                _add_message(session, delivery_id, alarm.id, moment=moment, body=body, now=now)
            _bound(session, now=now)

    def acknowledge(self, alarm_ids: Sequence[str], *, by: str, now: float) -> None:
        """Note that a person has seen these; who came first stays."""
        with self._database.writing() as session:
            session.execute(
                update(AlarmRow)
                .where(AlarmRow.id.in_(alarm_ids), AlarmRow.acknowledged.is_(None))
                .values(acknowledged=now, acknowledged_by=by)
            )

    def unfinished(self) -> list[Alarm]:
        """Alarms whose end nobody has told: they go on, or the program was killed meanwhile."""
        query = select(AlarmRow).where(AlarmRow.end.is_(None)).order_by(AlarmRow.start)
        with self._database.reading() as session:
            return [alarm_of_row(row) for row in session.scalars(query)]

    # Deliveries

    def deliveries(self) -> list[Delivery]:
        """In the order they were added."""
        with self._database.reading() as session:
            rows = session.scalars(select(AlarmDeliveryRow).order_by(AlarmDeliveryRow.place))
            return [delivery_of_row(row) for row in rows]

    def put_delivery(self, delivery: Delivery) -> None:
        """Add a delivery, or put it in place of the one with its id; as `put_rule`."""
        with self._database.writing() as session:
            _check_name(session, AlarmDeliveryRow, delivery.id, delivery.name)
            place = _place(session, AlarmDeliveryRow, delivery.id)
            session.merge(AlarmDeliveryRow(place=place, **delivery_values(delivery)))

    def remove_delivery(self, delivery_id: str) -> None:
        """Remove a delivery with all that waits for it. Its secret is the caller's to delete."""
        with self._database.writing() as session:
            session.execute(delete(AlarmDeliveryRow).filter_by(id=delivery_id))

    def sensors(self, delivery_id: str) -> dict[str, str]:
        """The descriptions of sensors that a broker was told of, by their topics."""
        query = select(AlarmSensorRow).filter_by(delivery_id=delivery_id)
        with self._database.reading() as session:
            return {row.topic: row.config for row in session.scalars(query)}

    def note_sensors(
        self, delivery_id: str, told: Mapping[str, str], *, gone: Iterable[str]
    ) -> None:
        """Note what a broker was told; nothing where the delivery was removed meanwhile."""
        with self._database.writing() as session:
            if session.get(AlarmDeliveryRow, delivery_id) is None:
                return
            for topic, config in told.items():
                row = AlarmSensorRow(delivery_id=delivery_id, topic=topic, config=config)
                session.merge(row)
            for topic in gone:
                key = {"delivery_id": delivery_id, "topic": topic}
                session.execute(delete(AlarmSensorRow).filter_by(**key))

    # The outbox

    def outbox(self) -> list[OutboxEntry]:
        """All that waits, and the last of what was sent or given up; the newest first."""
        with self._database.reading() as session:
            rows = session.scalars(select(AlarmOutboxRow).order_by(AlarmOutboxRow.id.desc()))
            return [entry_of_row(row) for row in rows]

    def post(self, delivery_id: str, *, moment: Moment, body: str, now: float) -> OutboxEntry:
        """Put a message that is about no alarm into the outbox."""
        with self._database.writing() as session:
            row = _add_message(session, delivery_id, None, moment=moment, body=body, now=now)
            session.flush()
            return entry_of_row(row)

    def due(self, now: float) -> list[OutboxEntry]:
        """For each delivery that is enabled the oldest message that waits, if its time has come.

        Those behind it wait for it: what has ended is not told before it has begun.
        """
        oldest = (
            select(func.min(AlarmOutboxRow.id))
            .join(AlarmDeliveryRow, AlarmDeliveryRow.id == AlarmOutboxRow.delivery_id)
            .where(
                AlarmOutboxRow.state == OutboxState.WAITING.value,
                AlarmDeliveryRow.enabled | (AlarmOutboxRow.moment == Moment.TEST.value),
            )
            .group_by(AlarmOutboxRow.delivery_id)
        )
        query = select(AlarmOutboxRow).where(
            AlarmOutboxRow.id.in_(oldest),
            AlarmOutboxRow.next_try <= now,
            AlarmOutboxRow.claimed <= now,
        )
        with self._database.reading() as session:
            return [entry_of_row(row) for row in session.scalars(query)]

    def claim(self, entry: OutboxEntry, *, until: float) -> bool:
        """Keep others from sending a message meanwhile; False where somebody else does so."""
        with self._database.writing() as session:
            claimed: Any = session.execute(
                update(AlarmOutboxRow)
                .where(
                    AlarmOutboxRow.id == entry.id,
                    AlarmOutboxRow.state == OutboxState.WAITING.value,
                    AlarmOutboxRow.attempts == entry.attempts,
                    AlarmOutboxRow.claimed == entry.claimed,
                )
                .values(claimed=until)
            )
            return bool(claimed.rowcount)

    def settle(self, entry: OutboxEntry) -> None:
        """Store what has become of a message, if it is still there."""
        with self._database.writing() as session:
            row = session.get(AlarmOutboxRow, entry.id)
            if row is not None:
                row.state, row.attempts = entry.state.value, entry.attempts
                row.next_try, row.error, row.done = entry.next_try, entry.error, entry.done
                row.tried, row.claimed = entry.tried, 0.0

    def retry(self, *, now: float) -> int:
        """Have all that waits, or was given up, tried at once; gives how many."""
        states = (OutboxState.WAITING.value, OutboxState.GIVEN_UP.value)
        with self._database.writing() as session:
            found: Any = session.execute(
                update(AlarmOutboxRow)
                .where(AlarmOutboxRow.state.in_(states))
                .values(
                    state=OutboxState.WAITING.value,
                    next_try=now,
                    attempts=0,
                    done=None,
                    claimed=0.0,
                    created=now,
                )
            )
            return int(found.rowcount)

    def clear_outbox(self) -> int:
        """Forget all messages, sent or not; gives how many of them were waiting."""
        waiting = select(func.count()).where(AlarmOutboxRow.state == OutboxState.WAITING.value)
        with self._database.writing() as session:
            count = session.scalar(waiting)
            session.execute(delete(AlarmOutboxRow))
            return int(count or 0)


def _check_name(session: Session, table: type[_Listed], row_id: str, name: str) -> None:
    taken = session.scalar(select(table.id).where(table.name == name, table.id != row_id))
    if taken is not None:
        raise UsageError(f"There is one called “{name}” already; choose another name.")


def _place(session: Session, table: type[_Listed], row_id: str) -> int:
    known = session.get(table, row_id)
    if known is not None:
        return known.place
    return int(session.scalar(select(func.max(table.place))) or 0) + 1


def _add_message(
    session: Session,
    delivery_id: str,
    alarm_id: str | None,
    *,
    moment: Moment,
    body: str,
    now: float,
) -> AlarmOutboxRow:
    row = AlarmOutboxRow(
        delivery_id=delivery_id,
        alarm_id=alarm_id,
        moment=moment.value,
        body=body,
        created=now,
        state=OutboxState.WAITING.value,
        attempts=0,
        next_try=now,
        error="",
        done=None,
        tried=None,
        claimed=0.0,
    )
    session.add(row)
    _hasten(session, delivery_id, now=now)
    return row


def _hasten(session: Session, delivery_id: str, *, now: float) -> None:
    """Have what failed before tried again: a new message would wait behind it, for up to an hour.

    At the earliest so many seconds after its last try. What is being sent now is left alone.
    """
    table = AlarmOutboxRow
    soonest = func.max(table.tried + SOONEST, now)
    session.execute(
        update(table)
        .where(
            table.delivery_id == delivery_id,
            table.state == OutboxState.WAITING.value,
            table.tried.is_not(None),
            table.next_try > soonest,
        )
        .values(next_try=soonest)
    )


def _bound(session: Session, *, now: float) -> None:
    """Keep no more than so many messages: of those that wait the oldest are given up."""
    table = AlarmOutboxRow
    session.flush()
    waiting = select(table.id).where(table.state == OutboxState.WAITING.value)
    crowd = waiting.order_by(table.id.desc()).offset(MOST_WAITING)
    session.execute(
        update(table)
        .where(table.id.in_(crowd))
        .values(state=OutboxState.GIVEN_UP.value, error=_CROWDED, done=now)
    )
    over = select(table.id).where(table.state != OutboxState.WAITING.value)
    session.execute(
        delete(table).where(table.id.in_(over.order_by(table.id.desc()).offset(MOST_KEPT)))
    )
