from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from crimeview.gui import thumbnails as module
from crimeview.gui.tasks import Tasks
from crimeview.gui.thumbnails import Thumbnails


def _no_preview(_path: Path, _seconds: float) -> None:
    return None


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that were loaded, in order."""
    seen: list[float] = []
    load = module._load

    def noting(path: Path, seconds: float) -> object:
        seen.append(seconds)
        return load(path, seconds)

    monkeypatch.setattr(module, "_load", noting)
    return seen


def test_each_picture_is_loaded_once_however_often_it_is_painted(
    qtbot: QtBot, tasks: Tasks, recording: Path, loads: list[float]
) -> None:
    thumbnails = Thumbnails(tasks, preview_of=_no_preview)

    def paint() -> None:
        for seconds in (1.0, 9.0, 22.0):
            thumbnails.get(recording, seconds)

    thumbnails.loaded.connect(paint)
    paint()
    paint()
    qtbot.waitUntil(lambda: not thumbnails.busy)
    assert sorted(loads) == [1.0, 9.0, 22.0]
    picture = thumbnails.get(recording, 9.0)
    assert picture is not None
    assert picture.height() == module.HEIGHT


def test_what_is_on_the_screen_now_comes_before_what_was_scrolled_past(
    qtbot: QtBot, tasks: Tasks, recording: Path, loads: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_WANTED", 5)
    thumbnails = Thumbnails(tasks, preview_of=_no_preview)
    for number in range(20):
        thumbnails.get(recording, float(number))
    qtbot.waitUntil(lambda: not thumbnails.busy)
    assert loads == [0.0, 19.0, 18.0, 17.0, 16.0, 15.0]


def test_a_file_without_pictures_gets_an_empty_one(
    qtbot: QtBot, tasks: Tasks, tmp_path: Path
) -> None:
    thumbnails = Thumbnails(tasks, preview_of=_no_preview)
    thumbnails.get(tmp_path / "gone.mp4", 0.0)
    qtbot.waitUntil(lambda: not thumbnails.busy)
    picture = thumbnails.get(tmp_path / "gone.mp4", 0.0)
    assert picture is not None
    assert picture.isNull()
