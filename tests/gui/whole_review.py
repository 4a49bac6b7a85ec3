"""A whole review by keyboard alone, as an investigator does it, on whatever screen."""

from itertools import cycle

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crimeview.core.review import ReviewState
from tests.gui.driven import Driven

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
_DECISIONS = (Qt.Key.Key_C, Qt.Key.Key_D, Qt.Key.Key_U)


def _write(text: str, *, end: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing to write into"
    QTest.keyClicks(widget, text)
    QTest.keyClick(widget, Qt.Key.Key_Return, end)


def review(driven: Driven) -> None:
    """All segments of all recordings, each with a decision, every other one with more."""
    decisions = cycle(_DECISIONS)
    driven.press(Qt.Key.Key_A)
    driven.press(Qt.Key.Key_N, SHIFT)
    for number in range(1000):
        segment = driven.workspace.segment
        if segment is None or segment.state is not ReviewState.NEW:
            return
        if number % 3 == 0:
            driven.press(Qt.Key(Qt.Key.Key_1 + number % 9))
        if number % 5 == 0:
            driven.press(Qt.Key.Key_G)
            _write(f"gate, number {number}")
        if number % 7 == 0:
            driven.press(Qt.Key.Key_M)
            _write(f"seen: {number}", end=CTRL)
        driven.press(next(decisions))
    raise AssertionError("there is no end to it")


def shape(driven: Driven) -> None:
    """A segment of one's own, trimmed, split and merged again; another deleted."""
    seek = driven.press
    seek(Qt.Key.Key_Home)
    driven.press(Qt.Key.Key_BracketLeft)
    seek(Qt.Key.Key_Right, SHIFT)
    driven.press(Qt.Key.Key_BracketRight)
    driven.settle()
    seek(Qt.Key.Key_Home)
    for _ in range(6):
        seek(Qt.Key.Key_Right)
        driven.settle()
    driven.press(Qt.Key.Key_BracketLeft, ALT)
    driven.settle()
    for _ in range(6):
        seek(Qt.Key.Key_Right)
        driven.settle()
    driven.press(Qt.Key.Key_S)
    driven.settle()
    driven.press(Qt.Key.Key_M, CTRL)
    driven.settle()
    driven.press(Qt.Key.Key_Delete, SHIFT)
    driven.settle()


def undo_all(driven: Driven) -> int:
    """Back until there is nothing to undo; gives how many presses that took."""
    presses = 0
    while driven.window.parts.reviewing.stacks.undo:
        driven.press(Qt.Key.Key_Z, CTRL)
        driven.settle()
        presses += 1
    return presses
