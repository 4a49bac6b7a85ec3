"""The window on a real store with real, tiny networks."""

import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSplitter, QToolButton, QWidget

from crimeview.core.recording import RecordingState
from crimeview.core.track import TrackKind
from crimeview.gui.settings import Language, Preferences, Theme
from crimeview.gui.workspace import Scope
from crimeview.store.case import open_case
from tests.gui.conftest import OpenWindow
from tests.gui.driven import Driven
from tests.gui.held import by_itself
from tests.gui.recordings import RATE, write_numbered


def test_dropped_analyzed_clicked_and_on_screen_to_the_frame(
    open_window: OpenWindow, recording: Path
) -> None:
    reviewing = open_window()
    reviewing.drop(recording)
    reviewing.settle()
    (row,) = reviewing.workspace.recordings
    assert row.state is RecordingState.DONE
    segments = reviewing.workspace.listed
    assert len(segments) == 2
    for number in (1, 0):
        reviewing.click_segment(number)
        reviewing.settle()
        start = segments[number].segment.start
        assert reviewing.workspace.playhead.position == start
        assert reviewing.number_on_screen() == int(start * RATE + 1e-6)


def test_segments_are_where_the_motion_is(reviewing: Driven) -> None:
    spans = sorted((s.segment.start, s.segment.end) for s in reviewing.workspace.listed)
    for (start, end), (first, last) in zip(spans, [(8, 10), (20, 24)], strict=True):
        assert abs(start - first) < 1.0
        assert abs(end - last) < 1.0


def test_frames_step_both_ways(reviewing: Driven) -> None:
    reviewing.workspace.playhead.seek(5.0)
    reviewing.settle()
    seen = []
    for key in (*[Qt.Key.Key_Right] * 3, *[Qt.Key.Key_Left] * 4):
        reviewing.press(key)
        reviewing.settle()
        seen.append(reviewing.number_on_screen())
    assert seen == [51, 52, 53, 52, 51, 50, 49]
    assert reviewing.workspace.playhead.position == pytest.approx(4.9)


def test_steps_pressed_faster_than_decoded_are_all_made(reviewing: Driven) -> None:
    reviewing.workspace.playhead.seek(5.0)
    for _ in range(12):
        reviewing.press(Qt.Key.Key_Right)
    reviewing.settle()
    assert reviewing.number_on_screen() == 62


def test_playing_follows_the_recordings_clock(reviewing: Driven) -> None:
    playhead = reviewing.workspace.playhead
    playhead.seek(10.0)
    reviewing.settle()
    playhead.set_speed(4.0)
    reviewing.press(Qt.Key.Key_Space)
    reviewing.wait(lambda: playhead.position >= 14.0)
    reviewing.press(Qt.Key.Key_Space)
    reviewing.settle()
    assert not playhead.playing
    assert reviewing.number_on_screen() == round(playhead.position * RATE)


def test_playing_ends_at_the_end_and_starts_over(reviewing: Driven) -> None:
    playhead = reviewing.workspace.playhead
    playhead.seek(29.5)
    reviewing.settle()
    reviewing.press(Qt.Key.Key_L)
    reviewing.wait(lambda: not playhead.playing)
    assert playhead.position == playhead.end
    assert reviewing.number_on_screen() == 299


def test_playing_backwards_ends_at_the_start(reviewing: Driven) -> None:
    playhead = reviewing.workspace.playhead
    playhead.seek(1.0)
    reviewing.settle()
    reviewing.press(Qt.Key.Key_J)
    reviewing.press(Qt.Key.Key_J)
    assert playhead.rate == -2
    reviewing.wait(lambda: not playhead.playing)
    reviewing.settle()
    assert reviewing.number_on_screen() == 0


def test_next_and_previous_segment_by_key(reviewing: Driven) -> None:
    first, second = (row.id for row in reviewing.workspace.listed)
    for key, expected in (
        (Qt.Key.Key_N, first),
        (Qt.Key.Key_N, second),
        (Qt.Key.Key_N, second),
        (Qt.Key.Key_P, first),
    ):
        reviewing.press(key)
        assert reviewing.workspace.segment is not None
        assert reviewing.workspace.segment.id == expected
        assert reviewing.segments.currentIndex().data(Qt.ItemDataRole.UserRole).id == expected


def test_dragging_the_threshold_finds_segments_at_once_and_keeps_them(
    reviewing: Driven, tmp_path: Path
) -> None:
    thresholding = reviewing.window.parts.thresholding
    recording = reviewing.workspace.recordings[0]
    peaks = sorted(row.segment.peak for row in reviewing.workspace.listed)
    between = sum(peaks) / 2
    assert peaks[0] < between < peaks[1], "the two bursts score differently"
    thresholding.drag(between)
    reviewing.wait(lambda: len(reviewing.workspace.listed) == 1)
    assert len(reviewing.workspace.case.segments()) == 2, "only shown as yet"
    thresholding.drop(between)
    reviewing.wait(lambda: len(reviewing.workspace.case.segments()) == 1)
    reviewing.settle()
    reviewing.window.close()
    with open_case(tmp_path / "case") as case:
        assert len(case.segments(recording.id)) == 1
        run = case.analyses.newest(recording.id)
        assert run is not None
        assert f'"threshold": {between}' in run.settings_json


def test_bad_files_say_so_in_their_row_and_the_rest_goes_on(
    open_window: OpenWindow, recording: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "empty.mp4").touch()
    (folder / "text.avi").write_text("no video" * 100)
    (folder / "yard.mp4").write_bytes(recording.read_bytes())
    driven = open_window()
    driven.drop(folder)
    driven.settle()
    rows = {r.path.name: r for r in driven.workspace.recordings}
    assert rows["yard.mp4"].state is RecordingState.DONE
    for name in ("empty.mp4", "text.avi"):
        assert rows[name].state is RecordingState.FAILED
        assert rows[name].error
    assert len(driven.workspace.segments) == 2
    assert QApplication.activeModalWidget() is None
    texts = [
        driven.recordings.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        for row in range(3)
    ]
    assert rows["empty.mp4"].error in texts[0]
    driven.click_recording(0)
    driven.settle()
    assert driven.workspace.recording == rows["empty.mp4"]


def test_a_folder_without_videos_says_so(open_window: OpenWindow, tmp_path: Path) -> None:
    said: list[str] = []
    driven = open_window()
    driven.workspace.noticed.connect(said.append)
    (tmp_path / "nothing").mkdir()
    driven.drop(tmp_path / "nothing")
    driven.settle()
    assert said == ["There are no video files in what was opened."]


@pytest.mark.usefixtures("slow_analysis")
def test_stopping_keeps_what_is_done_and_analyzing_goes_on_there(
    open_window: OpenWindow, long_recording: Path
) -> None:
    driven = open_window()
    driven.drop(long_recording)
    driven.wait(lambda: any(r.analyzed > 20 for r in driven.workspace.recordings))
    driven.window.commands["stop-analysis"].trigger()
    driven.settle()
    (row,) = driven.workspace.recordings
    assert row.state is RecordingState.STOPPED
    assert 20 < row.analyzed < 150
    driven.window.commands["analyze"].trigger()
    driven.settle()
    (row,) = driven.workspace.recordings
    assert row.state is RecordingState.DONE
    assert len(driven.workspace.segments) == 1


@pytest.mark.usefixtures("slow_analysis")
def test_closing_while_analyzing_resumes_another_day(
    open_window: OpenWindow, long_recording: Path
) -> None:
    driven = open_window()
    driven.drop(long_recording)
    driven.wait(lambda: any(r.analyzed > 20 for r in driven.workspace.recordings))
    driven.window.close()
    again = open_window()
    (row,) = again.workspace.recordings
    assert row.state is RecordingState.STOPPED
    assert row.analyzed > 20
    assert again.window.commands["analyze"].isEnabled()
    again.window.commands["analyze"].trigger()
    again.settle()
    track = again.workspace.case.track(row.id, TrackKind.FRAME_SCORES)
    assert track is not None
    assert len(track.times) == 150 * RATE
    assert len(again.workspace.segments) == 1


def test_without_analyzing_on_opening_it_waits_for_the_word(
    open_window: OpenWindow, recording: Path
) -> None:
    driven = open_window(analyze_on_opening=False)
    driven.drop(recording)
    driven.settle()
    (row,) = driven.workspace.recordings
    assert row.state is RecordingState.NEW
    assert row.recording is not None
    assert row.recording.duration == pytest.approx(30, abs=0.2)
    assert driven.number_on_screen() == 0
    driven.window.commands["analyze"].trigger()
    driven.settle()
    assert driven.workspace.recordings[0].state is RecordingState.DONE


def test_a_dropped_case_is_opened_in_place(
    reviewing: Driven, open_window: OpenWindow, tmp_path: Path
) -> None:
    with open_case(tmp_path / "other"):
        pass
    reviewing.drop(tmp_path / "other")
    reviewing.settle()
    assert reviewing.workspace.case.folder == tmp_path / "other"
    assert not reviewing.workspace.recordings
    reviewing.drop(tmp_path / "case")
    reviewing.settle()
    assert len(reviewing.workspace.recordings) == 1
    assert len(reviewing.workspace.listed) == 2


def test_all_recordings_in_one_ranked_list(
    reviewing: Driven, tmp_path: Path, recording: Path
) -> None:
    other = write_numbered(tmp_path / "gate.mp4", duration=20, bursts=[(3, 6, 60)])
    reviewing.drop(other)
    reviewing.settle()
    assert reviewing.workspace.recording is not None
    assert reviewing.workspace.recording.path == other
    assert len(reviewing.workspace.listed) == 1
    reviewing.press(Qt.Key.Key_A)
    assert reviewing.workspace.scope is Scope.CASE
    peaks = [row.segment.peak for row in reviewing.workspace.listed]
    assert len(peaks) == 3
    assert peaks == sorted(peaks, reverse=True)
    at = next(i for i, s in enumerate(reviewing.workspace.listed) if s.recording_id == 1)
    reviewing.click_segment(at)
    reviewing.settle()
    assert reviewing.workspace.recording.path == recording
    start = reviewing.workspace.listed[at].segment.start
    assert reviewing.number_on_screen() == int(start * RATE + 1e-6)


def test_removing_a_recording_leaves_its_file(reviewing: Driven, recording: Path) -> None:
    reviewing.window.commands["remove-recording"].trigger()
    reviewing.settle()
    assert not reviewing.workspace.recordings
    assert not reviewing.workspace.segments
    assert recording.is_file()


def test_language_and_theme_change_at_once_and_are_remembered(
    reviewing: Driven, recording: Path
) -> None:
    position = reviewing.workspace.playhead.position
    actions = reviewing.window.commands
    actions["theme-light"].trigger()
    actions["language-ko"].trigger()
    reviewing.settle()
    menus = [a.text() for a in reviewing.window.menuBar().actions()]
    assert menus[0] == "파일(&F)"
    assert reviewing.workspace.playhead.position == position
    assert reviewing.number_on_screen() == 0
    settings = Preferences().settings
    assert (settings.theme, settings.language) == (Theme.LIGHT, Language.KOREAN)
    reviewing.press(Qt.Key.Key_N)
    assert reviewing.workspace.segment is not None, "shortcuts work as before"
    reviewing.window.commands["language-en"].trigger()
    reviewing.settle()
    assert reviewing.window.menuBar().actions()[0].text() == "&File"


def test_the_layout_is_remembered(open_window: OpenWindow, recording: Path) -> None:
    driven = open_window()
    driven.drop(recording)
    driven.settle()
    first = _layout(driven)
    # Its panels are as narrow as they can be, but the one on the right can be shut.
    driven.window.resize(driven.window.minimumSizeHint().width(), 700)
    across, down = _splitters(driven)
    across.setSizes([500, 400, 0])
    down.setSizes([400, 250])
    driven.settle()
    left = _layout(driven)
    assert all(now != before for now, before in zip(left, first, strict=True))
    assert left[1][2] == 0
    driven.window.close()
    again = open_window()
    again.settle()
    assert _layout(again) == left


def _splitters(driven: Driven) -> list[QSplitter]:
    """Across and down, as the page nests them."""
    across = next(
        s
        for s in driven.window.findChildren(QSplitter)
        if s.orientation() is Qt.Orientation.Horizontal
    )
    down = across.findChild(QSplitter)
    assert down is not None
    return [across, down]


def _layout(driven: Driven) -> list[list[int]]:
    """The size of the window and of the parts of it that a person can resize, in pixels."""
    size = driven.window.size()
    return [[size.width(), size.height()], *(s.sizes() for s in _splitters(driven))]


def test_everything_that_takes_the_keyboard_is_named(reviewing: Driven) -> None:
    reachable = [
        w
        for w in reviewing.window.findChildren(QWidget)
        if w.isVisible() and w.focusPolicy() & Qt.FocusPolicy.TabFocus and not w.focusProxy()
    ]
    unnamed = [w for w in reachable if not w.accessibleName()]
    assert len(reachable) > 10
    assert not unnamed, [(type(w).__name__, type(w.parent()).__name__) for w in unnamed]


def test_a_focused_button_keeps_the_space_bar(reviewing: Driven) -> None:
    button = next(
        b
        for b in reviewing.window.findChildren(QToolButton)
        if b.defaultAction() is reviewing.window.commands["frame-forward"]
    )
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    reviewing.settle()
    assert not reviewing.workspace.playhead.playing
    assert reviewing.number_on_screen() == 1


@pytest.mark.usefixtures("slow_analysis")
def test_the_windows_thread_has_little_to_do_while_analyzing(
    open_window: OpenWindow, long_recording: Path
) -> None:
    """Processor time, not wall time, so that a busy machine does not fail it."""
    driven = open_window()
    driven.drop(long_recording)
    driven.wait(lambda: any(r.analyzed > 5 for r in driven.workspace.recordings))
    driven.workspace.playhead.play()
    worked: list[float] = []

    def beat() -> None:
        nonlocal last
        now = time.thread_time()
        worked.append(now - last)
        last = now

    timer = QTimer(interval=5, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(beat)
    with by_itself():
        last = time.thread_time()
        timer.start()
        driven.wait(lambda: len(worked) > 200)
        timer.stop()
    assert max(worked) < 0.1
