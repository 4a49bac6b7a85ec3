"""One camera of the wall: its picture, how it is with it, and its running scores."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from crimeview.core.watching import Camera, LivePicture
from crimeview.gui.live_figures import Thresholds
from crimeview.gui.look import Look
from crimeview.gui.sight import Sight
from crimeview.gui.text import translate
from crimeview.gui.told_text import told_text
from crimeview.gui.wall_text import camera_state_text, health_text
from crimeview.gui.watching import Watching
from crimeview.gui.widgets.camera_face import CameraFace
from crimeview.gui.widgets.live_curve import LiveCurve

_FRAME = 3  # pixels
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
        thresholds: Thresholds,
        look: Look,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)  # without one it would be a window until it is laid out
        self.camera = camera
        self._watching = watching
        self._look = look
        self._face = CameraFace(camera, watching, look=look)
        self.curve = LiveCurve(
            camera.name, watching.sight(camera.name), thresholds=thresholds, look=look
        )
        self.setObjectName("tile")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)  # the frame has its own
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
        return self._face.lines()

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
        message = told_text(health.message) if health is not None and health.message else ""
        self.setAccessibleName(", ".join(part for part in (*parts, message) if part))
        self.setToolTip(message)
        self._face.describe(alarmed=self.alarmed)
        self.curve.show_now()
        self._show_frame()

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
        self._show_frame()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_frame()

    def _show_frame(self) -> None:
        """A frame: of an alarm, of the keyboard, or a thin one; painted by Qt (`CameraFace`)."""
        colors = self._look.colors
        ink = colors.lead if self.alarmed else colors.accent if self.hasFocus() else colors.line
        width = _FRAME if self.alarmed or self.hasFocus() else 1
        frame = (
            f"#tile {{ background: {colors.panel}; border: {width}px solid {ink}; "
            f"padding: {_FRAME - width}px; }}"
        )
        if frame != self.styleSheet():
            self.setStyleSheet(frame)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.describe()
