"""What a plot over a recording's clock is made of."""

from collections.abc import Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter

from crimeview.core.timetext import clock_text
from crimeview.store.rows import CaseSegment

_WHEEL_NOTCH = 120.0
_ZOOM = 1.25  # a notch


class TimeAxis(pg.AxisItem):  # type: ignore[misc]
    """Seconds as clock times."""

    def tickStrings(self, values: Sequence[float], _scale: float, spacing: float) -> list[str]:
        decimals = 0 if spacing >= 1 else 1 if spacing >= 0.1 else 2
        return [clock_text(value, decimals=decimals) for value in values]


class TimeBox(pg.ViewBox):  # type: ignore[misc]
    """A view that zooms and moves in time only, and whose drag is a search for a moment."""

    sought = Signal(float)  # seconds under the pointer

    def __init__(self) -> None:
        super().__init__(enableMenu=False)
        self.setMouseEnabled(x=True, y=False)

    def wheelEvent(self, event: Any, axis: int | None = None) -> None:  # noqa: ARG002
        """Zoom at the pointer; a sideways wheel, or one with Shift, moves."""
        notches = event.delta() / _WHEEL_NOTCH
        left, right = self.viewRange()[0]
        sideways = event.orientation() == Qt.Orientation.Horizontal
        if sideways or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.translateBy(x=-notches * (right - left) / 8)
        else:
            center = self.mapSceneToView(event.scenePos())
            self.scaleBy(x=_ZOOM**-notches, center=center)
        event.accept()

    def mouseClickEvent(self, event: Any) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            event.accept()
            self.sought.emit(self.mapSceneToView(event.scenePos()).x())

    def mouseDragEvent(self, event: Any, axis: int | None = None) -> None:
        shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.button() == Qt.MouseButton.LeftButton and not shifted:
            event.accept()
            self.sought.emit(self.mapSceneToView(event.scenePos()).x())
        else:
            super().mouseDragEvent(event, axis)


class Spans(pg.GraphicsObject):  # type: ignore[misc]
    """Segments as shaded spans with a solid edge on top; the selected one stands out."""

    _EDGE, _SELECTED_EDGE = 3, 5  # pixels

    def __init__(self) -> None:
        super().__init__()
        self._segments: Sequence[CaseSegment] = ()
        self._selected: int | None = None
        self._color = QColor()

    def set_segments(
        self, segments: Sequence[CaseSegment], *, selected: int | None, color: QColor
    ) -> None:
        self._segments, self._selected, self._color = segments, selected, color
        self.prepareGeometryChange()
        self.update()

    def boundingRect(self) -> QRectF:
        if not self._segments:
            return QRectF()
        start = min(s.segment.start for s in self._segments)
        return QRectF(start, 0, max(s.segment.end for s in self._segments) - start, 2)

    def paint(self, painter: QPainter, *_: Any) -> None:
        view = self.getViewBox().viewRect()
        pixel_width, pixel_height = self.pixelWidth(), self.pixelHeight()
        for row in self._segments:
            start, end = row.segment.start, row.segment.end
            if end < view.left() or start > view.right():
                continue
            selected = row.id == self._selected
            width = max(end - start, 2 * pixel_width)
            self._color.setAlphaF(0.28 if selected else 0.16)
            painter.fillRect(QRectF(start, 0, width, view.bottom()), self._color)
            self._color.setAlphaF(1.0)
            edge = (self._SELECTED_EDGE if selected else self._EDGE) * pixel_height
            painter.fillRect(QRectF(start, view.bottom() - edge, width, edge), self._color)
