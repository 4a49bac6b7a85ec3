"""Alarms go over TLS to servers that prove who they are, and to no others."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from crimeview.core.alarm_message import Publication, new_secret
from crimeview.core.delivery import (
    DeliveryError,
    EmailSettings,
    MqttSettings,
    Security,
    WebhookSettings,
)
from crimeview.messaging.mail import send_letter
from crimeview.messaging.mqtt import publish
from crimeview.messaging.webhook import post
from tests.core.test_alarm_message import BEGAN
from tests.messaging.secured import (
    Authority,
    SecuredBroker,
    SecuredHooks,
    SecuredMail,
    UpgradedMail,
)
from tests.messaging.servers import served

TOLD = [Publication(topic="crimeview/gate/state", payload="ON")]


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority.of(tmp_path_factory.mktemp("authority"))


def mail(server: SecuredMail | UpgradedMail, security: Security, ca_file: str) -> None:
    to = EmailSettings(
        host="127.0.0.1",
        port=server.port,
        security=security,
        user="me",
        sender="cv@example.org",
        recipients=("guard@example.org",),
        ca_file=ca_file,
    )
    send_letter(BEGAN, to=to, password="sesame", message_id="1", now=0.0)


def mqtt(server: SecuredBroker, ca_file: str, *, host: str = "127.0.0.1") -> None:
    to = MqttSettings(host=host, port=server.port, user="cv", ca_file=ca_file)
    publish(TOLD, to=to, password="sesame")


def hook(server: SecuredHooks, ca_file: str) -> None:
    to = WebhookSettings(url=server.url, ca_file=ca_file)
    post(BEGAN, to=to, secret=new_secret(), message_id="1", now=0.0, agent="crimeview/test")


def test_letters_go_over_tls_and_after_starttls(authority: Authority) -> None:
    context, known = authority.context(), str(authority.file)
    with served(SecuredMail(context, user="me", password="sesame")) as server:
        mail(server, Security.TLS, known)
    assert [letter.recipients for letter in server.letters] == [["guard@example.org"]]
    with served(UpgradedMail(context, user="me", password="sesame")) as server:
        mail(server, Security.STARTTLS, known)
    assert server.upgraded == 1
    assert len(server.letters) == 1


def test_mqtt_and_webhooks_go_over_tls(authority: Authority) -> None:
    context, known = authority.context(), str(authority.file)
    with served(SecuredBroker(context, user="cv", password="sesame")) as broker:
        mqtt(broker, known)
    assert [(kept.topic, kept.payload) for kept in broker.kept] == [("crimeview/gate/state", "ON")]
    with served(SecuredHooks(context)) as hooks:
        hook(hooks, known)
    assert json.loads(hooks.posts[0].body)["event"] == "began"


def test_an_authority_that_nobody_knows_is_refused_by_all(authority: Authority) -> None:
    context = authority.context()
    with served(SecuredMail(context, user="me", password="sesame")) as server:
        refused(lambda: mail(server, Security.TLS, ""))
    assert server.letters == []
    with served(UpgradedMail(context, user="me", password="sesame")) as server:
        refused(lambda: mail(server, Security.STARTTLS, ""))
    assert server.letters == []
    with served(SecuredBroker(context)) as broker:
        refused(lambda: mqtt(broker, ""))
    assert broker.connects == [], "not even the password was told"
    with served(SecuredHooks(context)) as hooks:
        refused(lambda: hook(hooks, ""))
    assert hooks.posts == []


def test_another_authority_and_another_name_are_refused(
    authority: Authority, tmp_path: Path
) -> None:
    other = Authority.of(tmp_path, name="other.pem")
    with served(SecuredBroker(authority.context())) as broker:
        refused(lambda: mqtt(broker, str(other.file)))
    with served(SecuredBroker(authority.context("broker.example.org"))) as broker:
        refused(lambda: mqtt(broker, str(authority.file)))
    assert broker.connects == []


def refused(send: Callable[[], None]) -> None:
    with pytest.raises(DeliveryError, match="does not prove") as raised:
        send()
    assert "nothing was sent" in str(raised.value)
    assert not raised.value.refused, "it is tried again: certificates run out and are renewed"


@pytest.mark.parametrize("content", [None, b"no certificate"])
def test_a_ca_file_that_holds_none_is_told(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "ca.pem"
    if content is not None:
        file.write_bytes(content)
    to = WebhookSettings(url="https://127.0.0.1:1/", ca_file=str(file))
    with pytest.raises(DeliveryError, match=r"cannot be read from .*ca\.pem"):
        post(BEGAN, to=to, secret=new_secret(), message_id="1", now=0.0, agent="crimeview/test")


def test_mail_without_tls_does_not_fall_back(authority: Authority) -> None:
    with (
        served(UpgradedMail(authority.context(), user="me", password="sesame")) as server,
        pytest.raises(DeliveryError, match="it does not answer by TLS; check the port"),
    ):
        mail(server, Security.TLS, str(authority.file))
    assert server.letters == []
