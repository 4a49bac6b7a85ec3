import os
import subprocess
import sys
from pathlib import Path

import pytest

from crimeview.cli.window import has_display
from crimeview.store.location import default_case_folder

linux_only = pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere there is always a display"
)

NAMES = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")


@pytest.mark.parametrize(
    ("system", "environment", "expected"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False),
        ("linux", {"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen:size=1x1"}, False),
        ("linux", {"DISPLAY": ":0", "QT_QPA_PLATFORM": "minimal"}, False),
        ("linux", {"DISPLAY": ":0", "QT_QPA_PLATFORM": "wayland;xcb"}, True),
        ("linux", {"QT_QPA_PLATFORM": "xcb"}, False),
        ("linux", {"QT_QPA_PLATFORM": "vnc:size=800x600"}, True),
        ("darwin", {}, True),
        ("win32", {}, True),
        ("win32", {"QT_QPA_PLATFORM": "offscreen"}, False),
    ],
)
def test_whether_a_window_can_be_seen(
    system: str, environment: dict[str, str], expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert has_display() is expected


def _without_display(*arguments: object) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in NAMES}
    return subprocess.run(
        [sys.executable, "-m", "crimeview", *map(str, arguments)],
        env=environment | {"DISPLAY": ""},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


@linux_only
@pytest.mark.parametrize("command", ["", "open"])
def test_without_a_display_a_sentence_says_what_works(command: str, analyzed: Path) -> None:
    done = _without_display(*([command, analyzed] if command else []))
    assert done.returncode == 1
    assert done.stderr == (
        "There is no display here; write the window as a picture with: "
        "crimeview open PATH --snapshot window.png\n"
    )
    assert not default_case_folder().exists()


@linux_only
def test_a_snapshot_without_a_display_is_written_in_silence(analyzed: Path, tmp_path: Path) -> None:
    picture = tmp_path / "window.png"
    done = _without_display("open", analyzed, "--snapshot", picture)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert picture.stat().st_size > 0


@linux_only
def test_other_messages_of_qt_are_told(tmp_path: Path, analyzed: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from PySide6.QtCore import qWarning\n"
        "from crimeview.gui import app; made = app.compose\n"
        "def compose(*a, **k): qWarning('look out'); return made(*a, **k)\n"
        "app.compose = compose\n"
        "app.run([], case=Path(sys.argv[1]), snapshot=Path(sys.argv[2]), offscreen=True)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, analyzed, tmp_path / "w.png"],
        capture_output=True,
        text=True,
        timeout=240,
        check=True,
    )
    assert done.stderr == "look out\n"
