"""Recordings side by side, in sync by their cameras' clocks."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget

from crimeview.gui.companions import MOST, Companion, Companions
from crimeview.gui.widgets.companion_panel import CompanionPanel
from crimeview.gui.widgets.companion_view import CompanionView
from crimeview.gui.widgets.video_view import VideoView
from tests.gui.conftest import OpenWindow
from tests.gui.driven import Driven, pixels
from tests.gui.recordings import shown_number

NAMES = ("a_20240517_100000", "b_20240517_100010", "c_20240517_095950", "d_20240517_120000", "e")


@pytest.fixture
def driven(open_window: OpenWindow, recording: Path, tmp_path: Path) -> Driven:
    """Five recordings of 30 s: b begins 10 s after a, c 10 s before, d hours later, e who knows."""
    folder = tmp_path / "cameras"
    folder.mkdir()
    for name in NAMES:
        shutil.copy(recording, folder / f"{name}.mp4")
    made = open_window(analyze_on_opening=False)
    made.window.resize(1280, 900)
    made.drop(folder)
    made.wait(lambda: len(made.workspace.recordings) == len(NAMES))
    made.settle()
    made.workspace.select_first()
    made.settle()
    return made


def _companions(driven: Driven) -> Companions:
    return driven.window.pages[0].companions


def _show(driven: Driven, *names: str) -> list[Companion]:
    for name in names:
        (number,) = (r.id for r in driven.workspace.recordings if r.path.stem[0] == name)
        _companions(driven).toggle(number)
    driven.settle()
    return _companions(driven).companions


def _number(driven: Driven, place: int) -> int:
    """The number of the frame on a companion's screen."""
    view = driven.window.findChildren(CompanionView)[place].findChild(VideoView)
    return shown_number(pixels(view.grab(view.picture_rectangle().toRect()).toImage()))


def test_each_shows_the_same_moment(driven: Driven) -> None:
    _show(driven, "b", "c")
    for seconds in (12.0, 17.3, 10.05):
        driven.workspace.playhead.seek(seconds)
        driven.settle()
        assert driven.number_on_screen() == int(seconds * 10)
        assert _number(driven, 0) == int((seconds - 10) * 10 + 1e-6)
        assert _number(driven, 1) == int((seconds + 10) * 10 + 1e-6)
    driven.press(Qt.Key.Key_Right)
    driven.settle()
    assert driven.number_on_screen() == 101
    assert (_number(driven, 0), _number(driven, 1)) == (1, 201)


def test_what_was_not_recording_then_says_so(driven: Driven) -> None:
    (late,) = _show(driven, "b")
    driven.workspace.playhead.seek(5.0)
    driven.settle()
    assert late.outside
    driven.workspace.playhead.seek(15.0)
    driven.settle()
    assert not late.outside


def test_they_play_together(driven: Driven) -> None:
    first, second = _show(driven, "b", "c")
    playhead = driven.workspace.playhead
    playhead.seek(11.0)
    driven.settle()
    playhead.set_speed(2.0)
    playhead.play()
    driven.wait(lambda: playhead.position > 13.0)
    assert first.playhead.position == pytest.approx(playhead.position - 10, abs=0.5)
    assert second.playhead.position == pytest.approx(playhead.position + 10, abs=0.5)
    assert first.playhead.playing
    playhead.pause()
    driven.settle()
    assert first.playhead.position == pytest.approx(playhead.position - 10, abs=1e-3)
    assert not second.playhead.playing


def test_one_that_comes_into_its_time_starts_to_play(driven: Driven) -> None:
    (late,) = _show(driven, "b")
    playhead = driven.workspace.playhead
    playhead.seek(9.5)
    driven.settle()
    playhead.set_speed(2.0)
    playhead.play()
    driven.wait(lambda: late.playhead.position > 0.8)
    assert late.playhead.position == pytest.approx(playhead.position - 10, abs=0.5)
    playhead.pause()


def test_clocks_that_are_not_known_begin_together(driven: Driven) -> None:
    (unknown,) = _show(driven, "e")
    assert not unknown.synchronous
    driven.workspace.playhead.seek(7.0)
    driven.settle()
    assert unknown.playhead.position == pytest.approx(7.0, abs=1e-3)


def test_a_click_on_a_companion_plays_all(driven: Driven) -> None:
    _show(driven, "c")
    view = driven.window.findChild(CompanionView).findChild(VideoView)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.rect().center())
    assert driven.workspace.playhead.playing
    driven.workspace.playhead.pause()


def test_they_are_chosen_by_keyboard_three_at_most(driven: Driven) -> None:
    driven.press(Qt.Key.Key_B)
    panel = driven.window.findChild(CompanionPanel)
    listed = panel.findChild(QListWidget)
    texts = [listed.item(row).text() for row in range(listed.count())]
    assert [text.endswith("(same time)") for text in texts] == [True, True, False, False]
    for _ in range(MOST):
        QTest.keyClick(listed, Qt.Key.Key_Space)
        QTest.keyClick(listed, Qt.Key.Key_Down)
    driven.settle()
    assert len(_companions(driven).companions) == MOST
    assert not listed.item(3).flags() & Qt.ItemFlag.ItemIsEnabled, "there is no room for more"
    assert len(driven.window.findChildren(CompanionView)) == 3
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_the_selected_recording_is_no_companion_of_itself(driven: Driven) -> None:
    _show(driven, "b", "c")
    chosen = _companions(driven).companions[0].recording.id
    driven.workspace.select_recording(chosen)
    driven.settle()
    (left,) = _companions(driven).companions
    assert left.recording.path.stem[0] == "c"
    assert left.offset == 20.0
    driven.workspace.select_recording(None)
    assert _companions(driven).companions == []
