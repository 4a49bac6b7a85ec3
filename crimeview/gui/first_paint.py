"""Waiting for a window to be painted for the first time."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from crimeview.gui.turns import Turns

_PATIENCE = 500  # ms; a window that is minimized is not painted


class FirstPaint(QObject):
    """Calls once, in a turn, when a window has been painted, or has not been for half a second."""

    def __init__(self, window: QWidget, turns: Turns, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._window = window
        self._turns = turns
        self._then = then
        self._timer = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._timer.timeout.connect(self._go_on)
        self._timer.start()
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._timer.start(0)  # it is about to be painted
        elif event.type() == QEvent.Type.Hide and not event.spontaneous():
            self._timer.stop()  # it was closed before it could be
        return False

    def _go_on(self) -> None:
        self._window.removeEventFilter(self)
        self._turns.take(self._then)
