"""The map: points that can be moved, pointed at, chosen and walked through by keyboard."""

from collections.abc import Callable
from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from crimeview.gui.look import Look
from crimeview.gui.map_raster import View, fitted
from crimeview.gui.style import color
from crimeview.gui.tasks import Tasks
from crimeview.gui.text import translate
from crimeview.gui.widgets.map_drawing import MapDrawing, Scene, target_of
from crimeview.gui.widgets.map_lasso import corners, within
from crimeview.gui.widgets.map_rings import Ringed, paint_rings, place_of

if TYPE_CHECKING:
    from crimeview.atlas.places import Direction, Places


_NEAR = 12.0  # pixels from a point that still mean it
_ZOOM, _NOTCH = 1.25, 120.0
_CLOSEST, _FARTHEST = 4000.0, 0.25  # times the scale at which all is seen
_STEP = 80.0  # pixels that Ctrl and an arrow move
_REST = 40  # ms after moving, before what lies beyond the picture is drawn

_KEYS = (
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return,
    Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Escape, Qt.Key.Key_Plus, Qt.Key.Key_Minus,
    Qt.Key.Key_Equal, Qt.Key.Key_0, Qt.Key.Key_A, Qt.Key.Key_Home,
)  # fmt: skip


class Tool(Enum):
    """What dragging with the left button does."""

    MOVE = "move"
    LASSO = "lasso"
    RECTANGLE = "rectangle"


class MapView(QWidget):
    """Shows a scene. Points are told by their number in it.

    Dragging moves or chooses, as `tool` says; Shift always draws a lasso, with Ctrl what is chosen
    is added. Arrow keys go to the nearest point, Ctrl and an arrow move, Enter shows it, Space
    chooses it.
    """

    pointed = Signal(object)  # at a number, None for none
    picked = Signal(int)  # clicked, or come to by keyboard
    opened = Signal(int)  # double click or Enter
    chosen = Signal(object, bool)  # numbers (k,), and whether they are added
    toggled = Signal(int)  # by Space or Ctrl and a click
    drawn = Signal()
    tool_changed = Signal()

    def __init__(self, tasks: Tasks, *, look: Look) -> None:
        super().__init__()
        self._look = look
        self._drawing = MapDrawing(tasks, self._on_drawn, look=look)
        self._scene: Scene | None = None
        self._places: Places | None = None
        self.view = View(x=0.0, y=0.0, scale=1.0, width=1, height=1)
        self._whole = self.view
        self._touched = False  # moved or zoomed by a person: it is not fitted again
        self._tool = Tool.MOVE
        self.current: int | None = None  # the point that is selected
        self.under: int | None = None  # the point that is pointed at
        self._ringed: NDArray[np.intp] = np.empty(0, np.intp)
        self._pressed: QPointF | None = None
        self._last = QPointF()
        self._outline: list[QPointF] = []
        self._doing: Tool | None = None  # a drag
        self._resting = QTimer(self, singleShot=True, interval=_REST)
        self._resting.timeout.connect(self._draw)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(QSize(240, 200))
        self.setAccessibleName(translate("MapView", "Map of segments"))
        self.setAccessibleDescription(
            translate(
                "MapView",
                "Arrow keys go to the nearest point, Enter shows it in the review, Space chooses "
                "it; plus, minus and 0 zoom.",
            )
        )
        look.changed.connect(self._draw)

    # What is shown

    @property
    def busy(self) -> bool:
        return self._drawing.busy or self._resting.isActive()

    @property
    def tool(self) -> Tool:
        return self._tool

    def set_tool(self, tool: Tool) -> None:
        self._tool = tool
        self.setCursor(
            Qt.CursorShape.ArrowCursor if tool is Tool.MOVE else Qt.CursorShape.CrossCursor
        )
        self.tool_changed.emit()

    def show_scene(self, scene: Scene | None, *, fit: bool) -> None:
        """Show other points, with `fit` all of them. None is found before `find_in`."""
        self._scene, self._places = scene, None
        self.under = None
        self._whole = self._fitting()
        if fit:
            self._touched = False
        if not self._touched:
            self.view = self._whole
        self._draw()

    def find_in(self, scene: Scene, places: "Places") -> None:
        """Find points by what was built for a scene, if that is still the one that is shown."""
        if scene is self._scene:
            self._places = places

    def show_current(self, number: int | None) -> None:
        """Mark the point that is selected, and bring it into view."""
        self.current = number
        if number is not None and self._scene is not None:
            self._bring_into_view(number)
        self.update()

    def show_chosen(self, numbers: NDArray[np.intp]) -> None:
        self._ringed = numbers
        self.update()

    def fit(self) -> None:
        """Show all points."""
        self._touched = False
        self._go(self._whole)

    def zoom(self, notches: float, *, at: QPointF | None = None) -> None:
        """Zoom in or out, about the middle unless `at` a place."""
        place = at or QPointF(self.width() / 2, self.height() / 2)
        scale = self.view.scale * _ZOOM**notches
        scale = min(max(scale, self._whole.scale * _FARTHEST), self._whole.scale * _CLOSEST)
        self._touched = True
        self._go(self.view.scaled(scale, about=(place.x(), place.y())))

    def move_by(self, across: float, down: float) -> None:
        """Move what is seen by pixels."""
        self._touched = True
        self._go(self.view.moved(across, down))

    def place_of(self, number: int) -> QPointF:
        """Where a point is on this widget."""
        assert self._scene is not None
        return place_of(self._scene, self.view, number)

    def close_down(self) -> None:
        """Draw nothing more."""
        self._resting.stop()
        self._drawing.close()

    # What comes of input

    def wheelEvent(self, event: QWheelEvent) -> None:
        delta = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier or abs(delta.x()) > abs(delta.y()):
            self.move_by(float(delta.x() or delta.y()), 0.0)
        else:
            self.zoom(delta.y() / _NOTCH, at=event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = self._last = event.position()
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.button() == Qt.MouseButton.MiddleButton:
            self._doing = Tool.MOVE
        elif event.button() == Qt.MouseButton.LeftButton:
            self._doing = Tool.LASSO if shift else self._tool
        self._outline = [event.position()]

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        if self._doing is None:
            self._point_at(self._number_at(place))
            return
        if self._pressed is not None and (place - self._pressed).manhattanLength() < 4:
            return
        self._point_at(None)
        self._pressed = None  # it is a drag from now on
        if self._doing is Tool.MOVE:
            self.move_by(place.x() - self._last.x(), place.y() - self._last.y())
        elif self._doing is Tool.RECTANGLE:
            self._outline = corners(self._outline[0], place)
        else:
            self._outline.append(place)
        self._last = place
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        doing, self._doing = self._doing, None
        adds = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        clicked, self._pressed = self._pressed is not None, None
        outline, self._outline = self._outline, []
        if clicked and event.button() == Qt.MouseButton.LeftButton:
            self._click(event.position(), adds=adds)
        elif doing in (Tool.LASSO, Tool.RECTANGLE) and len(outline) > 2:
            self.chosen.emit(self._inside(outline), adds)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        number = self._number_at(event.position())
        if number is not None:
            self.opened.emit(number)

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(None)
        super().leaveEvent(event)

    def event(self, event: QEvent) -> bool:
        # While the keyboard is here, these keys are no commands of the window.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() & ~(
                Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ControlModifier
            )
            with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if (
                not plain
                and event.key() in _KEYS
                and (with_control == (event.key() == Qt.Key.Key_A) or event.key() in _arrows())
            ):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in _arrows():
            across, down = _arrows()[key]
            if control:
                self.move_by(-_STEP * across, -_STEP * down)
            else:
                self._walk(across, -down)
        elif key == Qt.Key.Key_A and control:
            if self._scene is not None:
                self.chosen.emit(np.flatnonzero(self._scene.shown), False)  # noqa: FBT003
        elif (act := self._acts().get(Qt.Key(key))) is not None:
            act()
        else:
            super().keyPressEvent(event)

    def _acts(self) -> dict[Qt.Key, Callable[[], None]]:
        return {
            Qt.Key.Key_Return: self._open_current,
            Qt.Key.Key_Enter: self._open_current,
            Qt.Key.Key_Space: self._toggle_current,
            Qt.Key.Key_Escape: self._escape,
            Qt.Key.Key_Plus: lambda: self.zoom(1),
            Qt.Key.Key_Equal: lambda: self.zoom(1),
            Qt.Key.Key_Minus: lambda: self.zoom(-1),
            Qt.Key.Key_0: self.fit,
            Qt.Key.Key_Home: self.fit,
        }

    def _open_current(self) -> None:
        if self.current is not None:
            self.opened.emit(self.current)

    def _toggle_current(self) -> None:
        if self.current is not None:
            self.toggled.emit(self.current)

    def _escape(self) -> None:
        """Give up a drag, else choose nothing."""
        if self._doing is not None:
            self._doing, self._outline = None, []
            self.update()
        else:
            self.chosen.emit(np.empty(0, np.intp), False)  # noqa: FBT003

    def _walk(self, across: int, up: int) -> None:
        """Go to the nearest point in a direction; without a current one, to that in the middle."""
        if self._places is None or self._scene is None:
            return
        if self.current is None:
            number = self._places.nearest(self.view.x, self.view.y, within=np.inf)
        else:
            x, y = self._scene.positions[self.current].tolist()
            number = self._places.towards(x, y, direction=_direction(across, up))
        if number is not None:
            self.picked.emit(number)
            self._point_at(number)

    def _click(self, place: QPointF, *, adds: bool) -> None:
        number = self._number_at(place)
        if number is None:
            return
        if adds:
            self.toggled.emit(number)
        else:
            self.picked.emit(number)

    def _point_at(self, number: int | None) -> None:
        if number != self.under:
            self.under = number
            self.pointed.emit(number)
            self.update()

    def _number_at(self, place: QPointF) -> int | None:
        if self._places is None:
            return None
        x, y = self.view.position(place.x(), place.y())
        return self._places.nearest(x, y, within=_NEAR / self.view.scale)

    def _inside(self, outline: list[QPointF]) -> NDArray[np.intp]:
        """The shown points in view whose pixels an outline holds."""
        scene = self._scene
        if scene is None:
            return np.empty(0, np.intp)
        numbers = np.flatnonzero(scene.shown)
        inside = within(outline, self.view.pixels(scene.positions[numbers]), size=self.size())
        return np.asarray(numbers[inside], np.intp)

    # Painting

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.view = replace(self.view, width=max(1, self.width()), height=max(1, self.height()))
        self._whole = self._fitting()
        if not self._touched:
            self.view = self._whole
        self._draw()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        colors = self._look.colors
        painter.fillRect(self.rect(), QColor(colors.panel))
        drawn = self._drawing.drawn
        if self._scene is not None and drawn is not None:
            painter.drawImage(target_of(drawn, self.view), drawn.image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._scene is not None:
            ringed = Ringed(chosen=self._ringed, under=self.under, current=self.current)
            paint_rings(painter, self._scene, self.view, ringed, look=self._look)
        if len(self._outline) > 1 and self._doing is not Tool.MOVE:
            painter.setPen(QPen(QColor(colors.accent), 1.5, Qt.PenStyle.DashLine))
            painter.setBrush(color(colors.accent, alpha=0.12))
            painter.drawPolygon(self._outline)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colors.accent), 1))
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    # Moving

    def _go(self, view: View) -> None:
        self.view = view
        self.update()
        if not self._resting.isActive():
            self._resting.start()

    def _fitting(self) -> View:
        positions = (
            self._scene.positions if self._scene is not None else np.empty((0, 2), np.float32)
        )
        return fitted(positions, width=max(1, self.width()), height=max(1, self.height()))

    def _bring_into_view(self, number: int) -> None:
        place = self.place_of(number)
        room = QRectF(self.rect()).adjusted(24, 24, -24, -24)
        if not room.contains(place) and room.isValid():
            middle = room.center()
            self.move_by(middle.x() - place.x(), middle.y() - place.y())

    def _draw(self) -> None:
        self._resting.stop()
        if self._scene is not None and self.isVisible():
            self._drawing.draw(self._scene, self.view, ratio=self.devicePixelRatioF())
        self.update()

    def _on_drawn(self) -> None:
        self.update()
        self.drawn.emit()


def _arrows() -> dict[int, tuple[int, int]]:
    """Across and down, by key."""
    return {
        Qt.Key.Key_Left: (-1, 0),
        Qt.Key.Key_Right: (1, 0),
        Qt.Key.Key_Up: (0, -1),
        Qt.Key.Key_Down: (0, 1),
    }


def _direction(across: int, up: int) -> "Direction":
    from crimeview.atlas.places import Direction  # scipy takes long to load

    return Direction((across, up))
