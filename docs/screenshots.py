"""Renders the pictures of the documentation again, from the program's own demonstration.

Usage: python docs/screenshots.py [DEMONSTRATION.mp4]

Renders the demonstration into demo/ if it is not given and not there yet, which takes minutes.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest

from crimeview.gui.app import application, compose
from crimeview.gui.pages.review.page import ReviewPage
from crimeview.gui.settings import Preferences
from crimeview.gui.snapshot import SIZE
from crimeview.gui.widgets.notice import Notice
from crimeview.gui.window import Window
from crimeview.gui.workspace import Scope
from crimeview.jobs.demonstrate import render_demonstration
from crimeview.jobs.models import default_models
from crimeview.rendering.demonstration import demonstration
from crimeview.store.case import open_case

_DOCS = Path(__file__).resolve().parent
_IMAGES = _DOCS / "images"
# Of two cameras that see the same, one of them a little later; the first has a gap.
_FILES = (
    "gate_20240517_164132",
    "gate_20240517_164332",
    "gate_20240517_164700",
    "street_20240517_164127",
)
_SHARE = 0.6  # how far the analysis is in the picture of it


def main(arguments: list[str]) -> None:
    recording = Path(arguments[0]) if arguments else _demonstration()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # The language is the documentation's, whatever the desktop's.
        settings = folder / "settings.json"
        settings.write_text('{"language": "en"}', encoding="utf-8")
        window = compose(
            application(offscreen=True),
            open_case(folder / "case"),
            preferences=Preferences(settings),
            find_models=default_models,
        )
        window.resize(*SIZE)
        window.show()
        window.begin([])
        _settle(window)
        _save(window, "empty")
        window.begin([recording])
        _until_share(window, _SHARE)
        _save(window, "analyzing")
        _settle(window)
        window.show_highest_peak(Scope.CASE)
        _settle(window)
        _save(window, "result")
        window.close()
        _picture_guide(recording, folder)


def _picture_guide(recording: Path, folder: Path) -> None:
    """The pictures of the guide, from copies of the demonstration as files of two cameras."""
    cameras = folder / "cameras"
    cameras.mkdir()
    files = [cameras / f"{name}.mp4" for name in _FILES]
    for file in files:
        shutil.copy(recording, file)
    window = compose(
        application(offscreen=True),
        open_case(folder / "cameras.case"),
        preferences=Preferences(folder / "settings.json"),
        find_models=default_models,
    )
    window.resize(*SIZE)
    window.show()
    window.begin([cameras])
    _settle(window)
    workspace = window.parts.workspace
    gate = next(r for r in workspace.recordings if r.path == files[0])
    street = next(r for r in workspace.recordings if r.path == files[-1])
    workspace.select_recording(gate.id)
    window.show_highest_peak(Scope.RECORDING)
    _settle(window)
    for command, name in (("rule", "rule"), ("why", "why")):
        window.commands[command].trigger()
        _settle(window)
        _save(window, name)
        window.commands[command].trigger()
    window.parts.truth.load(_truth(folder, files[0]))
    for command in ("show-wall-clock", "show-caption"):
        window.commands[command].trigger()
    _settle(window)
    for notice in window.findChildren(Notice):
        notice.hide()
    _settle(window)
    _save(window, "timeline")
    page = window.pages[0]
    assert isinstance(page, ReviewPage), "the first page"
    page.companions.toggle(street.id)
    _settle(window)
    _save(window, "side-by-side")
    window.close()


def _truth(folder: Path, file: Path) -> Path:
    """The demonstration's incidents, as the annotations of a recording."""
    table = folder / "truth.csv"
    lines = [f"{file.name},{i.start},{i.end},{i.kind}" for i in demonstration().incidents]
    table.write_text("\n".join(["name,start,end,label", *lines]) + "\n", encoding="utf-8")
    return table


def _demonstration() -> Path:
    path = _DOCS.parent / "demo" / "demonstration.mp4"
    for step in render_demonstration(path):
        print(f"\r{step.message} {100 * (step.fraction or 0):.0f} %", end="", file=sys.stderr)
    return path


def _until_share(window: Window, share: float) -> None:
    """Wait with `qWait`, which keeps Python's other threads waiting too.

    So the analysis of two minutes takes its time, and looks like one of hours does.
    """
    workspace = window.parts.workspace
    while True:
        QTest.qWait(20)
        recording = workspace.recording
        if recording is None or recording.recording is None:
            continue
        if recording.analyzed >= share * recording.recording.duration:
            return


def _settle(window: Window) -> None:
    still = 0
    while still < 5:
        _pass_time(50)
        still = still + 1 if window.settled else 0


def _pass_time(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _save(window: Window, name: str) -> None:
    _IMAGES.mkdir(exist_ok=True)
    window.grab().save(str(_IMAGES / f"{name}.png"))


if __name__ == "__main__":
    main(sys.argv[1:])
