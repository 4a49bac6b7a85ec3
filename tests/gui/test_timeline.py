"""One camera's consecutive files, in a real window."""

import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from crimeview.core.wall_clock import WallClockSource
from crimeview.gui.widgets.camera_strip import CameraStrip
from crimeview.gui.widgets.clock_dialog import ClockDialog
from crimeview.gui.widgets.film_row import FilmRow
from crimeview.gui.widgets.legend_key import LegendKey
from crimeview.gui.widgets.notice import Notice
from crimeview.gui.widgets.overview import Overview
from crimeview.gui.widgets.score_curve import ScoreCurve
from crimeview.gui.widgets.transport import Transport
from crimeview.jobs.analyze import AnalyzeSettings, analyze
from crimeview.jobs.models import ModelPair
from crimeview.jobs.recording_clocks import clocked
from crimeview.store.case import open_case
from tests.gui.conftest import OpenWindow
from tests.gui.driven import Driven

CTRL = Qt.KeyboardModifier.ControlModifier
NAMES = ("gate_20240517_100000", "gate_20240517_100030", "gate_20240517_100200")


@pytest.fixture(scope="session")
def camera_case(
    tmp_path_factory: pytest.TempPathFactory, recording: Path, models: ModelPair
) -> Path:
    """Three files of 30 s of one camera: the second follows at once, the third after a minute."""
    folder = tmp_path_factory.mktemp("cameras")
    files = [folder / f"{name}.mp4" for name in NAMES]
    for file in files:
        shutil.copy(recording, file)
    with open_case(folder / "case") as case:
        how = AnalyzeSettings(novelty=False)
        for _ in analyze(files, case=case, models=models, settings=how):
            pass
    return folder / "case"


@pytest.fixture
def driven(open_window: OpenWindow, camera_case: Path, tmp_path: Path) -> Driven:
    shutil.copytree(camera_case, tmp_path / "case")
    made = open_window()
    made.window.resize(1280, 900)
    made.settle()
    return made


def _strip(driven: Driven) -> CameraStrip:
    return driven.window.findChild(CameraStrip)


def _at(driven: Driven, seconds: float) -> QPoint:
    strip = _strip(driven)
    return QPoint(round(seconds / 150 * strip.width()), strip.height() - 5)


def _name(driven: Driven) -> str:
    return driven.workspace.recording.path.stem


def test_the_files_lie_on_one_timeline(driven: Driven) -> None:
    timeline = driven.window.parts.timeline
    assert [piece.start for piece in timeline.timeline.pieces] == [0.0, 30.0, 120.0]
    assert timeline.timeline.gaps == [(60.0, 120.0)]
    assert timeline.camera == "gate"
    assert _strip(driven).isVisible()


def test_a_click_goes_to_the_moment_in_its_recording(driven: Driven) -> None:
    QTest.mouseClick(_strip(driven), Qt.MouseButton.LeftButton, pos=_at(driven, 135.0))
    driven.settle()
    assert _name(driven) == NAMES[2]
    assert driven.workspace.playhead.position == pytest.approx(15.0, abs=0.3)
    assert driven.number_on_screen() == pytest.approx(150, abs=3)
    QTest.mouseClick(_strip(driven), Qt.MouseButton.LeftButton, pos=_at(driven, 70.0))
    driven.settle()
    assert _name(driven) == NAMES[1], "in a gap, what is nearest"


def test_a_drag_within_the_recording_shows_each_moment(driven: Driven) -> None:
    strip, left = _strip(driven), Qt.MouseButton.LeftButton
    QTest.mousePress(strip, left, pos=_at(driven, 5.0))
    QTest.mouseMove(strip, _at(driven, 20.0))
    assert driven.workspace.playhead.position == pytest.approx(20.0, abs=0.3)
    QTest.mouseMove(strip, _at(driven, 45.0))
    assert _name(driven) == NAMES[0], "another recording is not opened before it is let go"
    QTest.mouseRelease(strip, left, pos=_at(driven, 45.0))
    driven.settle()
    assert _name(driven) == NAMES[1]
    assert driven.number_on_screen() == pytest.approx(150, abs=3)


def test_playing_goes_on_in_the_file_that_follows_and_stops_at_a_gap(driven: Driven) -> None:
    playhead = driven.workspace.playhead
    playhead.seek(29.5)
    driven.settle()
    playhead.set_speed(4.0)
    playhead.play()
    driven.wait(lambda: _name(driven) == NAMES[1])
    driven.wait(lambda: playhead.position > 0.5)
    assert playhead.playing
    playhead.seek(29.0)
    driven.wait(lambda: not playhead.playing)
    assert _name(driven) == NAMES[1]


def test_the_axis_and_the_transport_tell_the_camera_s_time(driven: Driven) -> None:
    driven.workspace.playhead.seek(12.0)
    assert driven.window.parts.timeline.wall_text(12.0) == "2024-05-17 10:00:12"
    texts = [label.text() for label in driven.window.findChildren(QLabel)]
    assert "10:00:12" in texts
    transport = driven.window.findChild(Transport)
    assert transport._told().startswith("2024-05-17 10:00:12\n")
    assert "file's name" in transport._told()
    driven.window.commands["show-wall-clock"].trigger()
    driven.settle()
    axis = driven.window.findChild(ScoreCurve).plotItem.getAxis("bottom")
    driven.window.grab()
    axis.tickValues(0, 30, 500)
    assert "10:00:10" in axis.tickStrings([], 1, 1)


def test_the_camera_and_the_zone_are_changed_for_all_its_files(driven: Driven) -> None:
    driven.window.commands["edit-clock"].trigger()
    dialog = driven.window.findChild(ClockDialog)
    assert any("file's name" in label.text() for label in dialog.findChildren(QLabel))
    dialog.zone.setCurrentText("Nowhere/City")
    dialog.accept()
    assert dialog.isVisible(), "a zone that does not exist is not taken"
    dialog.zone.setCurrentText("Asia/Seoul")
    dialog.offset.setValue(60.0)
    dialog.everywhere.setChecked(True)
    dialog.accept()
    driven.settle()
    clocks = driven.workspace.case.times.clocks()
    assert {known.clock.zone for known in clocks.values()} == {"Asia/Seoul"}
    assert {known.clock.offset for known in clocks.values()} == {60.0}
    assert {known.clock.source for known in clocks.values()} == {WallClockSource.FILE_NAME}
    text = driven.window.parts.timeline.wall_text(0.0)
    assert text == "2024-05-17 10:01:00 Asia/Seoul"


def _seen(driven: Driven) -> object:
    """What the window shows of clocks, rules by name and ground truth, and what is stored."""
    case, parts = driven.workspace.case, driven.window.parts
    shown = parts.timeline.clocks, parts.timeline.timeline, parts.presets.presets
    return (*shown, list(parts.truth.events), case.times.clocks(), case.times.truths())


def _message(driven: Driven) -> str:
    notice = driven.window.findChild(Notice)
    return notice.findChildren(QLabel)[1].text() if notice.isVisible() else ""


def _press(driven: Driven, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    driven.window.activateWindow()  # a dialog was over it
    assert QTest.qWaitForWindowActive(driven.window, 60_000)
    driven.press(key, modifier)
    driven.settle()


def _change_clocks(driven: Driven) -> None:
    driven.window.commands["edit-clock"].trigger()
    dialog = driven.window.findChild(ClockDialog)
    dialog.camera.setText("harbor")
    dialog.zone.setCurrentText("Asia/Seoul")
    dialog.everywhere.setChecked(True)
    dialog.accept()
    driven.settle()


def test_camera_and_time_of_all_its_files_are_undone_and_made_again(driven: Driven) -> None:
    before = _seen(driven)
    _change_clocks(driven)
    after = _seen(driven)
    assert after != before
    assert driven.window.commands["undo"].text().endswith("Camera and time")
    _press(driven, Qt.Key.Key_Z, CTRL)
    assert _seen(driven) == before
    assert _message(driven) == "Undid: camera and time of 3 recordings"
    _press(driven, Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert _seen(driven) == after
    assert _message(driven) == "Made again: camera and time of 3 recordings"
    folder = driven.workspace.case.folder
    driven.open_case(folder.parent / "other")
    driven.open_case(folder)
    driven.wait(lambda: driven.window.commands["undo"].isEnabled())
    _press(driven, Qt.Key.Key_Z, CTRL)
    assert _seen(driven) == before


def test_a_clock_that_another_window_changed_since_stays(driven: Driven) -> None:
    _change_clocks(driven)
    case = driven.workspace.case
    known = case.times.clocks()[1]
    theirs = replace(known, camera="theirs")
    edit = clocked(case.times.clocks(), {1: theirs})
    assert edit is not None
    with open_case(case.folder) as window:
        window.edits.make(edit, reviewer="lee")
    _press(driven, Qt.Key.Key_Z, CTRL)
    assert "cannot be taken back" in _message(driven)
    assert case.times.clocks()[1] == theirs
    assert driven.window.parts.timeline.clocks[1] == theirs, "it is shown as it is"


def test_a_time_given_by_hand_moves_the_file(driven: Driven) -> None:
    driven.window.commands["edit-clock"].trigger()
    dialog = driven.window.findChild(ClockDialog)
    dialog.start.setDateTime(datetime(2024, 5, 17, 9, 0, 0))  # noqa: DTZ001
    dialog.accept()
    driven.settle()
    known = driven.window.parts.timeline.clock
    assert known.clock.source is WallClockSource.GIVEN
    assert driven.window.parts.timeline.timeline.pieces[1].start == 3630.0


def test_pictures_lie_along_the_visible_span(driven: Driven) -> None:
    film = driven.window.findChild(FilmRow)
    assert film.shown >= 4
    before = film.grab().toImage()
    for _ in range(3):
        driven.window.commands["zoom-in"].trigger()
    driven.settle()
    assert film.grab().toImage() != before
    QTest.mouseClick(film, Qt.MouseButton.LeftButton, pos=QPoint(3, 10))
    start = driven.window.findChild(ScoreCurve).time_scale.start
    assert driven.workspace.playhead.position == pytest.approx(start, abs=0.5)
    driven.window.commands["show-film"].trigger()
    assert not film.isVisible()


def test_pointing_at_a_moment_tells_its_time_and_score(driven: Driven) -> None:
    peak = driven.workspace.listed[0].segment
    text = driven.window.pages[0]._caption_at(peak.peak_time)
    assert f"score {peak.peak:.2f}" in text
    assert "2024-05-17 10:00:2" in text
    overview = driven.window.findChild(Overview)
    place = QPointF(peak.peak_time / 30 * overview.width(), 10)
    move = QMouseEvent(
        QEvent.Type.MouseMove,
        place,
        QPointF(overview.mapToGlobal(place.toPoint())),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(overview, move)


def _truth_key(driven: Driven) -> LegendKey:
    return next(
        key
        for key in driven.window.findChildren(LegendKey)
        if key.findChildren(QLabel)[0].text() == "Ground truth"
    )


def test_annotations_that_are_dropped_are_shaded(driven: Driven, tmp_path: Path) -> None:
    assert not _truth_key(driven).isVisible()
    file = tmp_path / "truth.txt"
    file.write_text(f"{NAMES[0]}.mp4 Fight 201 240 -1 -1\n")
    before = driven.window.findChild(ScoreCurve).grab().toImage()
    driven.drop(file)
    driven.settle()
    driven.wait(lambda: bool(driven.window.parts.truth.events))
    driven.settle()
    assert driven.window.findChild(ScoreCurve).grab().toImage() != before
    driven.workspace.playhead.seek(21.0)
    assert _truth_key(driven).isVisible()
    assert _truth_key(driven).findChildren(QLabel)[1].text() == "Fight"
    driven.workspace.playhead.seek(5.0)
    assert _truth_key(driven).findChildren(QLabel)[1].text() == ""
    case = driven.workspace.case
    truth = case.times.truth(driven.workspace.recording.id)
    assert [(t.start, t.end) for t in truth] == [(20.0, 24.0)]


def test_ground_truth_is_taken_away_and_both_are_undone(driven: Driven, tmp_path: Path) -> None:
    nothing = _seen(driven)
    file = tmp_path / "truth.txt"
    file.write_text(f"{NAMES[0]}.mp4 Fight 201 240 -1 -1\n{NAMES[1]}.mp4 Fall 1 20 -1 -1\n")
    driven.drop(file)
    driven.settle()
    driven.wait(lambda: bool(driven.window.parts.truth.events))
    loaded = _seen(driven)
    driven.window.commands["take-truth-away"].trigger()
    driven.settle()
    assert "Recordings that had some: 2." in _message(driven)
    assert _seen(driven) == nothing
    _press(driven, Qt.Key.Key_Z, CTRL)
    assert _seen(driven) == loaded
    assert _message(driven) == "Undid: ground truth of 2 recordings"
    _press(driven, Qt.Key.Key_Z, CTRL)
    assert _seen(driven) == nothing
    _press(driven, Qt.Key.Key_Y, CTRL)
    assert _seen(driven) == loaded
    _press(driven, Qt.Key.Key_Y, CTRL)
    assert _seen(driven) == nothing
    driven.window.commands["take-truth-away"].trigger()
    driven.settle()
    assert "no ground truth that could be taken away" in _message(driven)


def test_annotations_of_other_recordings_are_told(driven: Driven, tmp_path: Path) -> None:
    said: list[str] = []
    driven.workspace.noticed.connect(said.append)
    file = tmp_path / "truth.txt"
    file.write_text("elsewhere.mp4 Fight 201 240 -1 -1\n")
    driven.drop(file)
    driven.wait(lambda: bool(said))
    assert "lists none of the recordings" in said[0]


def test_a_recording_alone_needs_no_timeline(reviewing: Driven) -> None:
    assert not _strip(reviewing).isVisible()
