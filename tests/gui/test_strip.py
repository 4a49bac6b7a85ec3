"""Small pictures of the moment: while the frame is on its way, and under the pointer."""

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from crimeview.gui.player import Player
from crimeview.gui.playhead import Playhead
from crimeview.gui.preview import Preview
from crimeview.gui.strip import Strip
from crimeview.gui.tasks import Tasks
from crimeview.gui.widgets.hover_preview import HoverPreview
from crimeview.gui.widgets.overview import Overview
from crimeview.gui.widgets.score_curve import ScoreCurve
from crimeview.jobs.strip import StripExtraction
from crimeview.store.case import Case
from crimeview.video.frames import FrameReader, GivenUpError
from crimeview.video.source import opened
from tests.gui.conftest import OpenWindow
from tests.gui.driven import Driven, pass_time, pixels
from tests.gui.recordings import RATE, shown_number
from tests.video.recordings import read_number, steady, write_recording

DURATION = 30.0


def _fill_strip(case: Case, recording_id: int) -> None:
    """As far as the analysis has not done so."""
    found = case.recording(recording_id)
    assert found.fingerprint is not None
    with opened(found.path) as source:
        writer = case.strips.writer(found.fingerprint.sha256)
        strip = StripExtraction(source.recording, writer=writer)
        with closing(source.clips_together([(strip.spec, strip.cursor)])) as clips:
            for _, clip in clips:
                strip.add(clip)
        strip.store()


@pytest.fixture
def scrubbing(reviewing: Driven) -> Driven:
    """A window on a recording that has a strip."""
    _fill_strip(reviewing.workspace.case, reviewing.workspace.recordings[0].id)
    pass_time(50)  # the window may still be finding its size
    return reviewing


def test_a_sought_moment_has_its_preview_at_once_and_then_its_frame(scrubbing: Driven) -> None:
    for seconds in (12.5, 28.25, 3.75):
        scrubbing.workspace.playhead.seek(seconds)
        assert scrubbing.view.shows_preview
        assert scrubbing.number_on_screen() == int(seconds) * RATE
        scrubbing.settle()
        assert not scrubbing.view.shows_preview
        assert scrubbing.number_on_screen() == int(seconds * RATE)


def test_a_preview_is_marked_and_lies_where_the_frame_does(scrubbing: Driven) -> None:
    view = scrubbing.view
    area = view.picture_rectangle()
    before = pixels(view.grab().toImage())
    scrubbing.workspace.playhead.seek(12.5)
    assert view.picture_rectangle() == area
    preview = pixels(view.grab().toImage()).astype(int)
    scrubbing.settle()
    exact = pixels(view.grab().toImage()).astype(int)
    top, right = int(area.top()), int(area.right())
    corner = slice(top, top + 40), slice(right - 80, right)
    assert abs(preview - exact)[corner].max() > 100
    assert abs(exact - before)[corner].max() < 20
    below = slice(top + 60, int(area.bottom())), slice(int(area.left()), right)
    assert abs(preview - exact)[below].mean() < 8


def test_the_frame_on_the_screen_gives_way_to_no_preview(scrubbing: Driven) -> None:
    scrubbing.workspace.playhead.seek(12.5)
    scrubbing.settle()
    scrubbing.workspace.playhead.seek(12.55)
    assert not scrubbing.view.shows_preview


def test_choosing_a_recording_shows_its_first_picture_at_once(
    scrubbing: Driven, long_recording: Path
) -> None:
    workspace = scrubbing.workspace
    first = workspace.recordings[0].id
    workspace.select_recording(None)
    assert not scrubbing.view.shows_preview
    workspace.select_recording(first)
    assert scrubbing.view.shows_preview
    assert scrubbing.number_on_screen() == 0
    scrubbing.settle()
    assert not scrubbing.view.shows_preview


def test_what_is_not_analyzed_yet_has_no_preview(scrubbing: Driven, long_recording: Path) -> None:
    workspace = scrubbing.workspace
    case, recording = workspace.case, workspace.recordings[0]
    assert recording.fingerprint is not None
    strip = Strip(workspace)
    assert strip.picture(29.0) is not None
    other = case.add_recording(long_recording)
    assert strip.picture_of(long_recording, 1.0) is None
    with opened(long_recording) as source:
        case.describe(other, source.recording)
    case.set_fingerprint(other, recording.fingerprint)  # a copy, as far as the case knows
    workspace.access.refresh()
    scrubbing.settle()
    assert strip.picture_of(long_recording, 29.5) is not None
    assert strip.picture_of(long_recording, 40.0) is not None  # near enough
    assert strip.picture_of(long_recording, 60.0) is None


# The player by itself


@pytest.fixture
def playhead(tasks: Tasks) -> Playhead:
    return Playhead()


def _preview(seconds: float) -> Preview:
    image = QImage(16, 9, QImage.Format.Format_RGB32)
    image.fill(QColor("gray"))
    return Preview(time=float(int(seconds)), image=image)


@pytest.fixture
def player(qtbot: QtBot, tasks: Tasks, playhead: Playhead, tmp_path: Path) -> Iterator[Player]:
    """Of 40 s with a single keyframe, so that a frame is long in coming."""
    write_recording(tmp_path / "a.mp4", steady(1000), options={"g": "999", "sc_threshold": "0"})
    made = Player(tasks, playhead, preview_at=_preview)
    made.open(tmp_path / "a.mp4")
    assert made.preview is not None
    qtbot.waitUntil(lambda: not made.busy)
    yield made
    made.close()


def test_nothing_of_another_time_is_shown_unmarked(
    qtbot: QtBot, player: Player, playhead: Playhead
) -> None:
    wrong: list[float] = []

    def look() -> None:
        frame = player.frame if player.preview is None else None
        if frame is not None and not frame.time <= playhead.position < frame.end:
            wrong.append(playhead.position)

    player.shown.connect(look)
    for number in range(120):
        playhead.seek(number * 37 % 40 + 0.5)
        QApplication.processEvents()
        if number % 10 == 0:
            qtbot.wait(20)
    qtbot.waitUntil(lambda: not player.busy)
    assert not wrong
    assert player.frame is not None
    assert read_number(player.frame.picture) == round(playhead.position * 25 - 0.5)
    player.shown.disconnect(look)


def test_a_frame_that_is_no_longer_wanted_is_given_up(
    qtbot: QtBot, player: Player, playhead: Playhead, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_up: list[float] = []
    begun, replaced = threading.Event(), threading.Event()
    at = FrameReader.at

    def noting(self: FrameReader, seconds: float, **options: object) -> object:
        begun.set()
        replaced.wait(60)  # it is not over before it is no longer wanted
        try:
            return at(self, seconds, **options)  # type: ignore[arg-type]
        except GivenUpError:
            given_up.append(seconds)
            raise

    monkeypatch.setattr(FrameReader, "at", noting)
    playhead.seek(39.5)
    assert begun.wait(60)
    playhead.seek(39.0)  # replaces it while it is under way
    playhead.seek(5.0)
    replaced.set()
    qtbot.waitUntil(lambda: not player.busy)
    assert given_up[:1] == [39.5]
    assert player.frame is not None
    assert read_number(player.frame.picture) == 125


def test_a_step_goes_from_the_frame_sought_not_from_the_preview(
    qtbot: QtBot, player: Player, playhead: Playhead
) -> None:
    playhead.seek(20.5)
    assert player.preview is not None
    playhead.step(2)
    playhead.step(-1)
    qtbot.waitUntil(lambda: not player.busy)
    assert player.frame is not None
    assert read_number(player.frame.picture) == 20.5 * 25 // 1 + 1
    assert playhead.position == pytest.approx(player.frame.time)


def test_what_is_decoded_already_comes_without_a_preview(
    qtbot: QtBot, player: Player, playhead: Playhead
) -> None:
    playhead.seek(20.0)
    qtbot.waitUntil(lambda: not player.busy)
    for seconds in (19.9, 19.7, 20.0, 20.05, 20.1):
        playhead.seek(seconds)
        assert player.preview is None
        qtbot.waitUntil(lambda: not player.busy)
        assert player.frame is not None
        assert read_number(player.frame.picture) == int(seconds * 25 + 1e-6)


def test_the_preview_is_whatever_is_nearest_in_time(
    qtbot: QtBot, player: Player, playhead: Playhead
) -> None:
    playhead.seek(20.6)
    qtbot.waitUntil(lambda: not player.busy)
    playhead.seek(20.95)  # 0.35 s from the frame on the screen, 0.95 s from the small picture
    assert player.preview is not None
    assert player.preview.time == pytest.approx(20.6)
    playhead.seek(21.5)
    assert player.preview.time == 21.0
    qtbot.waitUntil(lambda: not player.busy)
    assert player.frame is not None
    assert read_number(player.frame.picture) == int(21.5 * 25)


def test_a_file_that_is_lost_leaves_no_preview_behind(
    qtbot: QtBot, tasks: Tasks, playhead: Playhead, tmp_path: Path
) -> None:
    said: list[str] = []
    player = Player(tasks, playhead, preview_at=_preview)
    player.failed.connect(said.append)
    player.open(tmp_path / "gone.mp4")
    assert player.preview is not None
    qtbot.waitUntil(lambda: bool(said))
    assert player.preview is None
    playhead.seek(0.0)
    assert player.preview is None
    assert not player.busy


def test_without_a_strip_keyframes_keep_up_with_a_drag(
    qtbot: QtBot, tasks: Tasks, playhead: Playhead, tmp_path: Path
) -> None:
    write_recording(tmp_path / "a.mp4", steady(1000), options={"g": "100", "sc_threshold": "0"})
    player = Player(tasks, playhead, preview_at=lambda _seconds: None)
    player.open(tmp_path / "a.mp4")
    qtbot.waitUntil(lambda: player.frame is not None)
    playhead.seek(39.9)
    assert player.preview is None  # it may be that a click is all
    previews: list[Preview | None] = []
    player.shown.connect(lambda: previews.append(player.preview))
    times: list[float] = []
    for number in range(8):
        playhead.seek(39.0 - 4 * number)
        playhead.seek(35.8 - 4 * number)  # before the one before can have been answered
        qtbot.waitUntil(lambda: any(previews))
        times += [preview.time for preview in previews if preview is not None]
        previews.clear()
    qtbot.waitUntil(lambda: not player.busy)
    assert times == pytest.approx([32.0 - 4 * number for number in range(8)])
    assert player.frame is not None
    assert read_number(player.frame.picture) == (35.8 - 4 * 7) * 25 // 1
    player.close()


def test_a_step_while_dragging_goes_from_the_moment_sought(
    qtbot: QtBot, tasks: Tasks, playhead: Playhead, tmp_path: Path
) -> None:
    write_recording(tmp_path / "a.mp4", steady(500), options={"g": "100", "sc_threshold": "0"})
    player = Player(tasks, playhead, preview_at=lambda _seconds: None)
    player.open(tmp_path / "a.mp4")
    qtbot.waitUntil(lambda: player.frame is not None)
    for seconds in (19.0, 3.0, 17.5):
        playhead.seek(seconds)
    playhead.step(1)
    qtbot.waitUntil(lambda: not player.busy)
    assert player.frame is not None
    assert read_number(player.frame.picture) == 438
    player.close()


# Under the pointer


def _point_at(timeline: QWidget, x: int) -> None:
    QTest.mouseMove(timeline, QPoint(x, timeline.height() // 2))
    QApplication.processEvents()


def _hovered(driven: Driven) -> int:
    """The number in the picture above the pointer."""
    hover = driven.window.findChild(HoverPreview)
    assert hover.isVisible()
    image = pixels(hover.grab().toImage())
    return shown_number(image[4 : 4 + 72, 4 : 4 + 192])


def test_pointing_at_a_timeline_shows_what_was_there(scrubbing: Driven) -> None:
    before = scrubbing.workspace.playhead.position
    hover = scrubbing.window.findChild(HoverPreview)
    overview = scrubbing.window.findChild(Overview)
    curve = scrubbing.window.findChild(ScoreCurve)
    for timeline, seconds_at in (
        (overview, overview.seconds_at),
        (curve.viewport(), curve.seconds_at),
    ):
        for x in (timeline.width() // 3, 2 * timeline.width() // 3):
            _point_at(timeline, x)
            assert _hovered(scrubbing) == int(seconds_at(x)) * RATE
            above = timeline.mapTo(scrubbing.window, QPoint(x, 0))
            place = hover.mapTo(scrubbing.window, QPoint(0, 0))
            assert place.y() + hover.height() <= above.y()
            assert place.x() < above.x() < place.x() + hover.width()
        QApplication.sendEvent(timeline, QEvent(QEvent.Type.Leave))
        assert not hover.isVisible()
    assert scrubbing.workspace.playhead.position == before


def test_the_picture_stays_within_the_window_and_gives_way_to_a_drag(scrubbing: Driven) -> None:
    overview = scrubbing.window.findChild(Overview)
    hover = scrubbing.window.findChild(HoverPreview)
    for x in (0, overview.width() - 1):
        _point_at(overview, x)
        assert scrubbing.window.rect().contains(
            hover.geometry().translated(hover.parentWidget().mapTo(scrubbing.window, QPoint(0, 0)))
        )
    QTest.mousePress(overview, Qt.MouseButton.LeftButton, pos=QPoint(50, 10))
    assert not hover.isVisible()
    QTest.mouseRelease(overview, Qt.MouseButton.LeftButton, pos=QPoint(50, 10))
    scrubbing.settle()


def test_without_a_strip_nothing_shows_under_the_pointer(
    open_window: OpenWindow, recording: Path
) -> None:
    driven = open_window(analyze_on_opening=False)
    driven.drop(recording)
    driven.settle()
    overview = driven.window.findChild(Overview)
    _point_at(overview, overview.width() // 2)
    assert not driven.window.findChild(HoverPreview).isVisible()
