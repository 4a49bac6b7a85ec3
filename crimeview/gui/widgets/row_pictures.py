"""The pictures in the rows of a list, which come while it is looked at."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QPixmap

from crimeview.gui.thumbnails import Thumbnails
from crimeview.gui.widgets.rows import Index, RowList


class RowPictures(QObject):
    """Has a row painted anew when its picture has come, and no other of those on the screen."""

    def __init__(self, thumbnails: Thumbnails, view: RowList) -> None:
        super().__init__(view)
        self._thumbnails = thumbnails
        self._view = view
        self._lacking: dict[int, tuple[Path, float]] = {}  # by row
        thumbnails.loaded.connect(self._on_loaded)

    def get(self, index: Index, path: Path, seconds: float) -> QPixmap | None:
        """As `Thumbnails` gives it, for a row that is being painted."""
        picture = self._thumbnails.get(path, seconds)
        if picture is None or self._thumbnails.waits_for(path, seconds):
            self._lacking[index.row()] = (path, seconds)
        return picture

    def _on_loaded(self) -> None:
        there = [
            row for row, what in self._lacking.items() if not self._thumbnails.waits_for(*what)
        ]
        for row in there:
            del self._lacking[row]
            self._view.update(self._view.model().index(row, 0))
