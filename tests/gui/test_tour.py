"""The tour of a real window: offered once, led by keys, about real parts of it."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from crimeview.gui.settings import Language, Preferences
from crimeview.gui.widgets.score_panel import ScorePanel
from crimeview.gui.widgets.segment_panel import SegmentPanel
from crimeview.gui.widgets.tour_guide import TourGuide
from crimeview.gui.widgets.welcome import Welcome
from tests.gui.conftest import OpenWindow
from tests.gui.driven import Driven, pass_time


def _offers(driven: Driven) -> list[QPushButton]:
    (welcome,) = driven.window.findChildren(Welcome)
    buttons = welcome.findChildren(QPushButton)
    return [b for b in buttons if b.isVisible() and "five steps" in b.text()]


def _guides(driven: Driven) -> list[TourGuide]:
    return [g for g in driven.window.findChildren(TourGuide) if g.isVisible()]


def _press(key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget(), key)


def test_a_first_start_offers_it_and_a_second_does_not(open_window: OpenWindow) -> None:
    driven = open_window()
    (offer,) = _offers(driven)
    offer.click()
    assert len(_guides(driven)) == 1
    _press(Qt.Key.Key_Escape)
    assert not _guides(driven)
    assert driven.window.findChildren(Welcome)[0].isVisible(), "as it was before"
    assert Preferences(driven.window.parts.preferences.path).settings.tour_taken
    driven.window.close()
    again = open_window()
    assert not _offers(again)
    again.window.commands["tour"].trigger()
    assert _guides(again), "Help has it still"


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.KOREAN])
@pytest.mark.parametrize("size", [(1280, 800), (700, 480)])
def test_five_steps_show_real_parts_and_the_card_stays_in_the_window(
    open_window: OpenWindow, language: Language, size: tuple[int, int]
) -> None:
    driven = open_window(language=language)
    driven.window.resize(*size)
    driven.window.commands["tour"].trigger()
    (guide,) = _guides(driven)
    seen, names = [], set()
    for _ in range(5):
        pass_time(5)
        bright = guide.bright
        assert bright.width() > 50
        assert bright.height() > 15
        assert guide.rect().contains(guide.card.geometry())
        seen.append(bright)
        names.add(guide.accessibleName())
        assert guide.accessibleDescription()
        _press(Qt.Key.Key_Right)
    assert len(names) == 5
    assert not any(a.intersects(b) for a, b in pairwise(seen))
    assert not _guides(driven), "over after the last one"


def test_it_goes_on_and_back_by_keys_and_nothing_else_hears_them(reviewing: Driven) -> None:
    before = reviewing.workspace.playhead.position
    reviewing.window.commands["tour"].trigger()
    (guide,) = _guides(reviewing)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Right, Qt.Key.Key_Space):
        _press(key)
    assert guide.number == 3
    assert guide.bright.size() == reviewing.window.findChild(SegmentPanel).size()
    _press(Qt.Key.Key_Left)
    assert guide.bright.size() == reviewing.window.findChild(ScorePanel).size()
    _press(Qt.Key.Key_Left)
    _press(Qt.Key.Key_Left)
    _press(Qt.Key.Key_Left)
    assert guide.number == 0
    _press(Qt.Key.Key_N)
    assert reviewing.workspace.segment is None
    assert reviewing.workspace.playhead.position == before
    assert not reviewing.workspace.playhead.playing


def test_another_size_of_the_window_moves_it_along(reviewing: Driven) -> None:
    reviewing.window.commands["tour"].trigger()
    (guide,) = _guides(reviewing)
    _press(Qt.Key.Key_Right)
    reviewing.window.resize(900, 560)
    pass_time(20)
    assert guide.rect() == QRect(0, 0, *reviewing.window.size().toTuple())
    assert guide.rect().contains(guide.bright)
    assert guide.rect().contains(guide.card.geometry())
