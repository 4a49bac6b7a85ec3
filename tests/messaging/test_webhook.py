import base64
import hashlib
import hmac
import json
import time

import pytest

from crimeview.core.alarm_message import new_secret
from crimeview.core.delivery import DeliveryError, WebhookSettings
from crimeview.messaging import webhook
from tests.held_port import held_port
from tests.messaging.servers import HookServer, served

BODY = json.dumps({"event": "began", "camera": "정문"}, ensure_ascii=False)


def send(url: str, secret: str) -> None:
    webhook.post(
        BODY, to=WebhookSettings(url=url), secret=secret, message_id="m-1", now=1234.9, agent="x/1"
    )


def test_a_receiver_can_tell_who_sent_a_message_and_when() -> None:
    secret = new_secret()
    with served(HookServer()) as server:
        send(server.url, secret)
    (post,) = server.posts
    assert post.path == "/hooks/alarm?x=1"
    assert json.loads(post.body) == json.loads(BODY)
    assert post.headers["content-type"] == "application/json"
    # As docs/alarms.md tells receivers to check it, and Standard Webhooks' libraries do.
    signed = b"m-1.1234." + post.body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    wanted = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert post.headers["webhook-id"] == "m-1"
    assert post.headers["webhook-timestamp"] == "1234"
    assert post.headers["webhook-signature"] == f"v1,{wanted}"


@pytest.mark.parametrize(
    ("status", "refused"),
    [(400, True), (404, True), (302, True), (408, False), (429, False), (500, False), (503, False)],
)
def test_what_is_not_taken_is_told(status: int, refused: bool) -> None:
    with served(HookServer([status])) as server, pytest.raises(DeliveryError) as raised:
        send(server.url, new_secret())
    assert raised.value.refused is refused
    assert str(status) in str(raised.value)
    assert len(server.posts) == 1, "no redirection is followed"


def test_a_server_that_is_not_there_is_tried_again() -> None:
    with (
        held_port() as port,
        pytest.raises(DeliveryError, match="cannot be reached") as raised,
    ):
        send(f"http://127.0.0.1:{port}/hooks/alarm", new_secret())
    assert not raised.value.refused


def test_a_server_that_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    usual = webhook.TIMEOUT
    monkeypatch.setattr(webhook, "TIMEOUT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        began = time.monotonic()
        with pytest.raises(DeliveryError, match="no answer"):
            send(f"http://127.0.0.1:{deaf.getsockname()[1]}/", new_secret())
    assert time.monotonic() - began < usual
