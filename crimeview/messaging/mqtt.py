"""Alarms as MQTT messages. The only place that knows paho."""

import ssl
import time
from collections.abc import Callable, Sequence

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.reasoncodes import ReasonCode

from crimeview.core.alarm_message import Publication
from crimeview.core.delivery import DeliveryError, MqttSettings, Security

TIMEOUT = 5.0  # s for each answer
_LISTEN = 0.1  # s
_AT_LEAST_ONCE = 1


def publish(publications: Sequence[Publication], *, to: MqttSettings, password: str | None) -> None:
    """Publish all at least once, in order; raises DeliveryError unless the broker confirms each.

    The connection lasts for this only: no thread is left behind.
    """
    client = paho.Client(CallbackAPIVersion.VERSION2, reconnect_on_failure=False)
    client.connect_timeout = TIMEOUT
    if to.user:
        client.username_pw_set(to.user, password)
    if to.security is Security.TLS:
        client.tls_set_context(ssl.create_default_context())
    answers: list[ReasonCode] = []
    client.on_connect = lambda _c, _u, _f, reason, _p: answers.append(reason)
    try:
        client.connect(to.host, to.port, keepalive=30)
        _listen(client, to, until=lambda: bool(answers))
        if answers[0].is_failure:
            raise DeliveryError(_denied(to, answers[0]), refused=True)
        for told in publications:
            info = client.publish(told.topic, told.payload, _AT_LEAST_ONCE, retain=told.retained)
            _listen(client, to, until=info.is_published)
    except ssl.SSLCertVerificationError as error:
        raise DeliveryError(
            f"The certificate of {to.host} does not prove that it is {to.host} "
            f"({error.verify_message}); nothing was sent."
        ) from error
    except (OSError, ValueError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise DeliveryError(f"The broker {to.host} cannot be reached ({reason}).") from error
    finally:
        client.disconnect()
        client.loop(_LISTEN)


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
