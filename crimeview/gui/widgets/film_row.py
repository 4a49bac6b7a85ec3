"""Small pictures along the visible span of a recording."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, QTimer
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from crimeview.core.job import Changed
from crimeview.gui.look import Look
from crimeview.gui.small_picture import image_of_jpeg
from crimeview.gui.strip import find_preview
from crimeview.gui.tasks import Tasks, log_error
from crimeview.gui.text import translate
from crimeview.gui.widgets.time_scale import TimeScale
from crimeview.gui.workspace import Workspace
from crimeview.store.case import Case
from crimeview.store.rows import CaseRecording

_HEIGHT = 40
_APART = 1  # pixels
_AFTER = 60  # ms without change after which pictures are read

Pictures = Sequence[tuple[float, QImage | None]]


class FilmRow(QWidget):
    """One picture beside the other, each of the moment in its middle, from the stored strip.

    They are read in the background and stretch with the span until then.
    """

    def __init__(self, workspace: Workspace, tasks: Tasks, scale: TimeScale, *, look: Look) -> None:
        super().__init__()
        self._workspace = workspace
        self._scale = scale
        self._look = look
        self._lane = tasks.lane("film", of=self)
        self._pictures: Pictures = ()
        self._width = 0.0  # seconds of each picture that is shown
        self._reading = False
        self._again = False
        self._waiting = QTimer(self, singleShot=True, interval=_AFTER)
        self._waiting.timeout.connect(self._read)
        self.setAccessibleName(translate("FilmRow", "Pictures along the recording"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        scale.changed.connect(self._on_scale_changed)
        workspace.recording_selected.connect(self._on_selected)
        workspace.changed.connect(self._on_changed)
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(600, _HEIGHT)

    @property
    def settled(self) -> bool:
        return not self._reading and not self._waiting.isActive()

    @property
    def shown(self) -> int:
        """How many pictures there are."""
        return sum(image is not None for _, image in self._pictures)

    def seconds_at(self, x: float) -> float:
        """The moment at a place (pixels) from the left."""
        return self._scale.start + x / max(1, self.width()) * self._scale.span

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._workspace.playhead.seek(self.seconds_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons():
            self._workspace.playhead.seek(self.seconds_at(event.position().x()))

    def showEvent(self, _event: object) -> None:
        self._waiting.start()

    def resizeEvent(self, _event: object) -> None:
        self._waiting.start()

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._look.colors.window))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        pixels = self.width() / self._scale.span
        for middle, image in self._pictures:
            if image is None:
                continue
            width = self._width * pixels - _APART
            left = (middle - self._scale.start) * pixels - width / 2
            area = QRectF(left, 0, width, self.height())
            painter.drawImage(area, image, _cut(image, area))

    def _on_scale_changed(self) -> None:
        self._waiting.start()
        self.update()

    def _on_selected(self) -> None:
        self._pictures = ()
        self._on_scale_changed()

    def _on_changed(self, changed: Changed) -> None:
        if changed & (Changed.TRACKS | Changed.RECORDINGS):
            self._waiting.start()

    def _read(self) -> None:
        recording = self._workspace.recording
        if self._reading or recording is None or not self.isVisible():
            self._again = self._reading
            return
        self._reading, self._again = True, False
        count = max(1, round(self.width() / (_HEIGHT * _aspect(recording))))
        step = self._scale.span / count
        middles = [self._scale.start + (number + 0.5) * step for number in range(count)]
        case = self._workspace.case
        self._lane.call(
            partial(_read, case, recording, middles),
            on_result=partial(self._on_read, recording.id, step),
            on_error=self._on_failed,
        )

    def _on_read(self, recording_id: int, step: float, pictures: Pictures) -> None:
        self._reading = False
        recording = self._workspace.recording
        if recording is not None and recording.id == recording_id:
            self._pictures, self._width = pictures, step
            self.update()
        if self._again or recording is None or recording.id != recording_id:
            self._waiting.start()

    def _on_failed(self, error: Exception) -> None:
        self._reading = False
        log_error(error)  # a preview is not worth a message


def _aspect(recording: CaseRecording) -> float:
    known = recording.recording
    return known.width / known.height if known is not None and known.height else 16 / 9


def _cut(image: QImage, area: QRectF) -> QRectF:
    """The middle of the picture in the form of the area: nothing is squashed while it stretches."""
    form = area.width() / area.height()
    width = min(float(image.width()), image.height() * form)
    height = width / form
    return QRectF((image.width() - width) / 2, (image.height() - height) / 2, width, height)


def _read(case: Case, recording: CaseRecording, middles: Sequence[float]) -> Pictures:
    found = []
    for seconds in middles:
        preview = find_preview(case, recording, seconds)
        image = image_of_jpeg(preview[1]) if preview is not None else None
        found.append((seconds, image))
    return found
