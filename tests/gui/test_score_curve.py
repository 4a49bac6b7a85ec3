import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from crimeview.gui.widgets.overview import Overview
from crimeview.gui.widgets.score_curve import ScoreCurve
from tests.gui.driven import Driven, pass_time


def _visible(driven: Driven) -> tuple[float, float]:
    scale = driven.window.findChild(ScoreCurve).time_scale
    return scale.start, scale.end


def _place(driven: Driven, seconds: float) -> QPoint:
    """Where on the curve that moment is, clear of the line that can be dragged."""
    return driven.window.findChild(ScoreCurve).point_of(seconds, 0.25).toPoint()


def _seconds_a_pixel(driven: Driven) -> float:
    scale = driven.window.findChild(ScoreCurve).time_scale
    return scale.span / scale.width


def test_a_click_moves_the_playhead_there(reviewing: Driven) -> None:
    reviewing.workspace.playhead.seek(2.0)
    reviewing.settle()
    curve = reviewing.window.findChild(ScoreCurve)
    for seconds in (13.0, 27.0, 5.0):
        where = _place(reviewing, seconds)
        QTest.mouseClick(curve.viewport(), Qt.MouseButton.LeftButton, pos=where)
        reviewing.settle()
        close = pytest.approx(seconds, abs=2 * _seconds_a_pixel(reviewing))
        assert reviewing.workspace.playhead.position == close


def test_a_click_close_up_moves_the_playhead_there(reviewing: Driven) -> None:
    reviewing.workspace.playhead.seek(22.0)
    for _ in range(4):
        reviewing.window.commands["zoom-in"].trigger()
    reviewing.settle()
    left, right = _visible(reviewing)
    assert right - left < 6
    seconds = left + 0.8 * (right - left)
    curve = reviewing.window.findChild(ScoreCurve)
    where = _place(reviewing, seconds)
    QTest.mouseClick(curve.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert reviewing.workspace.playhead.position == pytest.approx(seconds, abs=0.02)


def test_a_drag_takes_the_playhead_along(reviewing: Driven) -> None:
    curve = reviewing.window.findChild(ScoreCurve)
    screen, button = curve.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(screen, button, pos=_place(reviewing, 12.0))
    for seconds in (14.0, 16.0, 18.0):
        QTest.mouseMove(screen, _place(reviewing, seconds))
        pass_time(20)  # the curve takes note of moves at a limited rate
    close = pytest.approx(18.0, abs=2 * _seconds_a_pixel(reviewing))
    assert reviewing.workspace.playhead.position == close
    QTest.mouseRelease(screen, button, pos=_place(reviewing, 18.0))
    assert _visible(reviewing) == (0.0, reviewing.workspace.playhead.end)


def test_close_up_the_playhead_stays_in_sight_wherever_it_is_sent(reviewing: Driven) -> None:
    playhead = reviewing.workspace.playhead
    for _ in range(4):
        reviewing.window.commands["zoom-in"].trigger()
    reviewing.settle()
    left, right = _visible(reviewing)
    width = right - left
    assert width < 6
    for seconds in (22.0, 9.0, playhead.end, 0.0):
        playhead.seek(seconds)
        left, right = _visible(reviewing)
        assert left <= seconds <= right
        assert right - left == pytest.approx(width)
    playhead.seek(left + width / 3)
    assert _visible(reviewing) == (left, right), "it does not move without need"


def test_playing_backwards_turns_pages_too(reviewing: Driven) -> None:
    playhead = reviewing.workspace.playhead
    for _ in range(4):
        reviewing.window.commands["zoom-in"].trigger()
    playhead.seek(20.0)
    reviewing.settle()
    left, _ = _visible(reviewing)
    playhead.shuttle(-1)
    playhead.show(left - 0.1)
    assert _visible(reviewing)[1] == pytest.approx(left - 0.1)
    playhead.pause()


def test_the_score_at_the_playhead_is_the_tracks(reviewing: Driven) -> None:
    curve = reviewing.window.findChild(ScoreCurve)
    highest = reviewing.workspace.listed[0].segment
    reviewing.workspace.playhead.seek(highest.peak_time)
    assert curve.score == pytest.approx(highest.peak)
    reviewing.workspace.playhead.seek(0.0)
    assert curve.score == pytest.approx(0.0, abs=0.1)


def test_the_threshold_is_dragged_and_the_playhead_stays(reviewing: Driven) -> None:
    curve = reviewing.window.findChild(ScoreCurve)
    screen, button = curve.viewport(), Qt.MouseButton.LeftButton
    thresholding = reviewing.window.parts.thresholding
    before = reviewing.workspace.playhead.position
    line = curve.point_of(15.0, thresholding.rule.threshold).toPoint()
    QTest.mousePress(screen, button, pos=line)
    for score in (0.6, 0.7, 0.8):
        QTest.mouseMove(screen, curve.point_of(15.0, score).toPoint())
    QTest.mouseRelease(screen, button, pos=curve.point_of(15.0, 0.8).toPoint())
    reviewing.settle()
    assert thresholding.rule.threshold == pytest.approx(0.8, abs=0.02)
    assert reviewing.workspace.playhead.position == before


def test_a_drag_with_shift_moves_the_span(reviewing: Driven) -> None:
    for _ in range(4):
        reviewing.window.commands["zoom-in"].trigger()
    reviewing.workspace.playhead.seek(15.0)
    reviewing.settle()
    curve = reviewing.window.findChild(ScoreCurve)
    left, right = _visible(reviewing)
    shift = Qt.KeyboardModifier.ShiftModifier
    start, end = (_place(reviewing, left + share * (right - left)) for share in (0.5, 0.75))
    QTest.mousePress(curve.viewport(), Qt.MouseButton.MiddleButton, shift, start)
    QTest.mouseMove(curve.viewport(), end)
    QTest.mouseRelease(curve.viewport(), Qt.MouseButton.MiddleButton, shift, end)
    quarter = pytest.approx(left - (right - left) / 4, abs=2 * _seconds_a_pixel(reviewing))
    assert _visible(reviewing)[0] == quarter
    assert reviewing.workspace.playhead.position == 15.0


def test_the_plot_and_the_overview_begin_at_the_same_place(reviewing: Driven) -> None:
    curve = reviewing.window.findChild(ScoreCurve)
    overview = reviewing.window.findChild(Overview)
    for seconds, x in ((0.0, 0), (curve.time_scale.length, overview.width())):
        place = curve.mapTo(reviewing.window, curve.point_of(seconds, 0.0).toPoint())
        assert abs(place.x() - overview.mapTo(reviewing.window, QPoint(x, 0)).x()) <= 1
