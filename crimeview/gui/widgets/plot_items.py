"""What a plot over a recording's clock is made of."""

from collections.abc import Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QGraphicsSceneMouseEvent, QGraphicsSceneWheelEvent

from crimeview.core.timetext import clock_text
from crimeview.core.wall_clock import WallClock, wall_text
from crimeview.gui.style import Space
from crimeview.gui.widgets.time_scale import TimeScale

LOWEST_THRESHOLD = 0.01  # it must lie above 0
_ZOOM = 1.25  # a notch of the wheel
_WHEEL_NOTCH = 120.0
_ROOM = 40  # pixels that half a time of day may take beyond an end of the axis


class TimeBox(pg.ViewBox):  # type: ignore[misc]
    """A view of the span of a scale, which zooms and moves in time only.

    A press or a drag seeks the moment under the pointer, at once and not at the limited rate at
    which pyqtgraph tells of drags.
    """

    sought = Signal(float)  # seconds under the pointer

    def __init__(self, scale: TimeScale) -> None:
        super().__init__(enableMenu=False, defaultPadding=0.0)
        self._scale = scale
        self._from: float | None = None  # where in x a drag of the span has come to
        self.setMouseEnabled(x=False, y=False)
        self.disableAutoRange()
        self.sigResized.connect(self._on_resized)

    def follow(self) -> None:
        """Show the span that the scale has come to; not sooner than there is something to show."""
        self.setXRange(self._scale.start, self._scale.end, padding=0)

    def seconds_at(self, x: float) -> float:
        """The moment at a place (pixels) from the left of the scene."""
        return self._scale.seconds_at(x - self.sceneBoundingRect().left())

    def wheelEvent(self, event: QGraphicsSceneWheelEvent, axis: int | None = None) -> None:  # noqa: ARG002
        """Zoom at the pointer; a sideways wheel, or one with Shift, moves."""
        notches = event.delta() / _WHEEL_NOTCH
        sideways = event.orientation() == Qt.Orientation.Horizontal
        if sideways or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._scale.move(-notches * self._scale.span / 8)
        else:
            center = self.seconds_at(event.scenePos().x())
            self._scale.zoom(_ZOOM**-notches, center=center)
        event.accept()

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        left = event.button() == Qt.MouseButton.LeftButton
        x = event.scenePos().x()
        if event.button() == Qt.MouseButton.MiddleButton or (left and is_shifted(event)):
            self._from = x
        elif left:
            self._from = None
            self.sought.emit(self.seconds_at(x))
        event.setAccepted(left or self._from is not None)

    def mouseMoveEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        x = event.scenePos().x()
        if self._from is None:
            self.sought.emit(self.seconds_at(x))
        else:
            self._scale.move((self._from - x) / self._scale.width * self._scale.span)
            self._from = x

    def mouseReleaseEvent(self, _event: QGraphicsSceneMouseEvent) -> None:
        self._from = None

    def _on_resized(self, _box: object) -> None:
        self._scale.set_width(round(self.width()))


class TimeAxis(pg.AxisItem):  # type: ignore[misc]
    """Seconds as clock times, at round moments; the pointer does there what it does in the view."""

    def __init__(self, scale: TimeScale) -> None:
        super().__init__("bottom", maxTickLength=-4)
        self._scale = scale
        self._clock: WallClock | None = None
        self.setStyle(tickTextOffset=Space.HAIR, hideOverlappingLabels=_ROOM)

    def show_clock(self, clock: WallClock | None) -> None:
        """Tell the camera's time from now on; None: the recording's own."""
        if clock != self._clock:
            self._clock = clock
            self.picture = None  # what pyqtgraph keeps of it
            self.update()

    def tickValues(
        self, _start: float, _end: float, _size: float
    ) -> list[tuple[float, list[float]]]:
        metrics = QFontMetricsF(self.style["tickFont"])
        apart = metrics.horizontalAdvance("00:00:00.00") + Space.HUGE
        self._ticks = list(self._scale.ticks(apart=apart, phase=self._phase))
        return [(0.0, [seconds for seconds, _ in self._ticks])]

    def tickStrings(self, _values: Sequence[float], _scale: float, _spacing: float) -> list[str]:
        clock = self._clock
        if clock is None:
            return [clock_text(seconds, decimals=decimals) for seconds, decimals in self._ticks]
        # A tick is a round moment: half a millisecond makes up for what the sum has lost.
        return [
            wall_text(clock.at(seconds + 0.0005), decimals=decimals, with_date=False)
            for seconds, decimals in self._ticks
        ]

    @property
    def _phase(self) -> float:
        """Seconds of the camera's day at which the recording begins."""
        if self._clock is None:
            return 0.0
        begins = self._clock.at(0.0)
        midnight = begins.replace(hour=0, minute=0, second=0, microsecond=0)
        return (begins - midnight).total_seconds()

    def generateDrawSpecs(self, painter: QPainter) -> Any:
        """What pyqtgraph draws, with the times at the ends moved inside."""
        specs = super().generateDrawSpecs(painter)
        for rect, _, _ in specs[2] if specs is not None else ():
            rect.moveLeft(min(max(rect.left(), 0.0), self.width() - rect.width()))
        return specs

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        self.linkedView().mousePressEvent(event)

    def mouseMoveEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        self.linkedView().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        self.linkedView().mouseReleaseEvent(event)


class ThresholdLine(pg.InfiniteLine):  # type: ignore[misc]
    """A threshold of scores, which can be dragged."""

    dragged = Signal(float)
    dropped = Signal(float)

    def __init__(self) -> None:
        super().__init__(angle=0, pos=1.0, movable=True, bounds=(LOWEST_THRESHOLD, 1.0))
        self.setCursor(Qt.CursorShape.SizeVerCursor)

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        left = event.button() == Qt.MouseButton.LeftButton
        event.setAccepted(left and not is_shifted(event))

    def mouseMoveEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        self.setValue(self.getViewBox().mapSceneToView(event.scenePos()).y())
        self.dragged.emit(float(self.value()))

    def mouseReleaseEvent(self, _event: QGraphicsSceneMouseEvent) -> None:
        self.dropped.emit(float(self.value()))


def is_shifted(event: QGraphicsSceneMouseEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
