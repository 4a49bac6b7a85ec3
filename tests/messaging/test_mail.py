import json
from email import message_from_string, policy

import pytest

from crimeview.core.delivery import DeliveryError, EmailSettings, Security
from crimeview.messaging.mail import send_letter
from tests.messaging.servers import MailServer, served

BODY = json.dumps(
    {
        "event": "began",
        "camera": "정문",
        "zone": "",
        "rule": "night",
        "start": "2026-11-29T02:15:04.250+09:00",
        "end": None,
        "peak": 0.8,
        "threshold": 0.6,
        "sentence": "정문: an unusual event, score 0.80 of 0.60 (rule “night”).",
    }
)


def send(server: MailServer, *, user: str = "", password: str | None = None) -> None:
    settings = EmailSettings(
        host="127.0.0.1",
        port=server.port,
        security=Security.NONE,
        user=user,
        sender="cv@example.org",
        recipients=("kim@example.org", "lee@example.org"),
    )
    send_letter(BODY, to=settings, password=password, message_id="m-1", now=0.0)


def test_a_letter_says_what_where_and_when() -> None:
    with served(MailServer()) as server:
        send(server)
    (letter,) = server.letters
    assert (letter.sender, letter.recipients) == (
        "cv@example.org",
        ["kim@example.org", "lee@example.org"],
    )
    message = message_from_string(letter.text, policy=policy.default)
    assert message["Subject"].startswith("Alarm: 정문: an unusual event, score 0.80 of 0.60")
    assert message["Message-ID"] == "<m-1@crimeview.invalid>"
    assert message["Date"] == "Thu, 01 Jan 1970 00:00:00 +0000"
    text = message.get_content()
    assert "Began:     2026-11-29T02:15:04.250+09:00" in text
    assert "a lead, not a finding" in text


def test_the_server_is_told_who_we_are() -> None:
    with served(MailServer(user="cv", password="open sesame")) as server:
        send(server, user="cv", password="open sesame")
        with pytest.raises(DeliveryError, match="does not know the user “cv”") as raised:
            send(server, user="cv", password="guess")
        assert raised.value.refused
        with pytest.raises(DeliveryError, match="530"):
            send(server)
    assert len(server.letters) == 1


def test_a_recipient_that_is_not_known_is_told_while_the_others_get_it() -> None:
    with (
        served(MailServer(refused="kim@example.org")) as server,
        pytest.raises(DeliveryError, match=r"not for kim@example\.org"),
    ):
        send(server)
    assert server.letters[0].recipients == ["lee@example.org"]


def test_a_server_without_starttls_gets_nothing() -> None:
    with served(MailServer()) as server:
        settings = EmailSettings(
            host="127.0.0.1",
            port=server.port,
            sender="a@b.org",
            recipients=("c@d.org",),
            user="cv",
        )
        with pytest.raises(DeliveryError, match="choose another security") as raised:
            send_letter(BODY, to=settings, password="x", message_id="m", now=0.0)
    assert raised.value.refused
    assert server.letters == []


def test_a_server_that_is_not_there_is_tried_again() -> None:
    with served(MailServer()) as server:
        pass
    with pytest.raises(DeliveryError, match="cannot be reached") as raised:
        send(server)
    assert not raised.value.refused
