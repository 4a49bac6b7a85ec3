"""What is drawn above a map's points: rings round those that are chosen, found or pointed at."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from crimeview.gui.look import Look
from crimeview.gui.map_raster import View
from crimeview.gui.style import Type
from crimeview.gui.widgets.map_drawing import Scene

_RINGED = 3000  # chosen points that get a ring each
_RANKED = 9  # hits whose rank is written beside them


@dataclass(frozen=True, slots=True, kw_only=True)
class Ringed:
    """The numbers of points that stand out: the `chosen` (k,), and the two that are looked at."""

    chosen: NDArray[np.intp]
    under: int | None  # pointed at
    current: int | None  # selected


def paint_rings(painter: QPainter, scene: Scene, view: View, ringed: Ringed, *, look: Look) -> None:
    """Ring what stands out in a scene, as it is seen in a view."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if 0 < len(ringed.chosen) <= _RINGED:
        painter.setPen(QPen(QColor(look.colors.text), 1.2))
        for across, down in view.pixels(scene.positions[ringed.chosen]).tolist():
            painter.drawEllipse(QPointF(across, down), 7.5, 7.5)
    _paint_hits(painter, scene, view, look=look)
    for number, radius in ((ringed.under, 10.0), (ringed.current, 11.0)):
        if number is None or number >= len(scene.positions):
            continue
        place = place_of(scene, view, number)
        for ink, width in ((look.colors.panel, 5.0), (look.colors.accent, 2.5)):
            painter.setPen(QPen(QColor(ink), width))
            painter.drawEllipse(place, radius, radius)
        if number == ringed.current:
            _paint_ticks(painter, place, radius)


def place_of(scene: Scene, view: View, number: int) -> QPointF:
    """Where a point is in a view."""
    across, down = view.pixels(scene.positions[number : number + 1])[0].tolist()
    return QPointF(across, down)


def _paint_hits(painter: QPainter, scene: Scene, view: View, *, look: Look) -> None:
    """Ring what a search has found, the first ones with their rank."""
    if scene.hits is None:
        return
    hits = scene.hits[:_RINGED]
    painter.setFont(look.font(Type.SMALL, bold=True))
    for rank, (across, down) in enumerate(view.pixels(scene.positions[hits]).tolist()):
        place = QPointF(across, down)
        painter.setPen(QPen(QColor(look.colors.accent), 2.0))
        painter.drawEllipse(place, 9.0, 9.0)
        if rank < _RANKED:
            painter.setPen(QColor(look.colors.text))
            painter.drawText(place + QPointF(11.0, -6.0), str(rank + 1))


def _paint_ticks(painter: QPainter, place: QPointF, radius: float) -> None:
    """Four short lines: the selected one is told from one that is pointed at by form too."""
    for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        way = QPointF(x, y)
        painter.drawLine(place + way * (radius + 1), place + way * (radius + 6))
