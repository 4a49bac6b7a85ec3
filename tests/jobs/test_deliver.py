import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from crimeview.core.alarm import Alarm
from crimeview.core.alarm_rule import AlarmTrack
from crimeview.core.delivery import (
    Delivery,
    DeliveryError,
    DeliverySettings,
    EmailSettings,
    MqttSettings,
    Security,
    SoundSettings,
    SystemSettings,
    WebhookSettings,
    new_delivery_id,
)
from crimeview.core.errors import CaseError, CrimeviewError, UsageError
from crimeview.core.outbox import Moment, OutboxEntry, OutboxState
from crimeview.jobs.deliver import (
    DeliveryStep,
    deliver,
    delivery_named,
    remove_delivery,
    save_delivery,
    send_test,
)
from crimeview.store.case import Case, open_case
from tests.held_keyring import HeldKeyring
from tests.held_port import held_port
from tests.jobs.finished import finished
from tests.messaging.servers import Broker, HookServer, MailServer, served

ALARM = Alarm(
    id="x", rule_id="r", rule="night", camera="gate", track=AlarmTrack.EVENTS, zone="",
    start=1.0, end=None, peak=0.8, peak_time=1.5, threshold=0.6,
)  # fmt: skip
BODY = json.dumps({"event": "began", "camera": "gate", "sentence": "gate: an event."})


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with open_case(tmp_path / "case") as case:
        yield case


@pytest.fixture(autouse=True)
def held(monkeypatch: pytest.MonkeyPatch) -> HeldKeyring:
    made = HeldKeyring()
    monkeypatch.setattr(keyring.core, "_keyring_backend", made)
    return made


def saved(
    case: Case, settings: DeliverySettings, *, name: str = "one", secret: str | None = None
) -> Delivery:
    delivery = Delivery(id=new_delivery_id(), name=name, settings=settings)
    save_delivery(case, delivery, secret=secret)
    return delivery


def queue(case: Case, *deliveries: Delivery, now: float | None = None) -> None:
    messages = [(delivery.id, BODY) for delivery in deliveries]
    case.alarms.record(ALARM, messages, moment=Moment.BEGAN, now=now or time.time())


def run_until(case: Case, condition: Callable[[], bool]) -> list[OutboxEntry]:
    settled: list[OutboxEntry] = []
    job = deliver(case, pause=0.01)
    deadline = time.monotonic() + 60
    try:
        while not condition():
            step = next(job)
            assert isinstance(step, DeliveryStep)
            settled += step.settled
            assert time.monotonic() < deadline
    finally:
        job.close()
    return settled


def test_an_alarm_goes_to_all_that_are_configured(case: Case) -> None:
    with (
        served(HookServer()) as hook,
        served(MailServer()) as mail,
        served(Broker()) as broker,
    ):
        letters = EmailSettings(
            host="127.0.0.1",
            port=mail.port,
            security=Security.NONE,
            sender="a@b.org",
            recipients=("c@d.org",),
        )
        topics = MqttSettings(host="127.0.0.1", port=broker.port, security=Security.NONE)
        body = json.loads(BODY) | {
            "rule": "night", "rule_id": "r", "track": "events", "zone": "", "start": "s",
            "end": None, "peak": 0.8, "threshold": 0.6,
        }  # fmt: skip
        all_three = [
            saved(case, settings, name=str(number))
            for number, settings in enumerate((WebhookSettings(url=hook.url), letters, topics))
        ]
        case.alarms.record(
            ALARM,
            [(delivery.id, json.dumps(body)) for delivery in all_three],
            moment=Moment.BEGAN,
            now=time.time(),
        )
        assert finished(deliver(case, until_empty=True, pause=0.01)) == 3
    assert (len(hook.posts), len(mail.letters)) == (1, 1)
    assert broker.kept[-1].payload == "ON"
    assert {entry.state for entry in case.alarms.outbox()} == {OutboxState.SENT}
    assert case.alarms.outbox()[0].attempts == 1


def test_nothing_is_sent_where_nothing_is_configured(case: Case) -> None:
    queue(case)
    assert finished(deliver(case, until_empty=True, pause=0.01)) == 0
    assert case.alarms.outbox() == []


@pytest.fixture
def port() -> Iterator[int]:
    with held_port() as port:
        yield port


def test_what_fails_is_told_kept_and_sent_after_a_restart(
    case: Case, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crimeview.core.outbox._WAITS", (0.2,))
    hook = saved(case, WebhookSettings(url=f"http://127.0.0.1:{port}/hook"))
    queue(case, hook)
    case.alarms.record(
        replace(ALARM, end=3.0), [(hook.id, BODY)], moment=Moment.ENDED, now=time.time()
    )
    (failed, *_) = run_until(case, lambda: any(e.error for e in case.alarms.outbox()))
    assert failed.state is OutboxState.WAITING
    assert "cannot be reached" in failed.error
    with open_case(case.folder) as again:  # as after a restart of the program
        with served(HookServer(port=port)) as server:
            run_until(again, lambda: len(server.posts) == 2)
            ids = [post.headers["webhook-id"] for post in server.posts]
        assert [name.split("-")[1] for name in ids] == ["began", "ended"], "in order"
        assert {entry.state for entry in again.alarms.outbox()} == {OutboxState.SENT}


def test_one_that_fails_does_not_hold_up_another(case: Case) -> None:
    with served(HookServer()) as server, served(HookServer([500])) as broken:
        good = saved(case, WebhookSettings(url=server.url), name="good")
        bad = saved(case, WebhookSettings(url=broken.url), name="bad")
        queue(case, bad, good)
        assert finished(deliver(case, until_empty=True, pause=0.01)) == 1
    (waiting,) = (e for e in case.alarms.outbox() if e.state is OutboxState.WAITING)
    assert (waiting.delivery_id, waiting.attempts) == (bad.id, 1)
    assert "500" in waiting.error
    assert waiting.next_try > time.time() + 2


def test_what_is_refused_is_given_up_after_a_few_tries_and_can_be_tried_anew(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crimeview.core.outbox._WAITS", (0.0,))
    with served(HookServer([404] * 5 + [200])) as server:
        queue(case, saved(case, WebhookSettings(url=server.url)))
        (entry,) = run_until(case, lambda: case.alarms.outbox()[0].state is OutboxState.GIVEN_UP)[
            -1:
        ]
        assert (entry.attempts, len(server.posts)) == (5, 5)
        assert "404" in entry.error
        assert case.alarms.retry(now=time.time()) == 1
        assert finished(deliver(case, until_empty=True, pause=0.01)) == 1


def test_a_notification_is_shown_and_a_late_one_is_not(case: Case) -> None:
    desktop = saved(case, SystemSettings())
    shown: list[tuple[str, str]] = []
    queue(case, desktop)
    queue(case, desktop, now=time.time() - 3600)

    def notify(title: str, text: str) -> None:
        shown.append((title, text))

    job = deliver(case, notify=notify, pause=0.01)
    for step in job:
        if any(entry.error for entry in case.alarms.outbox()):
            break
        assert isinstance(step, DeliveryStep)
    job.close()
    assert shown == [("crimeview: gate", "gate: an event.")]
    assert any("in time" in entry.error for entry in case.alarms.outbox())


def test_what_is_too_late_to_be_seen_is_given_up_with_the_reason_of_before(case: Case) -> None:
    desktop = saved(case, SystemSettings(), name="desktop")
    queue(case, desktop, now=time.time() - 120.0)
    (entry,) = case.alarms.outbox()
    reason = "The desktop did not show the notification (no bus)."
    case.alarms.settle(replace(entry, attempts=2, error=reason, tried=entry.created + 20.0))
    finished(deliver(case, until_empty=True, notify=lambda *_: None))
    (given_up,) = case.alarms.outbox()
    assert given_up.state is OutboxState.GIVEN_UP
    assert given_up.attempts == 3
    assert given_up.error == reason


def test_a_sound_needs_a_loudspeaker_and_says_so(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    played: list[float] = []
    monkeypatch.setattr(
        "crimeview.jobs.deliver.play_chime", lambda *, volume, times: played.append(volume * times)
    )
    queue(case, saved(case, SoundSettings(volume=0.5, times=2)))
    assert finished(deliver(case, until_empty=True, pause=0.01)) == 1
    assert played == [1.0]


def test_a_test_is_sent_at_once_or_says_why_not(case: Case) -> None:
    with served(HookServer([204, 403])) as server:
        hook = saved(case, WebhookSettings(url=server.url))
        send_test(hook)
        assert json.loads(server.posts[0].body)["event"] == "test"
        with pytest.raises(DeliveryError, match="403"):
            send_test(hook)
    assert case.alarms.outbox() == []


def test_secrets_are_in_the_keyring_and_nowhere_else(case: Case, held: HeldKeyring) -> None:
    delivery = Delivery(
        id=new_delivery_id(), name="hook", settings=WebhookSettings(url="https://a.org/x")
    )
    made = save_delivery(case, delivery, secret=None)
    assert made is not None
    assert held.held == {
        ("crimeview alarms", delivery.id): made,
        ("crimeview alarms", f"{delivery.id} address"): "https://a.org/x",
    }
    mail = EmailSettings(host="m", sender="a@b.org", recipients=("c@d.org",), user="me")
    saved(case, mail, name="mail", secret="open sesame 7431")
    files = [file for file in case.folder.rglob("*") if file.is_file()]
    for secret in (made, "open sesame 7431"):
        assert not any(secret.encode() in file.read_bytes() for file in files)
    assert save_delivery(case, delivery, secret=None) is None, "it is made once"
    remove_delivery(case, delivery)
    assert ("crimeview alarms", delivery.id) not in held.held


def test_without_a_keyring_nothing_is_kept(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring.core, "_keyring_backend", NoKeyring())
    with pytest.raises(CaseError, match="keyring"):
        saved(case, WebhookSettings(url="https://a.org/x"))
    assert case.alarms.deliveries() == []


def test_a_secret_that_is_lost_is_asked_for(case: Case, held: HeldKeyring) -> None:
    hook = saved(case, WebhookSettings(url="https://a.org/x"))
    held.held.clear()
    with pytest.raises(CrimeviewError, match="not in this computer's keyring"):
        send_test(hook)


def test_a_delivery_is_found_by_its_name(case: Case) -> None:
    made = saved(case, SystemSettings(), name="desktop")
    assert delivery_named(case, "desktop") == made
    with pytest.raises(UsageError, match="“desktop”"):
        delivery_named(case, "pager")
