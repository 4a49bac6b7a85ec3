"""Regions on the picture, by mouse and by keyboard."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from crimeview.core.region import RegionUse
from crimeview.gui.widgets.region_overlay import RegionOverlay
from tests.gui.driven import Driven

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def overlay(reviewing: Driven) -> RegionOverlay:
    found = reviewing.window.findChild(RegionOverlay)
    assert isinstance(found, RegionOverlay)
    return found


def at(driven: Driven, x: float, y: float) -> QPoint:
    picture = driven.view.picture_rectangle()
    return QPoint(
        round(picture.left() + x * picture.width()), round(picture.top() + y * picture.height())
    )


def test_drawn_by_mouse_moved_and_taken_back(reviewing: Driven, overlay: RegionOverlay) -> None:
    reviewing.press(Qt.Key.Key_R)
    corners = [(0.2, 0.2), (0.6, 0.2), (0.6, 0.7), (0.2, 0.7)]
    for x, y in corners:
        QTest.mouseClick(overlay, LEFT, pos=at(reviewing, x, y))
    QTest.mouseClick(overlay, LEFT, pos=at(reviewing, *corners[0]))  # closes it
    reviewing.settle()
    (region,) = reviewing.workspace.case.regions()
    assert region.use is RegionUse.IGNORE
    for (x, y), (a, b) in zip(corners, region.points, strict=True):
        assert (a, b) == pytest.approx((x, y), abs=0.01)
    QTest.mousePress(overlay, LEFT, pos=at(reviewing, 0.6, 0.7))
    QTest.mouseMove(overlay, at(reviewing, 0.8, 0.8))
    QTest.mouseRelease(overlay, LEFT, pos=at(reviewing, 0.8, 0.8))
    reviewing.settle()
    assert reviewing.workspace.case.regions()[0].points[2] == pytest.approx((0.8, 0.8), abs=0.01)
    QTest.mousePress(overlay, LEFT, pos=at(reviewing, 0.4, 0.4))
    QTest.mouseMove(overlay, at(reviewing, 0.5, 0.3))
    QTest.mouseRelease(overlay, LEFT, pos=at(reviewing, 0.5, 0.3))
    reviewing.settle()
    assert reviewing.workspace.case.regions()[0].points[0] == pytest.approx((0.3, 0.1), abs=0.01)
    for _ in range(3):
        QTest.keyClick(overlay, Qt.Key.Key_Z, CTRL)
        reviewing.settle()
    assert reviewing.workspace.case.regions() == []
    assert not reviewing.workspace.playhead.playing, "clicks were not for the player"


def test_all_of_it_by_keyboard(reviewing: Driven, overlay: RegionOverlay) -> None:
    reviewing.press(Qt.Key.Key_R)
    assert overlay.hasFocus()
    QTest.keyClick(overlay, Qt.Key.Key_N)
    QTest.keyClick(overlay, Qt.Key.Key_Tab)
    assert overlay.hasFocus(), "Tab goes to the next corner"
    for _ in range(3):
        QTest.keyClick(overlay, Qt.Key.Key_Right, SHIFT)
    QTest.keyClick(overlay, Qt.Key.Key_I)
    QTest.keyClick(overlay, Qt.Key.Key_X)
    QTest.keyClick(overlay, Qt.Key.Key_Return)
    reviewing.settle()
    (region,) = reviewing.workspace.case.regions()
    assert region.use is RegionUse.WATCH
    assert len(region.points) == 5
    assert region.points[1] == pytest.approx((0.8, 0.35))
    assert not reviewing.window.parts.regions.active
    reviewing.press(Qt.Key.Key_R)
    QTest.keyClick(overlay, Qt.Key.Key_Left, CTRL)
    QTest.keyClick(overlay, Qt.Key.Key_Delete)
    QTest.keyClick(overlay, Qt.Key.Key_Escape)
    reviewing.settle()
    (region,) = reviewing.workspace.case.regions()
    assert len(region.points) == 4
    assert min(x for x, _ in region.points) == pytest.approx(0.3)
    while reviewing.window.parts.reviewing.stacks.undo:
        reviewing.press(Qt.Key.Key_Z, CTRL)
        reviewing.settle()
    assert reviewing.workspace.case.regions() == []


def test_regions_hold_from_the_next_analysis_on_and_this_is_said(
    reviewing: Driven, overlay: RegionOverlay, recording: Path
) -> None:
    said: list[str] = []
    reviewing.workspace.noticed.connect(said.append)
    # What is usual was learned from all of the picture: that nothing shows any more is unusual.
    reviewing.window.parts.preferences.change(novelty=False)
    editing = reviewing.window.parts.regions
    reviewing.press(Qt.Key.Key_R)
    for point in ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)):
        editing.draw(point)
    QTest.keyClick(overlay, Qt.Key.Key_Return)
    QTest.keyClick(overlay, Qt.Key.Key_Return)
    reviewing.settle()
    assert "next analysis" in said[-1]
    assert len(reviewing.workspace.segments) == 2
    reviewing.window.parts.analysis.start([recording])
    reviewing.settle()
    assert list(reviewing.workspace.segments) == []


def test_other_keys_and_clicks_are_the_windows_again_afterwards(
    reviewing: Driven, overlay: RegionOverlay
) -> None:
    reviewing.press(Qt.Key.Key_R)
    QTest.keyClick(overlay, Qt.Key.Key_Escape)
    reviewing.press(Qt.Key.Key_N)
    assert reviewing.workspace.segment is not None
    assert overlay.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
