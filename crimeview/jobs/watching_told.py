"""Telling MQTT brokers for how long somebody watches, so that silence is not taken for quiet."""

import logging
import time
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from crimeview.core.alarm_message import OFFLINE, ONLINE, status_topic
from crimeview.core.back_off import BackOff, BackOffRule
from crimeview.core.delivery import Delivery, MqttSettings
from crimeview.core.errors import CrimeviewError
from crimeview.jobs.delivery_secrets import password_of
from crimeview.store.case import Case

if TYPE_CHECKING:
    from crimeview.messaging.mqtt import Presence

_LOOK = 5.0  # s between two looks at the deliveries
_TEND = 5.0  # s between two looks at a connection; brokers wait for half a minute
_AGAIN = BackOffRule(first=5.0, longest=300.0)
_log = logging.getLogger(__name__)


class WatchingTold:
    """Keeps a connection to each MQTT broker that is on. Used by one thread; `close` it."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="presence")
        self._told: dict[Delivery, _Told] = {}
        self._looked = -_LOOK

    def tend(self) -> None:
        """See to the connections, in the background; raises CaseError."""
        now = time.monotonic()
        if now - self._looked >= _LOOK:
            self._looked = now
            wanted = {
                delivery
                for delivery in self._case.alarms.deliveries()
                if delivery.enabled and isinstance(delivery.settings, MqttSettings)
            }
            for gone in self._told.keys() - wanted:
                self._executor.submit(self._told.pop(gone).close)
            for new in wanted - self._told.keys():
                self._told[new] = _Told(new)
        for told in self._told.values():
            told.tend(self._executor, now)

    def close(self) -> None:
        """Say that nobody watches any more; waits for that, a few seconds at most."""
        for told in self._told.values():
            self._executor.submit(told.close)
        self._told.clear()
        self._executor.shutdown(wait=True)


class _Told:
    """One broker."""

    def __init__(self, delivery: Delivery) -> None:
        self._delivery = delivery
        self._presence: Presence | None = None
        self._under_way: Future[None] | None = None
        self._back_off = BackOff(_AGAIN)
        self._due = 0.0

    def tend(self, executor: ThreadPoolExecutor, now: float) -> None:
        if self._under_way is not None:
            if not self._under_way.done():
                return
            self._due = now + self._pause(self._under_way)
            self._under_way = None
        if now >= self._due:
            self._under_way = executor.submit(self._tend)

    def close(self) -> None:
        if self._presence is not None:
            self._presence.close()

    def _tend(self) -> None:
        if self._presence is None:
            self._presence = _presence_of(self._delivery)
        self._presence.tend()

    def _pause(self, done: "Future[None]") -> float:
        error = done.exception()
        if error is None:
            self._back_off.succeeded()
            return _TEND
        if not isinstance(error, CrimeviewError):
            raise error
        _log.info("%s", error)
        return self._back_off.wait()


def _presence_of(delivery: Delivery) -> "Presence":
    from crimeview.messaging.mqtt import Presence

    settings = delivery.settings
    assert isinstance(settings, MqttSettings)
    return Presence(
        status_topic(settings.prefix, delivery.id),
        online=ONLINE,
        offline=OFFLINE,
        to=settings,
        password=password_of(delivery, settings.user),
    )
