"""A segment as a small picture that moves: some of its frames, one after the other."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QPixmap

from crimeview.gui.thumbnails import Thumbnails

FRAMES = 8
INTERVAL = 220  # ms


class MovingPicture(QObject):
    """Pictures at even distances of a span, from its peak on; `changed` when another is to be seen.

    A picture that is not loaded yet is passed over, so that it moves as soon as two are.
    """

    changed = Signal()

    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._path: Path | None = None
        self._times: list[float] = []
        self._at = 0
        self._timer = QTimer(self, interval=INTERVAL)
        self._timer.timeout.connect(self._step)
        thumbnails.loaded.connect(self._on_loaded)

    @property
    def picture(self) -> QPixmap | None:
        """None while there is none yet; a null one where none is to be had."""
        if self._path is None:
            return None
        return self._thumbnails.get(self._path, self._times[self._at])

    @property
    def moving(self) -> bool:
        return self._timer.isActive()

    def show(self, path: Path, *, start: float, end: float, peak_time: float) -> None:
        """Show a span (s) of a recording; it begins with its peak, which lists show too."""
        self._path = path
        step = (end - start) / FRAMES
        others = [start + (number + 0.5) * step for number in range(FRAMES)]
        first = min(range(FRAMES), key=lambda n: abs(others[n] - peak_time))
        self._times = [peak_time, *others[first + 1 :], *others[:first]]
        self._at = 0
        self._timer.start()
        self.changed.emit()

    def stop(self) -> None:
        self._timer.stop()
        self._path = None

    def _step(self) -> None:
        assert self._path is not None
        for ahead in range(1, len(self._times)):
            at = (self._at + ahead) % len(self._times)
            picture = self._thumbnails.get(self._path, self._times[at])
            if picture is not None and not picture.isNull():
                self._at = at
                self.changed.emit()
                return

    def _on_loaded(self) -> None:
        if self._path is not None:
            self.changed.emit()
