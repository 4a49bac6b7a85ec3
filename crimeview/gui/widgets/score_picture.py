"""What a plot of scores shows apart from what moves: axes, curves, segments, what was skipped."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QFontMetricsF, QPainter, QPixmap

from crimeview.core.timetext import clock_text
from crimeview.gui import style
from crimeview.gui.look import Look
from crimeview.gui.style import Space, Type
from crimeview.gui.widgets.columns import rectangles
from crimeview.gui.widgets.envelope_curve import EnvelopeCurve
from crimeview.gui.widgets.time_scale import TimeScale
from crimeview.store.rows import CaseSegment

AXIS_WIDTH = 44
SKIPPED_HEIGHT = 6  # pixels of the band that marks what was skipped
_TOP = 1.08  # of the score axis: room for the edges of the segments above a score of 1
_TICK = 4  # pixels
_EDGE, _SELECTED_EDGE = 3, 5  # pixels
_NARROWEST = 2  # pixels of a segment


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Spans (n, 2) in seconds, ascending: segments, and what was skipped."""

    segments: NDArray[np.float64]
    selected: CaseSegment | None
    skipped: NDArray[np.float64]


def segment_spans(segments: Sequence[CaseSegment]) -> NDArray[np.float64]:
    """The spans (n, 2) of segments in any order, in order of time."""
    spans = np.array([(s.segment.start, s.segment.end) for s in segments], np.float64)
    return spans[np.argsort(spans[:, 0])] if len(spans) else np.empty((0, 2))


def skipped_brush(look: Look) -> QBrush:
    """A hatching that is told from every other mark by its form alone."""
    return QBrush(QColor(look.colors.faint), Qt.BrushStyle.BDiagPattern)


class ScorePicture:
    """Paints a plot of the size of a widget, with room for the axes."""

    def __init__(self, scale: TimeScale, *, look: Look) -> None:
        self._scale = scale
        self._look = look
        self._area = QRect()

    def fit_into(self, size: QSize) -> None:
        """Make room for the axes in a widget of this size."""
        line = QFontMetrics(self._look.font(Type.SMALL)).height()
        self._area = QRect(
            AXIS_WIDTH,
            line // 2,
            max(1, size.width() - AXIS_WIDTH),
            max(1, size.height() - 3 * line // 2 - _TICK - Space.TIGHT),
        )
        self._scale.set_width(self._area.width())

    @property
    def area(self) -> QRectF:
        """Where in the widget the curves lie."""
        return QRectF(self._area)

    def y_of(self, score: float) -> float:
        return self.area.bottom() - score / _TOP * self._area.height()

    def score_at(self, y: float) -> float:
        return (self.area.bottom() - y) / self._area.height() * _TOP

    def draw(self, curves: Sequence[EnvelopeCurve], marks: Marks, *, onto: QPixmap) -> None:
        painter = QPainter(onto)
        self._paint_segments(painter, marks)
        self._paint_axes(painter)
        painter.setClipRect(self._area)
        self._paint_skipped(painter, marks)
        for curve in curves:
            curve.paint(painter, self.area, scale=self._scale, top=_TOP)
        painter.end()

    def _paint_axes(self, painter: QPainter) -> None:
        colors, font = self._look.colors, self._look.font(Type.SMALL)
        area, metrics = self.area, QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(QColor(colors.line))
        for score in (0.0, 0.5, 1.0):
            y = round(self.y_of(score))
            painter.drawLine(QPointF(area.left() - _TICK, y), QPointF(area.right(), y))
        apart = metrics.horizontalAdvance("00:00:00.00") + Space.HUGE
        ticks = list(self._scale.ticks(apart=apart))
        for seconds, _ in ticks:
            x = area.left() + round(self._scale.x_of(seconds))
            painter.drawLine(QPointF(x, area.bottom()), QPointF(x, area.bottom() + _TICK))
        painter.setPen(QColor(colors.muted))
        ascent = metrics.ascent()
        for score, text in ((0.0, "0"), (0.5, "0.5"), (1.0, "1")):
            x = area.left() - _TICK - Space.TIGHT - metrics.horizontalAdvance(text)
            painter.drawText(QPointF(x, self.y_of(score) + ascent / 2 - 1), text)
        for seconds, decimals in ticks:
            text = clock_text(seconds, decimals=decimals)
            width = metrics.horizontalAdvance(text)
            x = area.left() + self._scale.x_of(seconds) - width / 2
            x = min(max(x, area.left()), area.right() - width)
            painter.drawText(QPointF(x, area.bottom() + _TICK + Space.HAIR + ascent), text)

    def _paint_segments(self, painter: QPainter, marks: Marks) -> None:
        lead = self._look.colors.lead
        self._paint_spans(painter, marks.segments, share=0.16, edge=_EDGE, color=lead)
        if marks.selected is not None:
            chosen = segment_spans([marks.selected])
            self._paint_spans(painter, chosen, share=0.32, edge=_SELECTED_EDGE, color=lead)

    def _paint_spans(
        self,
        painter: QPainter,
        spans: NDArray[np.float64],
        *,
        share: float,
        edge: int,
        color: str,
    ) -> None:
        """Shade the spans, with a solid edge on top."""
        area = self._area
        areas = rectangles(
            spans,
            scale=self._scale,
            left=area.left(),
            top=area.top(),
            height=area.height(),
            narrowest=_NARROWEST,
        )
        painter.setPen(Qt.PenStyle.NoPen)
        # Opaque: Qt takes ten times longer for what shines through.
        painter.setBrush(style.mixed(color, self._look.colors.panel, share=share))
        painter.drawRects(areas)
        painter.setBrush(QColor(color))
        painter.drawRects([QRect(a.left(), a.top(), a.width(), edge) for a in areas])

    def _paint_skipped(self, painter: QPainter, marks: Marks) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(skipped_brush(self._look))
        painter.drawRects(
            rectangles(
                marks.skipped,
                scale=self._scale,
                left=self._area.left(),
                top=self._area.y() + self._area.height() - SKIPPED_HEIGHT,
                height=SKIPPED_HEIGHT,
            )
        )
