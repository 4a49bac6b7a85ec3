"""Small pictures of the points of a map: from their recordings, or as the library keeps them."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPixmap

from crimeview.gui.entry_pictures import EntryPictures
from crimeview.gui.shelf import Shelf
from crimeview.gui.thumbnails import Thumbnails

if TYPE_CHECKING:
    from crimeview.jobs.map_points import MapItem

FRAMES = 8  # of a segment that moves
Frame = Callable[[], QPixmap | None]


class ItemPictures(QObject):
    """A picture is None until it is loaded, and a null one where none is to be had.

    A library keeps a few of each segment, and needs no recording, which may be elsewhere.
    """

    loaded = Signal()

    def __init__(self, thumbnails: Thumbnails, pictures: EntryPictures, shelf: Shelf) -> None:
        super().__init__()
        self._thumbnails = thumbnails
        self._pictures = pictures
        self._shelf = shelf
        thumbnails.loaded.connect(self.loaded)
        pictures.loaded.connect(self.loaded)

    def still(self, item: "MapItem") -> QPixmap | None:
        """The picture of a segment's peak; the middle one of those that the library keeps."""
        if item.entry is None:
            return self._thumbnails.get(item.path, item.peak_time)
        held = self._pictures.get(self._shelf.library, item.entry)
        return held[len(held) // 2] if held else _none(held)

    def frames(self, item: "MapItem") -> Sequence[Frame]:
        """Pictures of a segment, to be shown one after the other, from its peak on."""
        if item.entry is not None:
            return [partial(self._kept, item.entry, number) for number in range(FRAMES)]
        step = (item.end - item.start) / FRAMES
        others = [item.start + (number + 0.5) * step for number in range(FRAMES)]
        first = min(range(FRAMES), key=lambda n: abs(others[n] - item.peak_time))
        times = [item.peak_time, *others[first + 1 :], *others[:first]]
        return [partial(self._thumbnails.get, item.path, time) for time in times]

    def _kept(self, entry: int, number: int) -> QPixmap | None:
        """One of those that the library keeps, over and over where it keeps few."""
        held = self._pictures.get(self._shelf.library, entry)
        return held[number % len(held)] if held else _none(held)


def _none(held: Sequence[QPixmap] | None) -> QPixmap | None:
    return None if held is None else QPixmap()
