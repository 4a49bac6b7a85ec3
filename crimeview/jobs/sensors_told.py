"""Telling Home Assistant which sensors there are: when a rule is armed, and when it is gone."""

import logging
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from importlib.metadata import version

from crimeview.core.alarm_message import status_topic
from crimeview.core.delivery import Delivery, MqttSettings
from crimeview.core.errors import CrimeviewError
from crimeview.core.sensors import (
    SensorChanges,
    Sensors,
    sensor_changes,
    sensor_publications,
    wanted_sensors,
)
from crimeview.jobs.delivery_secrets import password_of
from crimeview.store.case import Case

_LOOK = 5.0  # s between two looks at rules, cameras and deliveries
_AGAIN = 60.0  # s after a try that failed
_log = logging.getLogger(__name__)


class SensorsTold:
    """Keeps brokers up to date while somebody watches. Used by one thread; `close` it."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="sensors")
        self._under_way: Future[None] | None = None
        self._due = 0.0

    def tend(self) -> None:
        """See to what is to be told, in the background; raises CaseError."""
        now = time.monotonic()
        if self._under_way is not None and self._under_way.done():
            error, self._under_way = self._under_way.exception(), None
            if error is not None and not isinstance(error, CrimeviewError):
                raise error
            if error is not None:
                _log.info("sensors could not be told: %s", error)
                self._due = now + _AGAIN
        if self._under_way is None and now >= self._due:
            self._due = now + _LOOK
            found = list(pending_sensors(self._case))
            if found:
                self._under_way = self._executor.submit(self._tell, found)

    def close(self) -> None:
        """Wait for what is being told, a few seconds at most."""
        self._executor.shutdown(wait=True)

    def _tell(self, found: list[tuple[Delivery, SensorChanges]]) -> None:
        failed: CrimeviewError | None = None
        for delivery, changes in found:
            try:
                publish_sensors(delivery, changes)
            except CrimeviewError as error:
                failed = error
                continue
            told = {**changes.new, **changes.changed}
            self._case.alarms.note_sensors(delivery.id, told, gone=changes.gone)
        if failed is not None:
            raise failed


def pending_sensors(case: Case) -> Iterator[tuple[Delivery, SensorChanges]]:
    """What each broker that is on has to be told of the case's sensors."""
    rules, cameras = case.alarms.rules(), case.live.cameras()
    armed_rules = [rule for rule in rules if rule.armed]
    for delivery in case.alarms.deliveries():
        if not delivery.enabled or not isinstance(delivery.settings, MqttSettings):
            continue
        status = status_topic(delivery.settings.prefix, delivery.id)
        known = {"version": version("crimeview"), "status": status}
        wanted = wanted_sensors(delivery, rules, cameras, **known)
        armed = wanted_sensors(delivery, armed_rules, cameras, **known)
        changes = sensor_changes(wanted, case.alarms.sensors(delivery.id), armed=armed)
        if changes:
            yield delivery, changes


def publish_sensors(delivery: Delivery, changes: SensorChanges) -> None:
    """Tell one broker; raises CrimeviewError where that fails."""
    from crimeview.messaging.mqtt import publish

    settings = delivery.settings
    assert isinstance(settings, MqttSettings)
    told = sensor_publications(changes)
    publish(told, to=settings, password=password_of(delivery, settings.user))


def withdraw_sensors(delivery: Delivery, told: Sensors) -> None:
    """Have a broker forget all sensors of a delivery; raises CrimeviewError where that fails."""
    if told:
        publish_sensors(delivery, SensorChanges(new={}, changed={}, gone=told))
