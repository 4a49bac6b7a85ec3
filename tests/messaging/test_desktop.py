"""Notifications of the desktop: by whichever program of it there is, never through a shell."""

import sys
from pathlib import Path

import pytest

from crimeview.core.delivery import DeliveryError
from crimeview.messaging.desktop import notify

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="these are programs of Linux")
TITLE, TEXT = 'crimeview: "gate" $(id)', "score 0.81 \\ of 0.60;\n`rm`"


def programs(folder: Path, monkeypatch: pytest.MonkeyPatch, *names: str, fails: str = "") -> Path:
    """Programs that note their words, one a line, in the file that this gives; and no others."""
    said = folder / "said.txt"
    for name in names:
        program = folder / name
        ends = f"echo '{fails}' >&2; exit 1" if fails else "exit 0"
        program.write_text(
            f"#!/bin/sh\nprintf '%s\\036' {name} \"$@\" > {said}\n{ends}\n", encoding="utf-8"
        )
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    return said


def words(said: Path) -> list[str]:
    return said.read_text(encoding="utf-8").split("\x1e")[:-1]


def test_notify_send_is_asked_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = programs(tmp_path, monkeypatch, "notify-send", "gdbus")
    notify(TITLE, TEXT)
    assert words(said)[0] == "notify-send"
    assert words(said)[-3:] == ["--", TITLE, TEXT]


def test_without_it_the_desktop_is_asked_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = programs(tmp_path, monkeypatch, "gdbus")
    notify(TITLE, TEXT)
    found = words(said)
    assert found[:3] == ["gdbus", "call", "--session"]
    assert found[-9] == "org.freedesktop.Notifications.Notify"
    assert found[-8:] == [
        '"crimeview"', "0", '""', '"crimeview: \\"gate\\" $(id)"',
        '"score 0.81 \\\\ of 0.60;\\n`rm`"', "[]", "{'urgency': <byte 2>}", "0",
    ]  # fmt: skip


def test_a_desktop_that_shows_none_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    programs(tmp_path, monkeypatch)
    with pytest.raises(DeliveryError, match="notify-send") as raised:
        notify(TITLE, TEXT)
    assert raised.value.refused
    programs(tmp_path, monkeypatch, "gdbus", fails="no session bus")
    with pytest.raises(DeliveryError, match="no session bus"):
        notify(TITLE, TEXT)
