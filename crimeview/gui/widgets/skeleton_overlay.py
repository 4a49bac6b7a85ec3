"""People in the picture: a box around each, and how they hold themselves as lines."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from crimeview.core.people import Finder
from crimeview.gui import style
from crimeview.gui.people_sight import PeopleSight
from crimeview.gui.text import translate

# Pairs of BlazePose's landmarks: face, shoulders and hips, arms and hands, legs and feet.
LINES = (
    *((8, 6), (6, 5), (5, 4), (4, 0), (0, 1), (1, 2), (2, 3), (3, 7), (10, 9)),
    *((11, 12), (11, 23), (12, 24), (23, 24)),
    *((11, 13), (13, 15), (15, 17), (15, 19), (15, 21), (17, 19)),
    *((12, 14), (14, 16), (16, 18), (16, 20), (16, 22), (18, 20)),
    *((23, 25), (25, 27), (27, 29), (29, 31), (27, 31)),
    *((24, 26), (26, 28), (28, 30), (30, 32), (28, 32)),
)
_SEEN = 0.5  # visibility from which on a landmark is sure; others are joined by dots
_WIDTH = 2.0
_GAP = 3.0  # around a name


class SkeletonOverlay:
    """Paints the people at the playhead while it is `shown`.

    A dark line lies around each bright one, so that they are seen on any picture. The left side of
    a body is drawn wider than the right, so that sides are told apart without color.
    """

    def __init__(self, sight: PeopleSight) -> None:
        self._sight = sight
        self.shown = True

    def paint(self, painter: QPainter, size: QSizeF) -> None:
        people = self._sight.people
        if not self.shown or people is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for box, marks in zip(people.boxes, people.landmarks, strict=True):
            area = _paint_box(painter, size, box)
            if self._sight.finder is Finder.REGION:
                _paint_name(painter, area, translate("Picture", "Motion region"))
            if np.isfinite(marks).all():
                _paint_body(painter, size, marks)


def _paint_box(painter: QPainter, size: QSizeF, box: NDArray[np.float32]) -> QRectF:
    left, top, right, bottom = map(float, box)
    area = QRectF(
        left * size.width(),
        top * size.height(),
        (right - left) * size.width(),
        (bottom - top) * size.height(),
    )
    for pen in _pens(1.0, Qt.PenStyle.DashLine):
        painter.setPen(pen)
        painter.drawRect(area)
    return area


def _paint_name(painter: QPainter, area: QRectF, name: str) -> None:
    """Above a box, or in it at the upper edge of the picture."""
    height = painter.fontMetrics().height()
    place = QRectF(area.left(), max(0.0, area.top() - height - _GAP), area.width(), height)
    place.setWidth(painter.fontMetrics().horizontalAdvance(name) + 2 * _GAP)
    painter.fillRect(place, style.color("#000000", alpha=0.7))
    painter.setPen(QColor("white"))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, name)


def _paint_body(painter: QPainter, size: QSizeF, marks: NDArray[np.float32]) -> None:
    places = [QPointF(float(x) * size.width(), float(y) * size.height()) for x, y, _ in marks]
    for number in (0, 1):  # all dark lines first: none lies over a bright one
        for first, second in LINES:
            sure = min(marks[first, 2], marks[second, 2]) >= _SEEN
            line = Qt.PenStyle.SolidLine if sure else Qt.PenStyle.DotLine
            left = first % 2 == 1 and second % 2 == 1  # BlazePose gives the left odd numbers
            painter.setPen(_pens(_WIDTH * (1.5 if left else 1.0), line)[number])
            painter.drawLine(places[first], places[second])


def _pens(width: float, line: Qt.PenStyle) -> tuple[QPen, QPen]:
    """A dark and wide one, and the bright one that lies on it; as wide at any zoom."""
    pens = (
        QPen(style.color("#000000", alpha=0.7), width + 2, Qt.PenStyle.SolidLine),
        QPen(QColor(style.SKELETON), width, line),
    )
    for pen in pens:
        pen.setCosmetic(True)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pens
