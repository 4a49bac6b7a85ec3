"""The last minutes of a camera's scores, running to the left."""

import time
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from crimeview.core.alarm_rule import AlarmTrack
from crimeview.gui.live_figures import LiveFigure, Thresholds, figures_of
from crimeview.gui.look import Look
from crimeview.gui.sight import KEPT, Sight
from crimeview.gui.style import Type, color
from crimeview.gui.text import translate

_HEIGHT = 46
_GAP = 8.0  # s without a score that the line is broken at


class LiveCurve(QLabel):
    """A curve from 0 to 1 with its threshold; where it is over it the ground is colored too.

    It is drawn when it is told to be, and painted by Qt from what was drawn: see `CameraFace`.
    """

    def __init__(self, camera: str, sight: Sight, *, thresholds: Thresholds, look: Look) -> None:
        """Where there is no rule of a track the model's own threshold stands for it."""
        super().__init__()
        self._thresholds = thresholds
        self._sight = sight
        self._look = look
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_HEIGHT)
        self.setAccessibleName(translate("Wall", "Scores of {camera}").format(camera=camera))

    def sizeHint(self) -> QSize:
        return QSize(160, _HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.show_now()

    def show_now(self) -> None:
        """Draw it as it is now."""
        scale = self.devicePixelRatioF()
        told = " · ".join(figure.text for figure in figures_of(self._sight, self._thresholds))
        if told != self.toolTip():
            self.setToolTip(told)  # where there is no room for all of them
        drawn = QPixmap(self.size() * scale)
        drawn.setDevicePixelRatio(scale)
        with QPainter(drawn) as painter:
            self._draw(painter)
        self.setPixmap(drawn)

    def _draw(self, painter: QPainter) -> None:
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
        threshold = self._thresholds(AlarmTrack.EVENTS) or scores[-1][2]
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
        left = 4.0
        for figure in figures_of(self._sight, self._thresholds):
            left = self._paint_figure(painter, figure, left)

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

    def _paint_figure(self, painter: QPainter, figure: LiveFigure, left: float) -> float:
        """A newest score as a figure, on a ground that the line does not cross; gives its end."""
        colors = self._look.colors
        painter.setFont(self._look.font(Type.SMALL, bold=True))
        width = painter.fontMetrics().horizontalAdvance(figure.text) + 8
        place = QRectF(left, 4, width, painter.fontMetrics().height() + 2)
        if place.right() > self.width():
            return left
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(colors.panel, alpha=0.85))
        painter.drawRoundedRect(place, 3, 3)
        painter.setPen(QColor(colors.lead if figure.high else colors.text))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), figure.text)
        return place.right() + 4


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
