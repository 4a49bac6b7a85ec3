"""Small pictures of a library's segments, read in the background when first looked at."""

from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from crimeview.gui.small_picture import image_of_jpeg
from crimeview.gui.tasks import Tasks, log_error

if TYPE_CHECKING:
    from crimeview.store.library.library import Library

_KEPT = 300  # segments
_WANTED = 60  # more than a screen shows

_Key = tuple[int, int]


class EntryPictures(QObject):
    """The pictures of a segment in order of time, by its library and number.

    What was asked for last is read first: that is what is on the screen now.
    """

    loaded = Signal()

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._tasks = tasks
        self._held: OrderedDict[_Key, Sequence[QPixmap]] = OrderedDict()
        self._wanted: OrderedDict[_Key, Library] = OrderedDict()
        self._loading: _Key | None = None

    @property
    def busy(self) -> bool:
        return self._loading is not None

    def get(self, library: "Library | None", number: int) -> Sequence[QPixmap] | None:
        """The pictures, none where there are none; None while they are read."""
        if library is None:
            return ()
        key = (id(library), number)
        if key in self._held:
            self._held.move_to_end(key)
            return self._held[key]
        if key != self._loading:
            self._wanted[key] = library
            self._wanted.move_to_end(key)
            while len(self._wanted) > _WANTED:
                self._wanted.popitem(last=False)
            self._load_next()
        return None

    def forget(self) -> None:
        """Drop what is held: another library may get the number of one that is gone."""
        self._held.clear()
        self._wanted.clear()

    def _load_next(self) -> None:
        if self._loading is not None or not self._wanted:
            return
        key, library = self._wanted.popitem()
        self._loading = key

        def work() -> list[QImage]:
            return [image_of_jpeg(jpeg) for _, jpeg in library.thumbnails(key[1])]

        def take(images: list[QImage]) -> None:
            self._loading = None
            self._held[key] = [QPixmap.fromImage(i) for i in images if not i.isNull()]
            while len(self._held) > _KEPT:
                self._held.popitem(last=False)
            self._load_next()
            self.loaded.emit()

        def fail(error: Exception) -> None:
            log_error(error)
            take([])

        self._tasks.call(work, on_result=take, on_error=fail)
