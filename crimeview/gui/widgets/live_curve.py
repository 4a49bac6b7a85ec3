"""The last minutes of a camera's scores, running to the left."""

import time
from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from crimeview.gui.look import Look
from crimeview.gui.style import Type, color
from crimeview.gui.text import translate
from crimeview.gui.watching import KEPT, Sight

_HEIGHT = 46
_GAP = 8.0  # s without a score that the line is broken at


class LiveCurve(QWidget):
    """A curve from 0 to 1 with its threshold; where it is over it the ground is colored too."""

    def __init__(
        self, camera: str, sight: Sight, *, threshold: Callable[[], float | None], look: Look
    ) -> None:
        """`threshold` gives that of the rule in force; None stands for the model's own."""
        super().__init__()
        self._threshold = threshold
        self._sight = sight
        self._look = look
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(translate("Wall", "Scores of {camera}").format(camera=camera))

    def sizeHint(self) -> QSize:
        return QSize(160, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colors = self._look.colors
        area = QRectF(self.rect()).adjusted(0, 4, 0, -4)
        painter.fillRect(self.rect(), QColor(colors.panel))
        scores = self._sight.scores
        if not scores:
            painter.setFont(self._look.font(Type.SMALL))
            painter.setPen(QColor(colors.faint))
            text = translate("Wall", "No scores yet")
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), text)
            return
        threshold = self._threshold() or scores[-1][2]
        now = max(time.time(), scores[-1][0])
        scale = area.width() / KEPT
        level = area.bottom() - threshold * area.height()
        points = [
            (QPointF(area.right() - (now - at) * scale, area.bottom() - score * area.height()), at)
            for at, score, _ in list(scores)
            if now - at <= KEPT
        ]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_leads(painter, points, area, level)
        painter.setPen(QPen(color(colors.lead, alpha=0.8), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(area.left(), level), QPointF(area.right(), level))
        painter.setPen(QPen(QColor(colors.accent), 1.5))
        for run in _runs(points):
            painter.drawPolyline(QPolygonF(run))
        self._paint_score(painter, scores[-1][1], threshold)

    def _paint_leads(
        self, painter: QPainter, points: list[tuple[QPointF, float]], area: QRectF, level: float
    ) -> None:
        ground = color(self._look.colors.lead, alpha=0.35)
        for (one, at), (other, later) in pairwise(points):
            if min(one.y(), other.y()) <= level and later - at <= _GAP:
                painter.fillRect(
                    QRectF(one.x(), area.top(), max(1.0, other.x() - one.x()), area.height()),
                    ground,
                )

    def _paint_score(self, painter: QPainter, score: float, threshold: float) -> None:
        """The newest score as a figure, on a ground that the line does not cross."""
        colors = self._look.colors
        painter.setFont(self._look.font(Type.SMALL, bold=True))
        text = f"{score:.2f}"
        width = painter.fontMetrics().horizontalAdvance(text) + 8
        place = QRectF(4, 4, width, painter.fontMetrics().height() + 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(colors.panel, alpha=0.85))
        painter.drawRoundedRect(place, 3, 3)
        painter.setPen(QColor(colors.lead if score >= threshold else colors.text))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), text)


def _runs(points: list[tuple[QPointF, float]]) -> list[list[QPointF]]:
    """Points that follow each other without a gap; a lone one as two."""
    runs: list[list[QPointF]] = []
    last = None
    for point, at in points:
        if last is None or at - last > _GAP:
            runs.append([])
        runs[-1].append(point)
        last = at
    return [run if len(run) > 1 else [run[0], run[0] + QPointF(1, 0)] for run in runs]
