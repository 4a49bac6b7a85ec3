"""What was to be seen at the moment under the pointer."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from crimeview.core.timetext import clock_text
from crimeview.gui import style
from crimeview.gui.look import Look
from crimeview.gui.preview import Preview, PreviewAt
from crimeview.gui.style import Space, Type

_PICTURE = QSize(192, 108)  # at most

SecondsAt = Callable[[float], float]


class HoverPreview(QWidget):
    """A small picture with its time, above the pointer while it is over a watched timeline.

    The pictures are those of the strip, so nothing is decoded; where there is none, nothing shows.
    """

    def __init__(
        self,
        preview_at: PreviewAt,
        *,
        caption_of: Callable[[float], str] = clock_text,
        look: Look,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._around = parent
        self._preview_at = preview_at
        self._caption_of = caption_of
        self._caption = ""
        self._look = look
        self._seconds_at: dict[QObject, SecondsAt] = {}
        self._seconds = 0.0
        self._picture: Preview | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def watch(self, timeline: QWidget, seconds_at: SecondsAt) -> None:
        """Show what is under the pointer there; `seconds_at` tells the moment at an x in it."""
        self._seconds_at[timeline] = seconds_at
        timeline.setMouseTracking(True)
        timeline.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QWidget) and watched in self._seconds_at:
            # A button held drags: then the large picture shows what is there.
            if isinstance(event, QMouseEvent) and not event.buttons():
                self._follow(watched, event.position().toPoint())
            elif event.type() in (
                QEvent.Type.Leave,
                QEvent.Type.MouseButtonPress,
                QEvent.Type.Hide,
            ):
                self.hide()
        return False

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(self._look.colors.line))
        painter.setBrush(QColor(self._look.colors.raised))
        ground = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(ground, style.ROW_RADIUS, style.ROW_RADIUS)
        if self._picture is None:
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        place = QRectF(Space.TIGHT, Space.TIGHT, *self._picture_size().toTuple())
        painter.drawImage(place, self._picture.image)
        painter.setFont(self._look.font(Type.SMALL))
        painter.setPen(QColor(self._look.colors.text))
        caption = QRectF(0, place.bottom(), self.width(), self.height() - place.bottom())
        painter.drawText(caption, Qt.AlignmentFlag.AlignCenter, self._caption)

    def _follow(self, timeline: QWidget, place: QPoint) -> None:
        self._seconds = self._seconds_at[timeline](place.x())
        self._picture = self._preview_at(self._seconds)
        if self._picture is None:
            self.hide()
            return
        self._caption = self._caption_of(self._seconds)
        size = self._picture_size()
        lines = self._caption.count("\n") + 1
        caption = lines * self.fontMetrics().height() + Space.TIGHT
        size += QSize(2 * Space.TIGHT, Space.TIGHT + caption)
        above = timeline.mapTo(self._around, QPoint(place.x(), 0))
        left = min(max(0, above.x() - size.width() // 2), self._around.width() - size.width())
        self.setGeometry(left, max(0, above.y() - Space.TIGHT - size.height()), *size.toTuple())
        self.show()
        self.raise_()
        self.update()

    def _picture_size(self) -> QSize:
        assert self._picture is not None, "shown only with one"
        size = self._picture.image.size()
        return size.scaled(size.boundedTo(_PICTURE), Qt.AspectRatioMode.KeepAspectRatio)
