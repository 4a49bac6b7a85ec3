"""One camera of the wall: its picture, how it is with it, and its running scores."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from crimeview.core.watching import Camera, CameraState, LivePicture
from crimeview.gui.look import Look
from crimeview.gui.style import ICON, Space, Type, color
from crimeview.gui.text import translate
from crimeview.gui.wall_text import STATE_ICONS, camera_state_text, health_text
from crimeview.gui.watching import Sight, Watching
from crimeview.gui.widgets.live_curve import LiveCurve

_HEAD = 30  # pixels
_FRAME = 3
_SMALLEST = QSize(220, 160)


class CameraTile(QFrame):
    """Reachable by Tab and by the arrows; a double click or Enter has it fill the wall."""

    chosen = Signal(str)
    opened = Signal(str)
    left = Signal()
    stepped = Signal(int, int)  # columns, rows

    def __init__(
        self,
        camera: Camera,
        watching: Watching,
        *,
        threshold: Callable[[], float | None],
        look: Look,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)  # without one it would be a window until it is laid out
        self.camera = camera
        self._watching = watching
        self._look = look
        self._face = _Face(camera, watching.sight(camera.name), watching, look=look)
        self.curve = LiveCurve(
            camera.name, watching.sight(camera.name), threshold=threshold, look=look
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(*(4 * (_FRAME,)))
        column.setSpacing(0)
        column.addWidget(self._face, 1)
        column.addWidget(self.curve)
        self.setMinimumSize(_SMALLEST)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.describe()

    @property
    def sight(self) -> Sight:
        return self._watching.sight(self.camera.name)

    @property
    def alarmed(self) -> bool:
        return bool(self.sight.alarms)

    def picture_height(self) -> int:
        """Lines of the picture as it is shown, in pixels of the screen."""
        return round(self._face.picture_area().height() * self.devicePixelRatioF())

    def take_picture(self, picture: LivePicture | None) -> None:
        """Show a newer picture; the same one again costs nothing."""
        self._face.take(picture)

    def describe(self) -> None:
        """Say to a screen reader what is shown to others, and show it anew."""
        health = self.sight.health
        state = health.state if health is not None else None
        parts = [self.camera.name, camera_state_text(state), health_text(health)]
        if self.alarmed:
            parts.insert(1, translate("Wall", "ALARM"))
        message = health.message if health is not None and health.message else ""
        self.setAccessibleName(", ".join(part for part in (*parts, message) if part))
        self.setToolTip(message)
        self._face.update()
        self.curve.update()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.camera.name)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in steps:
            self.stepped.emit(*steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self.opened.emit(self.camera.name)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.chosen.emit(self.camera.name)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A frame: of an alarm, of the keyboard, or none."""
        colors = self._look.colors
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colors.panel))
        ink = colors.lead if self.alarmed else colors.accent if self.hasFocus() else colors.line
        width = _FRAME if self.alarmed or self.hasFocus() else 1
        painter.setPen(QPen(QColor(ink), width))
        half = width // 2
        painter.drawRect(self.rect().adjusted(half, half, -half - 1, -half - 1))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.describe()


class _Face(QWidget):
    """The picture with the camera's name over it and its health beneath."""

    def __init__(self, camera: Camera, sight: Sight, watching: Watching, *, look: Look) -> None:
        super().__init__()
        self._camera = camera
        self._sight = sight
        self._watching = watching
        self._look = look
        self._picture: LivePicture | None = None
        self._image = QImage()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def picture_area(self) -> QRect:
        return self.rect().adjusted(0, _HEAD, 0, 0)

    def take(self, picture: LivePicture | None) -> None:
        if picture is not None and self._picture is not None:
            if picture.number == self._picture.number:
                return
        elif picture is self._picture:
            return
        self._picture = picture  # holds the memory that the image is painted from
        if picture is None:
            self._image = QImage()
        else:
            height, width = picture.pixels.shape[:2]
            stride = picture.pixels.strides[0]
            self._image = QImage(
                picture.pixels.data, width, height, stride, QImage.Format.Format_RGB32
            )
        self.update(self.picture_area())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colors = self._look.colors
        area = self.picture_area()
        painter.fillRect(area, QColor(colors.picture))
        if self._image.isNull():
            self._paint_reason(painter, area)
        else:
            self._paint_picture(painter, area)
        self._paint_head(painter)
        if self._sight.alarms:
            self._paint_alarm(painter, area)

    def _paint_picture(self, painter: QPainter, area: QRect) -> None:
        size = self._image.size().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRect(area.topLeft(), size)
        target.moveCenter(area.center())
        painter.drawImage(target, self._image)
        health = self._sight.health
        if health is not None and health.state not in (CameraState.LIVE, CameraState.CONNECTING):
            painter.fillRect(target, color(self._look.colors.picture, alpha=0.6))
            self._paint_reason(painter, area)

    def _paint_reason(self, painter: QPainter, area: QRect) -> None:
        """Why there is no picture, in words."""
        health = self._sight.health
        running = self._watching.running
        state = health.state if health is not None else None
        text = camera_state_text(state if state or not running else CameraState.CONNECTING)
        if health is not None and health.message:
            text = f"{text}\n{health.message}"
        painter.setFont(self._look.font())
        painter.setPen(QColor("#c8d0d7"))  # on what surrounds pictures, dark in every theme
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(area.adjusted(12, 12, -12, -12), int(flags), text)

    def _paint_head(self, painter: QPainter) -> None:
        colors = self._look.colors
        head = QRect(0, 0, self.width(), _HEAD)
        painter.fillRect(head, QColor(colors.panel))
        health = self._sight.health
        state = health.state if health is not None else None
        icon = STATE_ICONS.get(state, "stopped") if state is not None else "stopped"
        ink = {CameraState.LIVE: colors.good, CameraState.LOST: colors.bad}.get(
            state or CameraState.ENDED, colors.muted
        )
        pixmap = self._look.pixmap(icon, size=ICON, color=ink, scale=self.devicePixelRatioF())
        painter.drawPixmap(Space.SMALL, (_HEAD - ICON) // 2, pixmap)
        painter.setFont(self._look.font(bold=True))
        metrics = painter.fontMetrics()
        left = Space.SMALL + ICON + Space.TIGHT
        room = head.width() - left - Space.SMALL
        name = metrics.elidedText(self._camera.name, Qt.TextElideMode.ElideRight, room)
        painter.setPen(QColor(colors.text))
        center = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(head.adjusted(left, 0, 0, 0), int(center), name)
        used = metrics.horizontalAdvance(name) + Space.MEDIUM
        painter.setFont(self._look.font(Type.SMALL))
        told = health_text(health) if state is CameraState.LIVE else camera_state_text(state)
        told = painter.fontMetrics().elidedText(told, Qt.TextElideMode.ElideRight, room - used)
        painter.setPen(QColor(colors.muted))
        right = Qt.AlignmentFlag.AlignRight | center
        painter.drawText(head.adjusted(0, 0, -Space.SMALL, 0), int(right), told)

    def _paint_alarm(self, painter: QPainter, area: QRect) -> None:
        """The word over the picture, for those who do not hear the sound."""
        text = translate("Wall", "ALARM")
        painter.setFont(self._look.font(Type.HEADING, bold=True))
        metrics = painter.fontMetrics()
        place = QRectF(
            area.left() + Space.SMALL,
            area.top() + Space.SMALL,
            metrics.horizontalAdvance(text) + 2 * Space.MEDIUM + ICON,
            metrics.height() + 2 * Space.TIGHT,
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#ffb000"))
        painter.drawRoundedRect(place, 4, 4)
        ink = "#1a1200"
        pixmap = self._look.pixmap("warning", size=ICON, color=ink, scale=self.devicePixelRatioF())
        painter.drawPixmap(
            round(place.left()) + Space.SMALL, round(place.center().y() - ICON / 2), pixmap
        )
        painter.setPen(QColor(ink))
        words = place.adjusted(Space.SMALL + ICON + Space.TIGHT, 0, 0, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), text)
