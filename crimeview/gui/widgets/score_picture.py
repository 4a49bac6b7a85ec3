"""What a plot of scores shows apart from what moves: curves, segments, what was skipped."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPixmap

from crimeview.core.review import ReviewState
from crimeview.gui import style
from crimeview.gui.look import Look
from crimeview.gui.widgets.columns import rectangles
from crimeview.gui.widgets.envelope_curve import EnvelopeCurve
from crimeview.gui.widgets.segment_blocks import (
    Blocks,
    TypeLabel,
    segment_spans,
    state_brush,
    state_color,
)
from crimeview.gui.widgets.time_scale import TimeScale
from crimeview.store.rows import CaseSegment

SKIPPED_HEIGHT = 6  # pixels of the band that marks what was skipped
TOP = 1.08  # of the score axis: room for the edges of the segments above a score of 1
_EDGE, _SELECTED_EDGE = 3, 5  # pixels
_FRAME = 1  # pixels at both sides of the selected one
# Of a state's color in what is shaded: every curve is to stand out from it (tests/gui/test_style).
SHADE, SELECTED_SHADE = 0.10, 0.20
_TRUTH = 16  # pixels of the pattern at the bottom
_NARROWEST = 2  # pixels of a segment


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Segments and their types; spans (n, 2) in seconds, ascending: skipped, really happened."""

    segments: Sequence[Blocks]
    labels: Sequence[TypeLabel]
    selected: CaseSegment | None
    skipped: NDArray[np.float64]
    truth: NDArray[np.float64]

    def are(self, others: "Marks") -> bool:
        """Whether these are the very same things."""
        return all(getattr(self, name) is getattr(others, name) for name in self.__slots__)


def skipped_brush(look: Look) -> QBrush:
    """A hatching that is told from every other mark by its form alone."""
    return QBrush(QColor(look.colors.faint), Qt.BrushStyle.BDiagPattern)


def truth_brush(look: Look) -> QBrush:
    """The pattern of what really happened: another form than all other marks."""
    return QBrush(QColor(look.colors.good), Qt.BrushStyle.VerPattern)


class ScorePicture(pg.GraphicsObject):  # type: ignore[misc]
    """Paints the visible span of a scale pixel by pixel, and keeps the picture until it changes.

    In the coordinates of the view: seconds, and scores up to `TOP`.
    """

    def __init__(self, scale: TimeScale, curves: Sequence[EnvelopeCurve], *, look: Look) -> None:
        super().__init__()
        self._scale = scale
        self._curves = curves
        self._look = look
        self._marks = Marks(
            segments=(),
            labels=(),
            selected=None,
            skipped=np.empty((0, 2)),
            truth=np.empty((0, 2)),
        )
        self._labeled = np.empty((0, 2))  # spans of the labels
        self._drawing: QPixmap | None = None
        self._lines: QPixmap | None = None  # the curves, over all else
        self._lines_of: object = None  # the span and the size that they are of
        self._bounds = QRectF(scale.start, 0, scale.span, TOP)
        self._area = QRect()

    def show_marks(self, marks: Marks) -> None:
        if not marks.are(self._marks):
            self._marks = marks
            spans = [(label.start, label.end) for label in marks.labels]
            self._labeled = np.array(spans, np.float64).reshape(-1, 2)
            self._drawing = None
            self.update()

    def draw_anew(self) -> None:
        """Paint the span that the scale has come to."""
        self.prepareGeometryChange()
        self._bounds = QRectF(self._scale.start, 0, self._scale.span, TOP)
        self._drawing = self._lines = None
        self.update()

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(self, painter: QPainter, *_: Any) -> None:
        area = painter.worldTransform().mapRect(self._bounds).toRect()
        if area.isEmpty():  # a window that is as small as can be
            return
        if area.width() > 2 * painter.device().width():  # the view has not come to the span yet
            return
        ratio = painter.device().devicePixelRatioF()
        if self._drawing is None or self._drawing.size() != area.size() * ratio:
            self._area = QRect(0, 0, area.width(), area.height())
            self._drawing = self._draw(area.size(), ratio)
        painter.resetTransform()
        painter.drawPixmap(area.topLeft(), self._drawing)

    def _draw(self, size: QSize, ratio: float) -> QPixmap:
        drawing = QPixmap(size * ratio)
        drawing.setDevicePixelRatio(ratio)
        drawing.fill(QColor(self._look.colors.panel))
        painter = QPainter(drawing)
        truth = self._truth_areas()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.mixed(self._look.colors.good, self._look.colors.panel, share=0.14))
        painter.drawRects(truth)
        self._paint_segments(painter)
        painter.setBrush(truth_brush(self._look))
        painter.drawRects([QRect(a.left(), a.bottom() - _TRUTH, a.width(), _TRUTH) for a in truth])
        painter.setPen(QColor(self._look.colors.line))
        for score in (0.5, 1.0):
            y = round(self._area.height() * (1 - score / TOP))
            painter.drawLine(QPointF(0, y), QPointF(size.width(), y))
        self._paint_skipped(painter)
        shown = (self._scale.start, self._scale.end, drawing.size())
        if self._lines is None or shown != self._lines_of:
            self._lines, self._lines_of = self._draw_lines(size, ratio), shown
        painter.drawPixmap(0, 0, self._lines)
        painter.end()
        return drawing

    def _draw_lines(self, size: QSize, ratio: float) -> QPixmap:
        """The curves alone, which stay as they are when something is said of a segment."""
        lines = QPixmap(size * ratio)
        lines.setDevicePixelRatio(ratio)
        lines.fill(Qt.GlobalColor.transparent)
        painter = QPainter(lines)
        for curve in self._curves:
            curve.paint(painter, QRectF(self._area), scale=self._scale, top=TOP)
        painter.end()
        return lines

    def _paint_segments(self, painter: QPainter) -> None:
        for blocks in self._marks.segments:
            self._paint_spans(painter, blocks, share=SHADE, edge=_EDGE)
        selected = self._marks.selected
        if selected is not None:
            chosen = Blocks(selected.state, segment_spans([selected]))
            self._paint_spans(painter, chosen, share=SELECTED_SHADE, edge=_SELECTED_EDGE)
            self._paint_sides(painter, chosen)
        self._paint_labels(painter)

    def _paint_labels(self, painter: QPainter) -> None:
        """The type of a segment, where there is room for the word."""
        font = self._look.font(style.Type.SMALL)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(QColor(self._look.colors.text))
        scale = self._scale
        ends = (self._labeled - scale.start) * (scale.width / scale.span)
        lefts = np.maximum(0.0, ends[:, 0])
        widths = np.minimum(float(self._area.width()), ends[:, 1]) - lefts
        for number in np.flatnonzero(widths > 2 * style.Space.TIGHT).tolist():
            left, width = float(lefts[number]), float(widths[number])
            text = self._marks.labels[number].text
            if width >= metrics.horizontalAdvance(text) + 2 * style.Space.TIGHT:
                place = QRectF(left, _SELECTED_EDGE, width, metrics.height())
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
        painter.setPen(Qt.PenStyle.NoPen)

    def _paint_spans(self, painter: QPainter, blocks: Blocks, *, share: float, edge: int) -> None:
        """Shade the spans, with a solid edge on top."""
        areas = self._areas(blocks.spans)
        painter.setPen(Qt.PenStyle.NoPen)
        # Opaque: Qt takes ten times longer for what shines through.
        color = state_color(self._look, blocks.state)
        if blocks.state is ReviewState.DISMISSED:
            share /= 2
        painter.setBrush(style.mixed(color, self._look.colors.panel, share=share))
        painter.drawRects(areas)
        painter.setBrush(state_brush(self._look, blocks.state))
        area = self._area
        painter.setClipRect(area.left(), area.top(), area.width(), edge)
        painter.drawRects(areas)
        painter.setClipping(False)

    def _paint_sides(self, painter: QPainter, chosen: Blocks) -> None:
        """Say by more than its shade where the selected one begins and ends."""
        painter.setBrush(QColor(state_color(self._look, chosen.state)))
        for area in self._areas(chosen.spans):
            if area.width() > 2 * _NARROWEST:
                for left in (area.left(), area.right() + 1 - _FRAME):
                    painter.drawRect(left, area.top(), _FRAME, area.height())

    def _truth_areas(self) -> list[QRect]:
        """What really happened, from top to bottom."""
        return self._areas(self._marks.truth)

    def _areas(self, spans: NDArray[np.float64]) -> list[QRect]:
        """Spans from top to bottom."""
        area = self._area
        return rectangles(
            spans,
            scale=self._scale,
            left=area.left(),
            top=area.top(),
            height=area.height(),
            narrowest=_NARROWEST,
        )

    def _paint_skipped(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(skipped_brush(self._look))
        painter.drawRects(
            rectangles(
                self._marks.skipped,
                scale=self._scale,
                left=self._area.left(),
                top=self._area.y() + self._area.height() - SKIPPED_HEIGHT,
                height=SKIPPED_HEIGHT,
            )
        )
