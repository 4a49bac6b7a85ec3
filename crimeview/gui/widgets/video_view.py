"""The picture."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QTransform, QWheelEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from crimeview.core.timetext import clock_text
from crimeview.gui.look import Look
from crimeview.gui.player import Player
from crimeview.gui.playhead import Playhead
from crimeview.gui.text import translate
from crimeview.gui.view_text import view_text
from crimeview.gui.viewing import Viewing, developed, place
from crimeview.gui.widgets.picture_label import PictureLabels

if TYPE_CHECKING:
    from crimeview.video.frames import Frame

_SLOW = 300  # ms after which a seek is worth a word
_NOTCH = 120.0  # of a wheel
_ZOOM = 1.25  # a notch
_MANY = 2_500_000  # pixels; of larger pictures every second one is developed while they play


class Overlay(Protocol):
    """Something drawn over the picture."""

    def paint(self, painter: QPainter, size: QSizeF) -> None:
        """Draw; the painter's coordinates are the pixels of the picture, `size` of them."""


@dataclass(frozen=True, slots=True, eq=False)
class _Developed:
    """A frame as a view wants it, `how` being what of the view and the playing counts."""

    frame: "Frame"
    how: tuple[object, ...]
    picture: NDArray[np.uint8]


class VideoView(QWidget):
    """Paints the frame of a `Player`, as large as fits, and a sentence where there is none.

    A preview in its place is as large and marked as what it is. A click plays and pauses; the wheel
    looks closer at what is under the pointer, and a drag then moves what is seen.
    """

    def __init__(self, player: Player, playhead: Playhead, *, viewing: Viewing, look: Look) -> None:
        super().__init__()
        self._player = player
        self._playhead = playhead
        self._viewing = viewing
        self._look = look
        self._labels = PictureLabels(look)
        self._failure = ""
        self._instead = ""  # of the picture: a sentence
        self._empty = ""  # what to do where there is no picture
        self._overlays: list[Overlay] = []
        self._caption: Callable[[], str] = str
        self._pressed: QPointF | None = None  # where the button went down, if nothing was dragged
        self._dragged: QPointF | None = None  # where a drag has come to
        self._made: _Developed | None = None
        self._slow = QTimer(self, singleShot=True, interval=_SLOW)
        self._slow.timeout.connect(self.update)
        self.setAccessibleName(translate("VideoView", "Picture"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 135)
        player.shown.connect(self._on_shown)
        player.failed.connect(self._on_failed)
        playhead.sought.connect(self._slow.start)
        playhead.rate_changed.connect(self.update)
        viewing.changed.connect(self._on_view_changed)
        look.changed.connect(self.update)

    def teach(self, sentence: str) -> None:
        """Say what to do as long as no recording is shown; nothing while one is."""
        self._empty = sentence
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(960, 540)

    def add_overlay(self, overlay: Overlay) -> None:
        """Draw this over the picture from now on, above those added before."""
        self._overlays.append(overlay)

    def set_caption(self, caption: Callable[[], str]) -> None:
        """What stands in the lower left corner of the picture; nothing where it is empty."""
        self._caption = caption

    def say(self, sentence: str) -> None:
        """Show this in place of the picture; an empty sentence shows the picture again."""
        if sentence != self._instead:
            self._instead = sentence
            self.update()

    @property
    def shows_preview(self) -> bool:
        """Whether a small picture of about the moment stands in for the frame."""
        return self._player.preview is not None

    def picture_rectangle(self) -> QRectF:
        """Where in the widget the picture lies, turned as it is shown; empty where there is none.

        Where it is looked at closely, it lies beyond the widget's edges too.
        """
        size = self._picture_size()
        if size.isEmpty():
            return QRectF()
        return place(self._viewing.view, size, QSizeF(self.size()))

    def to_widget(self) -> QTransform:
        """From pixels of the picture as it is recorded to places in the widget."""
        area, size = self.picture_rectangle(), self._picture_size()
        turns = self._viewing.view.turns
        turned = size.transposed() if turns % 2 else size
        transform = QTransform()
        transform.translate(area.center().x(), area.center().y())
        transform.scale(area.width() / turned.width(), area.height() / turned.height())
        transform.rotate(90.0 * turns)
        transform.translate(-size.width() / 2, -size.height() / 2)
        return transform

    def place_of(self, share: tuple[float, float]) -> QPointF:
        """Where in the widget a point of the picture lies, in shares of its width and height."""
        size = self._picture_size()
        return self.to_widget().map(QPointF(share[0] * size.width(), share[1] * size.height()))

    def share_at(self, place: QPointF) -> tuple[float, float]:
        """The point of the picture, as it is recorded, at a place in the widget; also beyond it."""
        size = self._picture_size()
        if size.isEmpty():
            return 0.0, 0.0
        inverted, _ = self.to_widget().inverted()
        point = inverted.map(place)
        return point.x() / size.width(), point.y() / size.height()

    def picture(self, *, as_seen: bool) -> QImage | None:
        """The frame on the screen as it is recorded, or `as_seen`; None where there is none."""
        frame = self._player.frame
        if frame is None:
            return None
        if not as_seen:
            return _image_of(frame.picture).copy()
        view = self._viewing.view
        image = _image_of(developed(frame.picture, view, interlaced=frame.interlaced)).copy()
        painter = QPainter(image)
        for overlay in self._overlays:
            overlay.paint(painter, QSizeF(image.size()))
        painter.end()
        image = image.transformed(QTransform().rotate(90.0 * view.turns))
        area = self.picture_rectangle()
        seen = self._visible().translated(-area.topLeft())
        scale = image.width() / area.width()
        crop = QRectF(seen.topLeft() * scale, seen.size() * scale)
        return image.copy(crop.toAlignedRect() & image.rect())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._player.frame is not None:
            self._pressed = self._dragged = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is None:
            return
        moved = event.position() - (self._pressed or self._dragged)
        if self._pressed is not None and moved.manhattanLength() < QApplication.startDragDistance():
            return
        step, self._dragged = event.position() - self._dragged, event.position()
        self._pressed = None
        area, zoom = self.picture_rectangle(), self._viewing.view.zoom
        self._viewing.move(-step.x() * zoom / area.width(), -step.y() * zoom / area.height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            if self._pressed is not None:
                self._playhead.toggle()
            self._pressed = self._dragged = None

    def wheelEvent(self, event: QWheelEvent) -> None:
        area = self.picture_rectangle()
        if area.isEmpty():
            return
        at = event.position() - area.topLeft()
        point = (at.x() / area.width(), at.y() / area.height())
        self._viewing.zoom(_ZOOM ** (event.angleDelta().y() / _NOTCH), at=point)
        event.accept()

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._look.colors.picture))
        if self._instead:
            self._labels.paint_words(painter, self.rect(), self._instead)
            return
        frame, preview = self._player.frame, self._player.preview
        if preview is not None:
            self._paint_picture(painter, self._image_of_preview(preview.image), smooth=True)
            self._labels.paint_corner(
                painter, self._visible(), translate("VideoView", "Preview"), at_right=True
            )
        elif frame is not None:
            # Smooth scaling takes a few ms more, which only a standing picture repays.
            self._paint_picture(painter, self._image(frame), smooth=not self._playhead.playing)
        if frame is not None or preview is not None:
            self._paint_over(painter)
        if frame is None and preview is None and self._empty:
            self._labels.paint_words(painter, self.rect(), self._empty)
        elif self._failure:
            self._labels.paint_words(painter, self.rect(), self._failure)
        elif preview is None and self._is_slow:
            text = translate("VideoView", "Going to {time} …")
            text = text.format(time=clock_text(self._playhead.position))
            self._labels.paint_words(painter, self.rect(), text)

    @property
    def _is_slow(self) -> bool:
        return self._player.busy and not self._slow.isActive() and not self._playhead.playing

    def _picture_size(self) -> QSizeF:
        """Of the picture as it is recorded."""
        frame, preview = self._player.frame, self._player.preview
        if frame is not None:
            height, width = frame.picture.shape[:2]
            return QSizeF(width, height)
        return QSizeF(preview.image.size()) if preview is not None else QSizeF()

    def _visible(self) -> QRectF:
        """What of the widget shows the picture."""
        return self.picture_rectangle() & QRectF(self.rect())

    def _image(self, frame: "Frame") -> QImage:
        """The frame as the view wants it. Its pixels belong to the frame, or are kept here."""
        view = self._viewing.view
        how = (view.brightness, view.contrast, view.deinterlacing, self._playhead.playing)
        if self._made is None or self._made.frame is not frame or self._made.how != how:
            picture = frame.picture
            large = picture.shape[0] * picture.shape[1] > _MANY
            if large and view.changes_light and self._playhead.playing:
                picture = np.ascontiguousarray(picture[::2, ::2])
            picture = developed(picture, view, interlaced=frame.interlaced)
            self._made = _Developed(frame, how, picture)
        return _image_of(self._made.picture)

    def _image_of_preview(self, image: QImage) -> QImage:
        view = self._viewing.view
        if not view.changes_light:
            return image
        image = image.convertToFormat(QImage.Format.Format_RGB32)
        flat = np.frombuffer(image.constBits(), np.uint8)
        pixels = flat.reshape(image.height(), -1, 4)[:, : image.width()]
        return _image_of(developed(pixels, view)).copy()

    def _paint_picture(self, painter: QPainter, image: QImage, *, smooth: bool) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        if self._viewing.view.turns == 0:
            painter.drawImage(self.picture_rectangle(), image)
        else:
            painter.setTransform(self.to_widget(), True)  # noqa: FBT003 (Qt's own signature)
            painter.drawImage(QRectF(QPointF(), self._picture_size()), image)
        painter.restore()

    def _paint_over(self, painter: QPainter) -> None:
        for overlay in self._overlays:
            painter.save()
            painter.setTransform(self.to_widget(), True)  # noqa: FBT003 (Qt's own signature)
            overlay.paint(painter, self._picture_size())
            painter.restore()
        visible = self._visible()
        self._labels.paint_corner(painter, visible, view_text(self._viewing.view))
        self._labels.paint_corner(painter, visible, self._caption(), at_bottom=True)

    def _on_shown(self) -> None:
        self._failure = ""
        if not self._player.busy:
            self._slow.stop()
        if self._player.frame is None:
            self._made = None
        self.update()

    def _on_view_changed(self) -> None:
        closer = self._viewing.view.zoom > 1.0
        self.setCursor(Qt.CursorShape.OpenHandCursor if closer else Qt.CursorShape.ArrowCursor)
        self.update()

    def _on_failed(self, sentence: str) -> None:
        self._failure = sentence
        self.update()


def _image_of(picture: NDArray[np.uint8]) -> QImage:
    """The array's own pixels, which must outlive the image."""
    height, width = picture.shape[:2]
    return QImage(picture.data, width, height, picture.strides[0], QImage.Format.Format_RGB32)
