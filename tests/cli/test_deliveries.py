import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keyring
import pytest

from crimeview.cli.main import main
from crimeview.core.outbox import Moment
from crimeview.store.case import open_case
from tests.held_keyring import HeldKeyring
from tests.held_port import held_port
from tests.messaging.servers import Broker, HookServer, MailServer, served


@pytest.fixture(autouse=True)
def held(monkeypatch: pytest.MonkeyPatch) -> HeldKeyring:
    made = HeldKeyring()
    monkeypatch.setattr(keyring.core, "_keyring_backend", made)
    return made


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return tmp_path / "case"


def run(*arguments: object) -> int:
    return main(list(map(str, arguments)), open_window=lambda *_, **__: 1)


def listed(case: Path, capsys: pytest.CaptureFixture[str], action: str = "list") -> Any:
    capsys.readouterr()
    assert run("deliveries", action, "--json", "--case", case) == 0
    return json.loads(capsys.readouterr().out)


def test_a_webhook_is_added_tested_switched_off_and_removed(
    case: Path, capsys: pytest.CaptureFixture[str], held: HeldKeyring
) -> None:
    assert run("deliveries", "list", "--case", case) == 0
    assert "There is no case" in capsys.readouterr().err
    assert listed(case, capsys) == []
    assert not case.exists(), "nothing is made only to be looked at"
    with served(HookServer()) as server:
        assert run("deliveries", "add", "webhook", server.url, "--case", case) == 0
        secret = capsys.readouterr().out.strip()
        assert secret.startswith("whsec_")
        assert run("deliveries", "test", "webhook", "--case", case) == 0
        assert json.loads(server.posts[0].body)["event"] == "test"
    assert run("deliveries", "test", "webhook", "--case", case) == 1
    assert "cannot be reached" in capsys.readouterr().err
    assert run("deliveries", "change", "webhook", "--off", "--case", case) == 0
    (stored,) = listed(case, capsys)
    assert (stored["kind"], stored["enabled"]) == ("webhook", False)
    assert secret not in json.dumps(stored)
    assert run("deliveries", "remove", "webhook", "--case", case) == 0
    assert listed(case, capsys) == []
    assert run("deliveries", "list", "--case", case) == 0
    assert "told to nobody" in capsys.readouterr().err
    assert held.held == {}


def test_passwords_come_from_a_file_where_there_is_no_terminal(
    case: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "pw").write_text("sesame\n")
    with (
        served(Broker(user="cv", password="sesame")) as broker,
        served(MailServer(user="cv", password="sesame")) as mail,
    ):
        local = ("--security", "none", "--user", "cv", "--secret-file", tmp_path / "pw")
        words = ("mqtt", "127.0.0.1", "--port", broker.port, *local)
        assert run("deliveries", "add", *words, "--case", case) == 0
        words = ("email", "127.0.0.1", "a@b.org", "c@d.org", "--port", mail.port, *local)
        assert run("deliveries", "add", *words, "--case", case) == 0
        for name in ("mqtt", "email"):
            assert run("deliveries", "test", name, "--case", case) == 0
    assert [kept.topic for kept in broker.kept] == ["crimeview/test"]
    assert mail.letters[0].recipients == ["c@d.org"]
    assert run("deliveries", "add", "mqtt", "b", "--user", "cv", "--name", "x", "--case", case) == 2
    assert "--secret-file" in capsys.readouterr().err


@pytest.fixture
def port() -> Iterator[int]:
    with held_port() as port:
        yield port


def test_what_waits_is_shown_with_why_and_tried_again(
    case: Path, port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    body = json.dumps({"sentence": "gate: an event."})
    run("deliveries", "add", "webhook", f"http://127.0.0.1:{port}/hook", "--case", case)
    with open_case(case) as opened:
        (hook,) = opened.alarms.deliveries()
        opened.alarms.post(hook.id, moment=Moment.BEGAN, body=body, now=time.time())
    assert run("deliveries", "retry", "--case", case) == 1
    (entry,) = listed(case, capsys, "outbox")
    assert (entry["state"], entry["attempts"], entry["delivery"]) == ("waiting", 1, "webhook")
    assert run("deliveries", "outbox", "--case", case) == 0
    told = capsys.readouterr().out
    assert "gate: an event." in told
    assert "cannot be reached" in told
    with served(HookServer(port=port)):
        assert run("deliveries", "retry", "--case", case) == 0
    assert listed(case, capsys, "outbox")[0]["state"] == "sent"
    assert run("deliveries", "clear", "--case", case) == 0
    assert listed(case, capsys, "outbox") == []


def test_local_ones_are_added_by_their_kind(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("deliveries", "add", "system", "--case", case) == 0
    assert run("deliveries", "add", "sound", "--volume", 0.3, "--name", "bell", "--case", case) == 0
    assert [d["name"] for d in listed(case, capsys)] == ["system", "bell"]
    assert run("deliveries", "add", "sound", "--volume", 3, "--case", case) == 2
