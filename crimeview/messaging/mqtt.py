"""Alarms as MQTT messages. The only place that knows paho."""

import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.reasoncodes import ReasonCode

from crimeview.core.alarm_message import Publication
from crimeview.core.delivery import DeliveryError, MqttSettings, Security
from crimeview.messaging.reasons import reason_of
from crimeview.messaging.tls import secured, unproven

TIMEOUT = 5.0  # s for each answer
_LISTEN = 0.1  # s
_AT_LEAST_ONCE = 1
_KEEPALIVE = 30  # s; after one and a half times that without a sign the broker tells the last will


def publish(publications: Sequence[Publication], *, to: MqttSettings, password: str | None) -> None:
    """Publish all at least once, in order; raises DeliveryError unless the broker confirms each.

    The connection lasts for this only: no thread is left behind.
    """
    client = _client(to, password)
    try:
        with _faults_told(to):
            _connect(client, to)
            for told in publications:
                _publish(client, to, told)
    finally:
        client.disconnect()
        client.loop(_LISTEN)


class Presence:
    """Says on a topic that somebody watches, for as long as it is tended.

    And then that nobody does. The broker says so itself, by the last will, where the connection
    ends without a word.
    """

    def __init__(
        self, topic: str, *, online: str, offline: str, to: MqttSettings, password: str | None
    ) -> None:
        self._online = Publication(topic=topic, payload=online)
        self._offline = Publication(topic=topic, payload=offline)
        self._to, self._password = to, password
        self._client: paho.Client | None = None

    def tend(self) -> None:
        """Keep the connection, or make it anew; takes a moment. Raises DeliveryError.

        To be called every few seconds: the broker waits for half a minute.
        """
        with _faults_told(self._to):
            client = self._client
            if client is None:
                self._client = self._begun()
            elif client.loop(_LISTEN) != paho.MQTT_ERR_SUCCESS:
                self._client = None  # the next time anew

    def _begun(self) -> paho.Client:
        client = _client(self._to, self._password)
        will = self._offline
        client.will_set(will.topic, will.payload, _AT_LEAST_ONCE, retain=True)
        try:
            _connect(client, self._to)
            _publish(client, self._to, self._online)
        except BaseException:
            client.disconnect()
            client.loop(_LISTEN)
            raise
        return client

    def close(self) -> None:
        """Say that nobody watches any more; never raises for the broker's sake."""
        client, self._client = self._client, None
        if client is None:
            return
        with suppress(DeliveryError), _faults_told(self._to):
            _publish(client, self._to, self._offline)
        client.disconnect()
        client.loop(_LISTEN)


def _client(to: MqttSettings, password: str | None) -> paho.Client:
    client = paho.Client(CallbackAPIVersion.VERSION2, reconnect_on_failure=False)
    client.connect_timeout = TIMEOUT
    if to.user:
        client.username_pw_set(to.user, password)
    if to.security is Security.TLS:
        client.tls_set_context(secured(to.ca_file))
    return client


def _connect(client: paho.Client, to: MqttSettings) -> None:
    answers: list[ReasonCode] = []
    client.on_connect = lambda _c, _u, _f, reason, _p: answers.append(reason)
    client.connect(to.host, to.port, keepalive=_KEEPALIVE)
    _listen(client, to, until=lambda: bool(answers))
    if answers[0].is_failure:
        raise DeliveryError(_denied(to, answers[0]), refused=True)


def _publish(client: paho.Client, to: MqttSettings, told: Publication) -> None:
    info = client.publish(told.topic, told.payload, _AT_LEAST_ONCE, retain=told.retained)
    _listen(client, to, until=info.is_published)


@contextmanager
def _faults_told(to: MqttSettings) -> Iterator[None]:
    """Whatever fails within is told as a DeliveryError."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise unproven(to.host, error) from error
    except (OSError, ValueError, RuntimeError) as error:
        reason = reason_of(error, timeout=TIMEOUT)
        raise DeliveryError(f"The broker {to.host} cannot be reached ({reason}).") from error


def _listen(client: paho.Client, to: MqttSettings, *, until: Callable[[], bool]) -> None:
    deadline = time.monotonic() + TIMEOUT
    while not until():
        code = client.loop(_LISTEN)
        if until():
            return
        if code != paho.MQTT_ERR_SUCCESS:
            raise DeliveryError(f"The broker {to.host} broke off ({paho.error_string(code)}).")
        if time.monotonic() > deadline:
            raise DeliveryError(f"The broker {to.host} did not answer in {TIMEOUT:g} s.")


def _denied(to: MqttSettings, reason: ReasonCode) -> str:
    return f"The broker {to.host} lets “{to.user or 'nobody'}” not in ({reason})."
