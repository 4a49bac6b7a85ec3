"""Which of a segment's small pictures is shown now, so that lists of them play."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

_PACE = 450  # ms a picture


class PlayingPictures(QObject):
    """Has a widget painted anew at an even pace while it can be seen."""

    def __init__(self, widget: QWidget, *, update: Callable[[], None]) -> None:
        super().__init__(widget)
        self._number = 0
        self._update = update
        self._timer = QTimer(self, interval=_PACE)
        self._timer.timeout.connect(self._on_time)
        widget.installEventFilter(self)
        if widget.isVisible():
            self._timer.start()

    def of(self, pictures: Sequence[QPixmap]) -> QPixmap:
        """The one to be shown; a null one where there is none."""
        return pictures[self._number % len(pictures)] if pictures else QPixmap()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self._timer.start()
        elif event.type() == QEvent.Type.Hide:
            self._timer.stop()
        return False

    def _on_time(self) -> None:
        self._number += 1
        self._update()
