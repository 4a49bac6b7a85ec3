"""Alarms as signed POSTs of JSON, in the way of Standard Webhooks."""

import http.client
import ssl
from urllib.parse import urlsplit

from crimeview.core.alarm_message import webhook_headers
from crimeview.core.delivery import DeliveryError, WebhookSettings
from crimeview.messaging.reasons import reason_of
from crimeview.messaging.tls import secured, unproven

TIMEOUT = 5.0  # s for each answer
_AGAIN = (408, 425, 429)  # refusals that are none


def post(
    body: str, *, to: WebhookSettings, secret: str, message_id: str, now: float, agent: str
) -> None:
    """Send one message; raises DeliveryError unless it was taken (2xx). Follows no redirection.

    A redirected message would be signed for somebody else.
    """
    parts = urlsplit(to.url)
    data = body.encode()
    headers = webhook_headers(data, message_id=message_id, secret=secret, now=now)
    headers |= {"content-type": "application/json", "user-agent": agent}
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    host = parts.hostname or ""
    try:
        connection = _connection(to, host, parts.port)
        try:
            connection.request("POST", path, data, headers)
            answer = connection.getresponse()
            answer.read(1024)
        finally:
            connection.close()
    except ssl.SSLCertVerificationError as error:
        raise unproven(host, error) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise DeliveryError(
            f"{host} cannot be reached ({reason_of(error, timeout=TIMEOUT)})."
        ) from error
    _check(host, answer.status, answer.reason)


def _connection(to: WebhookSettings, host: str, port: int | None) -> http.client.HTTPConnection:
    if to.url.lower().startswith("https:"):
        context = secured(to.ca_file)
        return http.client.HTTPSConnection(host, port, timeout=TIMEOUT, context=context)
    return http.client.HTTPConnection(host, port, timeout=TIMEOUT)


def _check(host: str, status: int, reason: str) -> None:
    if 200 <= status < 300:
        return
    if 300 <= status < 400:
        raise DeliveryError(
            f"{host} sends the message elsewhere ({status} {reason}); configure that address.",
            refused=True,
        )
    refused = 400 <= status < 500 and status not in _AGAIN
    raise DeliveryError(f"{host} did not take the message ({status} {reason}).", refused=refused)
