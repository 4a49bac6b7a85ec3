"""Renders the pictures of the documentation again, from the program's own demonstration.

Usage: PYTHONPATH=. python docs/screenshots.py [DEMONSTRATION.mp4]

Renders the demonstration into demo/ if it is not given and not there yet, which takes minutes.
"""

import shutil
import sys
from pathlib import Path

from pictures import at_home, save, settle
from PySide6.QtTest import QTest

from benchmarks.recordings import repeat
from crimeview.gui.app import application, compose
from crimeview.gui.pages.review.page import ReviewPage
from crimeview.gui.settings import Preferences
from crimeview.gui.snapshot import SIZE
from crimeview.gui.window import Window
from crimeview.gui.workspace import Scope
from crimeview.jobs.demonstrate import render_demonstration
from crimeview.jobs.models import default_models
from crimeview.rendering.demonstration import demonstration
from crimeview.store.case import open_case

_DOCS = Path(__file__).resolve().parent
# Of two cameras that see the same, one of them a little later; the first has a gap.
_FILES = (
    "gate_20240517_164132",
    "gate_20240517_164332",
    "gate_20240517_164700",
    "street_20240517_164127",
)
_LONG = 600.0  # s of the recording in which alarms are expected
_SHARE = 0.6  # how far the analysis is in the picture of it


def main(arguments: list[str]) -> None:
    recording = Path(arguments[0]) if arguments else demonstration_file()
    with at_home() as home:
        recording = taken_home(recording, home)
        # The language is the documentation's, whatever the desktop's.
        settings = home / "settings.json"
        settings.write_text('{"language": "en"}', encoding="utf-8")
        window = _opened(home, "night", [])
        save(window, "empty")
        window.begin([recording])
        _until_share(window, _SHARE)
        save(window, "analyzing")
        settle(window)
        window.show_highest_peak(Scope.CASE)
        settle(window)
        save(window, "result")
        window.close()
        _picture_guide(recording, home)
        _picture_rule(recording, home)


def _picture_guide(recording: Path, home: Path) -> None:
    """The pictures of the guide, from copies of the demonstration as files of two cameras."""
    cameras = home / "Videos" / "cameras"
    cameras.mkdir()
    files = [cameras / f"{name}.mp4" for name in _FILES]
    for file in files:
        shutil.copy(recording, file)
    window = _opened(home, "cameras", [cameras])
    workspace = window.parts.workspace
    gate = next(r for r in workspace.recordings if r.path == files[0])
    street = next(r for r in workspace.recordings if r.path == files[-1])
    workspace.select_recording(gate.id)
    window.show_highest_peak(Scope.RECORDING)
    settle(window)
    _with_panel(window, "why")
    window.parts.truth.load(_truth(home, files[0]))
    for command in ("show-wall-clock", "show-caption"):
        window.commands[command].trigger()
    settle(window)
    save(window, "timeline")
    page = window.pages[0]
    assert isinstance(page, ReviewPage), "the first page"
    page.companions.toggle(street.id)
    settle(window)
    save(window, "side-by-side")
    window.close()


def _picture_rule(recording: Path, home: Path) -> None:
    """What is to be expected is known of a recording of some minutes: the demonstration, again."""
    long = home / "Videos" / "gate_20240517_220000.mp4"
    repeat(recording, long, seconds=_LONG)
    window = _opened(home, "rule", [long])
    window.show_highest_peak(Scope.CASE)
    settle(window)
    _with_panel(window, "rule")
    window.close()


def _opened(home: Path, case: str, paths: list[Path]) -> Window:
    window = compose(
        application(offscreen=False),
        open_case(home / "Cases" / case),
        preferences=Preferences(home / "settings.json"),
        find_models=default_models,
    )
    window.resize(*SIZE)
    window.show()
    window.begin(paths)
    settle(window)
    return window


def _with_panel(window: Window, command: str) -> None:
    window.commands[command].trigger()
    settle(window)
    save(window, command)
    window.commands[command].trigger()


def _truth(folder: Path, file: Path) -> Path:
    """The demonstration's incidents, as the annotations of a recording."""
    table = folder / "truth.csv"
    lines = [f"{file.name},{i.start},{i.end},{i.kind}" for i in demonstration().incidents]
    table.write_text("\n".join(["name,start,end,label", *lines]) + "\n", encoding="utf-8")
    return table


def taken_home(recording: Path, home: Path) -> Path:
    """A copy where a person has it, as the pictures show."""
    taken = home / "Videos" / "demonstration.mp4"
    taken.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(recording, taken)
    return taken


def demonstration_file() -> Path:
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


if __name__ == "__main__":
    main(sys.argv[1:])
