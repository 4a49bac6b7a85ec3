"""Regions on the picture, and drawing them by mouse and keyboard."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from crimeview.core.region import Point, Region, RegionUse
from crimeview.gui import style
from crimeview.gui.look import Look
from crimeview.gui.region_editing import RegionEditing
from crimeview.gui.text import translate
from crimeview.gui.widgets.video_view import VideoView

_WATCHED = "#56b4e9"  # on pictures, whatever the theme
_NEAR = 9.0  # pixels around a corner
_HANDLE = 9
_STEP, _FAR = 0.005, 0.05  # of the picture, for each press of an arrow
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class RegionOverlay(QWidget):
    """Lies over the picture. Lets everything through but while regions are changed."""

    def __init__(self, view: VideoView, editing: RegionEditing, *, look: Look) -> None:
        super().__init__(view)
        self._view = view
        self._editing = editing
        self._look = look
        self._dragged: QPointF | None = None  # where the mouse was
        self._dragging_region = False
        self._pointer: QPointF | None = None
        self._keys = self._key_table()
        self.shown = True
        self.setMouseTracking(True)
        self.setAccessibleName(translate("RegionOverlay", "Regions"))
        self.setAccessibleDescription(_help_text())
        view.installEventFilter(self)
        editing.changed.connect(self.update)
        editing.mode_changed.connect(self._on_mode)
        look.changed.connect(self.update)
        self.resize(view.size())
        self._on_mode()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent) and watched is self._view:
            self.resize(event.size())
        return False

    def show_regions(self, *, shown: bool) -> None:
        self.shown = shown
        self.update()

    # Painting

    def paintEvent(self, _event: object) -> None:
        picture = self._view.picture_rectangle()
        if picture.isEmpty() or not (self.shown or self._editing.active):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_unwatched(painter, picture)
        for number, region in enumerate(self._editing.regions):
            self._paint_region(painter, region, chosen=number == self._editing.region)
        if self._editing.active:
            self._paint_drawing(painter)
            self._paint_help(painter, picture)

    def _paint_unwatched(self, painter: QPainter, picture: QRectF) -> None:
        """Where there are regions to be watched, all else is ignored: it is dimmed."""
        watched = [r for r in self._editing.regions if r.use is RegionUse.WATCH]
        if not watched:
            return
        rest = QPainterPath()
        rest.addRect(picture)
        for region in watched:
            inside = QPainterPath()
            inside.addPolygon(self._polygon(region.points))
            inside.closeSubpath()
            rest = rest.subtracted(inside)
        painter.fillPath(rest, style.color("#000000", alpha=0.45))

    def _paint_region(self, painter: QPainter, region: Region, *, chosen: bool) -> None:
        polygon = self._polygon(region.points)
        ignored = region.use is RegionUse.IGNORE
        ink = QColor("#ffffff" if ignored else _WATCHED)
        if ignored:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(style.color("#000000", alpha=0.5))
            painter.drawPolygon(polygon)
            painter.setBrush(QBrush(style.color("#ffffff", alpha=0.35), Qt.BrushStyle.BDiagPattern))
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
        line = Qt.PenStyle.DashLine if ignored else Qt.PenStyle.SolidLine
        painter.setPen(QPen(ink, 2.5 if chosen and self._editing.active else 1.5, line))
        painter.drawPolygon(polygon)
        self._paint_name(painter, polygon, region)
        if chosen and self._editing.active:
            self._paint_handles(painter, polygon)

    def _paint_name(self, painter: QPainter, polygon: QPolygonF, region: Region) -> None:
        painter.setFont(self._look.font(style.Type.SMALL, bold=True))
        text = use_text(region.use)
        width = painter.fontMetrics().horizontalAdvance(text) + 2 * style.Space.TIGHT
        height = painter.fontMetrics().height() + style.Space.HAIR
        ground = QRectF(0, 0, width, height)
        ground.moveCenter(polygon.boundingRect().center())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.color("#000000", alpha=0.75))
        painter.drawRoundedRect(ground, 3, 3)
        painter.setPen(QColor("#ffffff"))
        painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_handles(self, painter: QPainter, polygon: QPolygonF) -> None:
        """Corners as squares, the chosen one filled and larger."""
        for number in range(polygon.size()):
            chosen = number == self._editing.corner
            side = _HANDLE + 4 if chosen else _HANDLE
            square = QRectF(0, 0, side, side)
            square.moveCenter(polygon.at(number))
            painter.setPen(QPen(QColor("#000000"), 1.5))
            painter.setBrush(QColor(_WATCHED if chosen else "#ffffff"))
            painter.drawRect(square)

    def _paint_drawing(self, painter: QPainter) -> None:
        points = self._polygon(self._editing.drawing)
        if points.isEmpty():
            return
        if self._pointer is not None:
            points.append(self._pointer)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(_WATCHED), 2))
        painter.drawPolyline(points)
        painter.setBrush(QColor("#ffffff"))
        for number in range(len(self._editing.drawing)):
            painter.drawEllipse(points.at(number), 4, 4)

    def _paint_help(self, painter: QPainter, picture: QRectF) -> None:
        margin = style.Space.MEDIUM
        visible = picture & QRectF(self.rect())
        area = visible.adjusted(margin, margin, -margin, -margin)
        left = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        flags = left | Qt.AlignmentFlag.AlignTop
        painter.setFont(self._look.font(style.Type.SMALL))
        next_use = translate("RegionOverlay", "The next region: {use}").format(
            use=use_text(self._editing.use)
        )
        text = f"{next_use}\n{_help_text()}"
        bounds = painter.boundingRect(area, flags, text)
        ground = bounds.adjusted(-8, -6, 8, 6)
        chosen = self._editing.chosen
        covered = chosen is not None and self._polygon(chosen.points).boundingRect().intersects(
            ground
        )
        pointed = self._pointer is not None and ground.contains(self._pointer)
        if covered or pointed:  # out of the way
            flags = left | Qt.AlignmentFlag.AlignBottom
            ground = painter.boundingRect(area, flags, text).adjusted(-8, -6, 8, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.color("#000000", alpha=0.75))
        painter.drawRoundedRect(ground, style.ROW_RADIUS, style.ROW_RADIUS)
        painter.setPen(QColor("#ffffff"))
        painter.drawText(area, flags, text)

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if event.button() == Qt.MouseButton.RightButton:
            self._editing.finish_drawing()
            return
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self._editing.drawing:
            self._draw_on(at)
            return
        corner = self._corner_at(at)
        inside = self._region_at(at)
        if corner is not None:
            self._editing.choose(*corner)
        elif inside is not None:
            self._editing.choose(inside)
        else:
            self._editing.draw(self._point(at))
            return
        self._dragged, self._dragging_region = at, corner is None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        self._pointer = at
        if self._dragged is not None:
            if self._dragging_region:
                here, before = self._view.share_at(at), self._view.share_at(self._dragged)
                self._editing.move_by(here[0] - before[0], here[1] - before[1])
            else:
                self._editing.move_corner(self._point(at))
            self._dragged = at
        else:
            self.update()
        near = self._corner_at(at) is not None or self._region_at(at) is not None
        shape = Qt.CursorShape.SizeAllCursor if near else Qt.CursorShape.CrossCursor
        self.setCursor(shape)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        if self._dragged is not None:
            self._dragged = None
            self._editing.store()

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self._editing.finish_drawing()

    def _draw_on(self, at: QPointF) -> None:
        """Another corner; on the first one, the end."""
        first = self._view.place_of(self._editing.drawing[0])
        if (at - first).manhattanLength() <= _NEAR:
            self._editing.finish_drawing()
        else:
            self._editing.draw(self._point(at))

    # The keyboard

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if _combined(event) in self._keys:
                event.accept()
                return True
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._editing.store()  # before it is undone
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            # Tab would be taken for the next widget before keyPressEvent sees it.
            run = self._keys.get(_combined(event))
            if run is not None:
                run()
                return True
        return super().event(event)

    def _key_table(self) -> Mapping[tuple[int, int], Callable[[], object]]:
        editing = self._editing
        none, shift = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
        ctrl = Qt.KeyboardModifier.ControlModifier
        keys = Qt.Key
        table: dict[tuple[int, int], Callable[[], object]] = {
            (keys.Key_Tab, none.value): lambda: editing.step_corner(1),
            (keys.Key_Backtab, shift.value): lambda: editing.step_corner(-1),
            (keys.Key_PageDown, none.value): lambda: editing.step_region(1),
            (keys.Key_PageUp, none.value): lambda: editing.step_region(-1),
            (keys.Key_Insert, none.value): editing.add_corner,
            (keys.Key_I, none.value): editing.add_corner,
            (keys.Key_Delete, none.value): editing.delete_corner,
            (keys.Key_Delete, shift.value): editing.delete_region,
            (keys.Key_N, none.value): editing.add_rectangle,
            (keys.Key_X, none.value): editing.change_use,
            (keys.Key_Return, none.value): self._finish,
            (keys.Key_Enter, none.value): self._finish,
            (keys.Key_Escape, none.value): self._give_up,
        }
        for key, (x, y) in _ARROWS.items():
            near, far = (x * _STEP, y * _STEP), (x * _FAR, y * _FAR)
            table[key, none.value] = lambda by=near: editing.move_corner_by(*by)  # type: ignore[misc]
            table[key, shift.value] = lambda by=far: editing.move_corner_by(*by)  # type: ignore[misc]
            table[key, ctrl.value] = lambda by=far: editing.move_by(*by)  # type: ignore[misc]
        return table

    def _finish(self) -> None:
        if self._editing.drawing:
            self._editing.finish_drawing()
        else:
            self._editing.toggle()

    def _give_up(self) -> None:
        if self._editing.drawing:
            self._editing.give_up_drawing()
        else:
            self._editing.toggle()

    def _on_mode(self) -> None:
        active = self._editing.active
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not active)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if active else Qt.FocusPolicy.NoFocus)
        if active:
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self.hasFocus():
            self.window().setFocus()
        self.update()

    # Places

    def _polygon(self, points: tuple[Point, ...]) -> QPolygonF:
        return QPolygonF([self._view.place_of(point) for point in points])

    def _point(self, at: QPointF) -> Point:
        x, y = self._view.share_at(at)
        return min(1.0, max(0.0, x)), min(1.0, max(0.0, y))

    def _corner_at(self, at: QPointF) -> tuple[int, int] | None:
        """Region and corner under the pointer, the chosen region first."""
        numbers = list(range(len(self._editing.regions)))
        numbers.sort(key=lambda n: n != self._editing.region)
        for number in numbers:
            for corner, point in enumerate(self._editing.regions[number].points):
                if (self._view.place_of(point) - at).manhattanLength() <= _NEAR:
                    return number, corner
        return None

    def _region_at(self, at: QPointF) -> int | None:
        inside = [
            number
            for number, region in enumerate(self._editing.regions)
            if self._polygon(region.points).containsPoint(at, Qt.FillRule.OddEvenFill)
        ]
        return inside[-1] if inside else None


def use_text(use: RegionUse) -> str:
    if use is RegionUse.IGNORE:
        return translate("RegionOverlay", "Ignored")
    return translate("RegionOverlay", "Watched")


def _help_text() -> str:
    return translate(
        "RegionOverlay",
        "Click corner by corner, double-click to close; drag corners and regions.\n"
        "N new · Tab next corner · arrows move it, Shift farther · Ctrl+arrows move the region\n"
        "I insert a corner · Del delete it · Shift+Del delete the region · PgDn next region\n"
        "X ignore or watch · Enter done",
    )


def _combined(event: QKeyEvent) -> tuple[int, int]:
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return event.key(), modifiers.value
