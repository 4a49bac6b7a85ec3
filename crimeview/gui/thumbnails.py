"""Small pictures for lists, loaded in the background when they are first looked at.

Where a recording has a strip, its picture of about that moment stands in until then.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap

from crimeview.gui.preview import Preview
from crimeview.gui.small_picture import image_of_rgb
from crimeview.gui.tasks import Tasks, log_error

HEIGHT = 108  # pixels: 54 on a screen of double density
_KEPT = 400
_BUDGET = 0.004  # s of previews at a time: what is scrolled past needs none
_WANTED = 100  # more than a screen shows; what was scrolled past before is asked for again

_Key = tuple[Path, float]
PreviewOf = Callable[[Path, float], Preview | None]


class Thumbnails(QObject):
    """Pictures by file and second.

    One is loaded at a time, what was asked for last first: that is what is on the screen now.
    """

    loaded = Signal()

    def __init__(self, tasks: Tasks, *, preview_of: PreviewOf) -> None:
        super().__init__()
        self._tasks = tasks
        self._preview_of = preview_of
        self._previews: dict[_Key, QPixmap | None] = {}  # of what is wanted
        self._pictures: OrderedDict[_Key, QPixmap] = OrderedDict()
        self._wanted: OrderedDict[_Key, None] = OrderedDict()
        self._loading: _Key | None = None
        self._spent = 0.0  # s, on previews since the window had time for other things

    @property
    def busy(self) -> bool:
        return self._loading is not None

    def get(self, path: Path, seconds: float) -> QPixmap | None:
        """The picture, until it is loaded a preview or None; null where there is none to be had."""
        key = (path, seconds)
        if key in self._pictures:
            self._pictures.move_to_end(key)
            return self._pictures[key]
        if key not in self._previews:
            if self._spent > _BUDGET:
                return None  # for now: it is asked for again
            self._previews[key] = self._timed_preview(path, seconds)
        if key != self._loading:
            self._wanted[key] = None
            self._wanted.move_to_end(key)
            while len(self._wanted) > _WANTED:
                passed, _ = self._wanted.popitem(last=False)
                del self._previews[passed]
            self._load_next()
        return self._previews[key]

    def waits_for(self, path: Path, seconds: float) -> bool:
        """Whether a picture that was asked for is still to come."""
        return (path, seconds) in self._previews

    def _timed_preview(self, path: Path, seconds: float) -> QPixmap | None:
        """The preview, and how long it has held the window."""
        began = time.perf_counter()
        preview = self._preview(path, seconds)
        if not self._spent:
            QTimer.singleShot(0, self, self._forget_spent)
        self._spent += time.perf_counter() - began
        return preview

    def _forget_spent(self) -> None:
        late, self._spent = self._spent > _BUDGET, 0.0
        if late:
            self.loaded.emit()

    def _preview(self, path: Path, seconds: float) -> QPixmap | None:
        found = self._preview_of(path, seconds)
        return QPixmap.fromImage(found.image) if found is not None else None

    def _load_next(self) -> None:
        if self._loading is not None or not self._wanted:
            return
        key, _ = self._wanted.popitem()
        path, seconds = key
        self._loading = key
        self._tasks.call(
            lambda: _load(path, seconds),
            on_result=lambda image: self._on_loaded(key, image),
            on_error=lambda error: self._on_failed(key, error),
        )

    def _on_failed(self, key: _Key, error: Exception) -> None:
        log_error(error)
        self._on_loaded(key, QImage())

    def _on_loaded(self, key: _Key, image: QImage) -> None:
        self._loading = None
        preview, exact = self._previews.pop(key), QPixmap.fromImage(image)
        # Where the file is lost, its preview must do.
        self._pictures[key] = preview if exact.isNull() and preview is not None else exact
        while len(self._pictures) > _KEPT:
            self._pictures.popitem(last=False)
        self._load_next()
        self.loaded.emit()


def _load(path: Path, seconds: float) -> QImage:
    from crimeview.video.thumbnail import thumbnail  # only here: decoders are slow to load

    return image_of_rgb(thumbnail(path, seconds, height=HEIGHT))
