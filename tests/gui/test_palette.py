"""The command palette in a real window, by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crimeview.gui.widgets.command_palette import CommandPalette
from tests.gui.conftest import OpenWindow
from tests.gui.driven import Driven

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def _open(driven: Driven) -> CommandPalette:
    driven.press(Qt.Key.Key_P, CTRL_SHIFT)
    (palette,) = _shown(driven)
    return palette


def _shown(driven: Driven) -> list[CommandPalette]:
    return [p for p in driven.window.findChildren(CommandPalette) if p.isVisible()]


def _press(key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget(), key)


def test_a_command_is_found_and_given_without_the_mouse(reviewing: Driven) -> None:
    palette = _open(reviewing)
    QTest.keyClicks(QApplication.focusWidget(), "last frame")
    assert palette.chosen is None
    _press(Qt.Key.Key_Return)
    assert _shown(reviewing), "there is nothing to give"
    palette.query.clear()
    QTest.keyClicks(QApplication.focusWidget(), "to the end")
    assert palette.chosen is not None
    assert palette.chosen.id == "to-end"
    _press(Qt.Key.Key_Return)
    assert not _shown(reviewing)
    playhead = reviewing.workspace.playhead
    assert playhead.position == playhead.end > 0


def test_keys_go_to_the_palette_and_to_nothing_beneath(reviewing: Driven) -> None:
    reviewing.click_segment(0)
    reviewing.settle()
    before = reviewing.workspace.segment
    palette = _open(reviewing)
    for key in (Qt.Key.Key_C, Qt.Key.Key_N, Qt.Key.Key_Space, Qt.Key.Key_F11, Qt.Key.Key_Delete):
        _press(key)
    _press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is palette.query
    assert palette.query.text() == "cn "
    assert reviewing.workspace.segment == before
    assert not reviewing.window.isFullScreen()


@pytest.mark.parametrize("way", ["escape", "its own key", "beside it"])
def test_it_goes_away_and_gives_the_keyboard_back(reviewing: Driven, way: str) -> None:
    reviewing.segments.setFocus()
    palette = _open(reviewing)
    if way == "escape":
        _press(Qt.Key.Key_Escape)
    elif way == "its own key":
        QTest.keyClick(palette.query, Qt.Key.Key_P, CTRL_SHIFT)
    else:
        QTest.mouseClick(palette, Qt.MouseButton.LeftButton, pos=palette.rect().bottomLeft())
    assert not _shown(reviewing)
    assert QApplication.focusWidget() is reviewing.segments


def test_up_and_down_choose_and_go_round(reviewing: Driven) -> None:
    palette = _open(reviewing)
    first = palette.chosen
    _press(Qt.Key.Key_Up)
    last = palette.chosen
    _press(Qt.Key.Key_Down)
    assert palette.chosen == first
    _press(Qt.Key.Key_Down)
    assert palette.chosen not in (first, last)
    assert palette.chosen is not None
    assert palette.chosen.title in palette.query.accessibleDescription()


def test_what_cannot_be_given_says_why_and_is_not(open_window: OpenWindow) -> None:
    driven = open_window()
    palette = _open(driven)
    QTest.keyClicks(palette.query, "play or pause")
    assert palette.chosen is not None
    assert palette.chosen.lacking == "Choose a recording first"
    assert "Choose a recording first" in palette.query.accessibleDescription()
    _press(Qt.Key.Key_Return)
    assert _shown(driven)


def test_a_click_gives_a_command_and_the_last_ones_come_first(reviewing: Driven) -> None:
    palette = _open(reviewing)
    QTest.keyClicks(palette.query, "list only new")
    spot = palette.rectangle_of(0).center()
    viewport = palette.rows.viewport()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=viewport.mapFrom(palette, spot))
    assert not _shown(reviewing)
    assert reviewing.panel.filters.shows_only_new()
    palette = _open(reviewing)
    assert palette.chosen is not None
    assert palette.chosen.id == "only-new"
    assert palette.chosen.on


def test_it_fits_into_a_small_window(reviewing: Driven) -> None:
    reviewing.window.resize(640, 420)
    palette = _open(reviewing)
    reviewing.window.resize(700, 380)
    assert palette.geometry() == reviewing.window.rect()
    for widget in (palette.query, palette.rows):
        corner = widget.mapTo(palette, widget.rect().bottomRight())
        assert palette.rect().contains(corner)
