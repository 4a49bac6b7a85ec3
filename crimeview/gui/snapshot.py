"""A picture of the window as a person would see it."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from crimeview.gui.window import Window
from crimeview.gui.workspace import Scope

SIZE = (1440, 900)
_LOOK_EVERY = 50  # ms
_STILL = 5  # looks in a row that find nothing under way


class Snapshot(QObject):
    """Waits until nothing on the window changes any more, saves it as PNG and closes it.

    Before that it goes to where the scores of `scope` are the highest: that is what the window is
    for.
    """

    def __init__(self, window: Window, path: Path, *, scope: Scope) -> None:
        super().__init__(window)
        self.failed = False
        self._at_peak = False
        self._scope = scope
        window.resize(*SIZE)  # whatever the screen and the layout of another day
        self._window = window
        self._path = path
        self._still = 0
        self._timer = QTimer(self, interval=_LOOK_EVERY)
        self._timer.timeout.connect(self._on_look)
        self._timer.start()

    def _on_look(self) -> None:
        self._still = self._still + 1 if self._window.settled else 0
        if self._still < _STILL:
            return
        if not self._at_peak:
            self._at_peak = True
            self._still = 0
            self._window.show_highest_peak(self._scope)
            return
        self._timer.stop()
        self.failed = not self._window.grab().save(str(self._path), "PNG")
        self._window.close()
