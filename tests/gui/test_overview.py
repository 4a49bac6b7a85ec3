"""The strip of the whole recording, clicked and dragged on."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from crimeview.gui.widgets.overview import Overview
from tests.gui.driven import Driven
from tests.gui.recordings import RATE


def _place(driven: Driven, seconds: float) -> QPoint:
    overview = driven.window.findChild(Overview)
    share = seconds / driven.workspace.playhead.end
    return QPoint(round(share * overview.width()), overview.height() // 2)


def _pixel(driven: Driven) -> float:
    """Seconds."""
    return driven.workspace.playhead.end / driven.window.findChild(Overview).width()


def test_a_click_moves_the_playhead_there_and_shows_that_frame(reviewing: Driven) -> None:
    playhead = reviewing.workspace.playhead
    overview = reviewing.window.findChild(Overview)
    for seconds in (12.0, 28.0, 3.0):
        where = _place(reviewing, seconds)
        QTest.mouseClick(overview, Qt.MouseButton.LeftButton, pos=where)
        reviewing.settle()
        assert playhead.position == pytest.approx(seconds, abs=_pixel(reviewing))
        assert reviewing.number_on_screen() == int(playhead.position * RATE + 1e-6)


def test_a_drag_takes_the_playhead_along(reviewing: Driven) -> None:
    overview, button = reviewing.window.findChild(Overview), Qt.MouseButton.LeftButton
    QTest.mousePress(overview, button, pos=_place(reviewing, 10.0))
    QTest.mouseMove(overview, _place(reviewing, 19.0))
    assert reviewing.workspace.playhead.position == pytest.approx(19.0, abs=_pixel(reviewing))
    QTest.mouseRelease(overview, button, pos=_place(reviewing, 19.0))
    QTest.mouseMove(overview, _place(reviewing, 25.0))
    assert reviewing.workspace.playhead.position == pytest.approx(19.0, abs=_pixel(reviewing))


def test_the_other_button_leaves_the_playhead_where_it_is(reviewing: Driven) -> None:
    overview = reviewing.window.findChild(Overview)
    before = reviewing.workspace.playhead.position
    QTest.mouseClick(overview, Qt.MouseButton.RightButton, pos=_place(reviewing, 20.0))
    assert reviewing.workspace.playhead.position == before
