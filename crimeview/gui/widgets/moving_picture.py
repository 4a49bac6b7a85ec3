"""A segment as a small picture that moves: some of its frames, one after the other."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QPixmap

from crimeview.gui.item_pictures import Frame, ItemPictures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crimeview.jobs.map_points import MapItem

INTERVAL = 220  # ms


class MovingPicture(QObject):
    """The frames of a segment, from its peak on; `changed` when another is to be seen.

    A picture that is not loaded yet is passed over, so that it moves as soon as two are.
    """

    changed = Signal()

    def __init__(self, pictures: ItemPictures, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._frames: Sequence[Frame] = ()
        self._at = 0
        self._timer = QTimer(self, interval=INTERVAL)
        self._timer.timeout.connect(self._step)
        pictures.loaded.connect(self._on_loaded)

    @property
    def picture(self) -> QPixmap | None:
        """None while there is none yet; a null one where none is to be had."""
        return self._frames[self._at]() if self._frames else None

    @property
    def moving(self) -> bool:
        return self._timer.isActive()

    def show(self, item: "MapItem") -> None:
        """Show a segment; it begins with its peak, which lists show too."""
        self._frames = self._pictures.frames(item)
        self._at = 0
        self._timer.start()
        self.changed.emit()

    def stop(self) -> None:
        self._timer.stop()
        self._frames = ()

    def _step(self) -> None:
        for ahead in range(1, len(self._frames)):
            at = (self._at + ahead) % len(self._frames)
            picture = self._frames[at]()
            if picture is not None and not picture.isNull():
                self._at = at
                self.changed.emit()
                return

    def _on_loaded(self) -> None:
        if self._frames:
            self.changed.emit()
