"""The whole recording at a glance."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QHelpEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from crimeview.core.job import Changed
from crimeview.core.track import TrackKind
from crimeview.gui import style
from crimeview.gui.envelopes import Envelopes, Glance
from crimeview.gui.ground_truth import GroundTruth
from crimeview.gui.look import Look
from crimeview.gui.put_off import PutOff
from crimeview.gui.skip_text import look_text
from crimeview.gui.skipping import Skipping
from crimeview.gui.text import translate
from crimeview.gui.widgets.columns import rectangles
from crimeview.gui.widgets.score_picture import skipped_brush, truth_brush
from crimeview.gui.widgets.segment_blocks import BlockCache, state_brush
from crimeview.gui.widgets.time_scale import TimeScale
from crimeview.gui.workspace import Workspace
from crimeview.store.rows import CaseSegment

_MARKS = 6  # height of the strip of segments above the heat
_TRUTH = 8  # height of the marks of what really happened
_SKIPPED = 5  # height of the band that marks what was skipped


class Overview(QWidget):
    """A strip of the whole recording: segments as blocks on top, scores as bars and heat below.

    The frame in it is the span the curve shows. Clicking and dragging moves the playhead.
    """

    def __init__(
        self,
        workspace: Workspace,
        skipping: Skipping,
        envelopes: Envelopes,
        blocks: BlockCache,
        *,
        look: Look,
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._envelopes = envelopes
        self._playhead = workspace.playhead
        self._skipping = skipping
        self._look = look
        self._truth: GroundTruth | None = None
        self._blocks = blocks
        self._heat: QPixmap | None = None  # of which only scores make another
        self._drawing: QPixmap | None = None
        self._drawn: object = None  # the segments that are in it
        self._span: tuple[float, float] | None = None
        self._painting = PutOff(self, workspace.turns)  # the curve is painted before
        self.setAccessibleName(translate("Overview", "Overview of the whole recording"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        envelopes.changed.connect(self._repaint)
        workspace.changed.connect(self._on_changed)
        workspace.recording_selected.connect(self._repaint)
        workspace.segment_selected.connect(self.update)
        self._playhead.moved.connect(self.update)
        self._playhead.end_changed.connect(self._repaint)
        self._playhead.mark_changed.connect(self.update)
        skipping.changed.connect(self._repaint)
        look.changed.connect(self._repaint)

    def sizeHint(self) -> QSize:
        return QSize(600, 40)

    @property
    def settled(self) -> bool:
        """Whether the scores it shows were read."""
        return not self._envelopes.busy

    def score_at(self, seconds: float) -> float | None:
        """The highest score of those that are painted where a moment lies; None without any."""
        end = self._playhead.end
        envelope = self._envelopes.get(TrackKind.FRAME_SCORES)
        if envelope is None or end <= 0 or not 0 <= seconds <= end:
            return None
        pixel = end / max(1, self.width()) / 2
        times, _, tops = envelope
        there = (times[:, 0] <= seconds + pixel) & (times[:, 1] >= seconds - pixel)
        return float(tops[there].max()) if there.any() else None

    def seconds_at(self, x: float) -> float:
        """The moment at a place (pixels) from the left."""
        return x / max(1, self.width()) * self._playhead.end

    def show_truth(self, truth: GroundTruth) -> None:
        """Mark what really happened from now on."""
        self._truth = truth
        truth.changed.connect(self._repaint)
        self._repaint()

    def show_span(self, start: float, end: float) -> None:
        """Frame the seconds that the curve shows."""
        self._span = (start, end)
        self.update()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._heat = self._drawing = None
        self._look_over()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._seek(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._seek(event.position().x())

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        colors = self._look.colors
        painter.fillRect(self.rect(), QColor(colors.window))
        if self._playhead.end <= 0:
            return
        if self._drawing is None:
            self._drawing = self._draw()
        painter.drawPixmap(0, 0, self._drawing)
        self._paint_selected(painter)
        self._paint_span(painter)
        self._paint_mark(painter)
        x = self._x(self._playhead.position)
        painter.fillRect(QRectF(x - 1, 0, 2, self.height()), QColor(colors.accent))

    def _draw(self) -> QPixmap:
        """All that does not move."""
        if self._heat is None:
            self._heat = self._draw_heat()
        drawing = QPixmap(self._heat)
        painter = QPainter(drawing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(skipped_brush(self._look))
        skipped = self._skipping.skipped.spans
        self._paint_spans(painter, skipped, top=self.height() - _SKIPPED, height=_SKIPPED)
        if self._truth is not None:
            painter.setBrush(truth_brush(self._look))
            self._paint_spans(painter, self._truth.spans, top=_MARKS, height=_TRUTH)
        self._drawn = self._segments
        for blocks in self._blocks.of(self._segments)[0]:
            painter.setBrush(state_brush(self._look, blocks.state))
            self._paint_spans(painter, blocks.spans, top=1, height=_MARKS - 2)
        painter.end()
        return drawing

    @property
    def _segments(self) -> Sequence[CaseSegment]:
        recording = self._workspace.recording
        return self._workspace.segments_of(recording.id) if recording is not None else ()

    def _draw_heat(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        drawing = QPixmap(self.size() * ratio)
        drawing.setDevicePixelRatio(ratio)
        drawing.fill(QColor(self._look.colors.window))
        painter = QPainter(drawing)
        self._paint_heat(painter, columns=drawing.width())
        self._paint_unanalyzed(painter)
        painter.end()
        return drawing

    def _paint_heat(self, painter: QPainter, *, columns: int) -> None:
        """One column a pixel: as high and as strong as the highest score in it."""
        height = self.height() - _MARKS
        rows = max(1, round(height * self.devicePixelRatioF()))
        scores = self._highs(columns)
        bars = np.where(scores > 0, np.maximum(1, np.round(scores * rows)), 0)
        shown = np.arange(rows, 0, -1)[:, None] <= bars
        heat = np.empty((rows, columns, 4), np.uint8)
        lead = QColor(self._look.colors.lead)
        heat[..., :3] = lead.red(), lead.green(), lead.blue()
        heat[..., 3] = np.round(255 * shown * (0.25 + 0.75 * scores))
        image = QImage(heat.data, columns, rows, heat.strides[0], QImage.Format.Format_RGBA8888)
        painter.drawImage(QRectF(0, _MARKS, self.width(), height), image)

    def _highs(self, columns: int) -> NDArray[np.float32]:
        highs = np.zeros(columns, np.float32)
        end = self._playhead.end
        envelope = self._envelopes.get(TrackKind.FRAME_SCORES)
        if envelope is None:
            return highs
        times, _, tops = envelope
        first = np.clip((times[:, 0] / end * columns).astype(int), 0, columns - 1)
        last = np.clip(np.ceil(times[:, 1] / end * columns).astype(int), first + 1, columns)
        np.maximum.at(highs, first, tops)
        for number in np.nonzero(last - first > 1)[0]:  # those that are wider than a column
            a, b = first[number], last[number]
            highs[a:b] = np.maximum(highs[a:b], tops[number])
        return highs

    def _paint_unanalyzed(self, painter: QPainter) -> None:
        """Hatch what no score is known of."""
        recording = self._workspace.recording
        analyzed = recording.analyzed if recording is not None else 0.0
        left = self._x(analyzed)
        if self.width() - left >= 2:
            hatching = QBrush(QColor(self._look.colors.line), Qt.BrushStyle.FDiagPattern)
            area = QRectF(left, _MARKS, self.width() - left, self.height() - _MARKS)
            painter.fillRect(area, hatching)

    def _paint_spans(
        self, painter: QPainter, spans: NDArray[np.float64], *, top: int, height: int
    ) -> None:
        scale = TimeScale()
        scale.set_width(self.width())
        scale.set_length(self._playhead.end)
        painter.drawRects(
            rectangles(spans, scale=scale, left=0, top=top, height=height, narrowest=2)
        )

    def _paint_selected(self, painter: QPainter) -> None:
        recording, selected = self._workspace.recording, self._workspace.segment
        if selected is None or recording is None or selected.recording_id != recording.id:
            return
        left, right = self._x(selected.segment.start), self._x(selected.segment.end)
        block = QRectF(left, 0, max(2.0, right - left), _MARKS - 2)
        painter.fillRect(block, QColor(self._look.colors.text))

    def _paint_mark(self, painter: QPainter) -> None:
        """From where a person's own segment begins to the playhead."""
        if self._playhead.mark is not None:
            ends = sorted((self._x(self._playhead.mark), self._x(self._playhead.position)))
            accent = style.color(self._look.colors.accent, alpha=0.35)
            painter.fillRect(QRectF(ends[0], 0, ends[1] - ends[0], self.height()), accent)
            place = self._x(self._playhead.mark)
            painter.fillRect(
                QRectF(place - 1, 0, 2, self.height()), QColor(self._look.colors.accent)
            )

    def _paint_span(self, painter: QPainter) -> None:
        if self._span is None or self._span[1] - self._span[0] >= 0.999 * self._playhead.end:
            return
        left, right = (self._x(seconds) for seconds in self._span)
        painter.setPen(QColor(self._look.colors.text))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(
            QRectF(left + 0.5, _MARKS + 0.5, right - left - 1, self.height() - _MARKS - 1)
        )

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            look = self._skipping.skipped.look_at(self.seconds_at(event.pos().x()))
            QToolTip.showText(event.globalPos(), look_text(look) if look is not None else "", self)
            return True
        return super().event(event)

    def _x(self, seconds: float) -> float:
        return self.width() * seconds / self._playhead.end

    def _seek(self, x: float) -> None:
        self._playhead.seek(self.seconds_at(x))

    def _on_changed(self, changed: Changed) -> None:
        if changed & (Changed.TRACKS | Changed.RECORDINGS):  # scores, or how far it is analyzed
            self._repaint()
        elif self._segments is not self._drawn:
            self._drawing = None
            self.update()

    def _repaint(self) -> None:
        self._heat = self._drawing = None
        self._look_over()
        self._painting.once()

    def _look_over(self) -> None:
        """Ask for the scores of the whole recording, an entry a pixel."""
        end = self._playhead.end
        if self._workspace.recording is not None and end > 0:
            columns = max(1, round(self.width() * self.devicePixelRatioF()))
            kinds = (TrackKind.FRAME_SCORES,)
            self._envelopes.want(Glance(kinds=kinds, start=0.0, end=end, entries=columns))
