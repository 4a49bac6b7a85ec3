"""All recordings of a camera on one timeline, with the gaps between them."""

from datetime import UTC, datetime

import numpy as np
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from crimeview.core.camera_timeline import CameraTimeline, Piece
from crimeview.core.job import Changed
from crimeview.core.wall_clock import WallClock, wall_text
from crimeview.gui import style
from crimeview.gui.camera_heat import CameraHeat
from crimeview.gui.look import Look
from crimeview.gui.style import Space, Type
from crimeview.gui.text import length_text, translate
from crimeview.gui.timeline import Timeline
from crimeview.gui.widgets.segment_blocks import blocks_of, state_brush
from crimeview.gui.widgets.time_scale import TimeScale
from crimeview.gui.workspace import Workspace

_HEIGHT = 46
_SEGMENTS = 4  # height of the marks of segments
_DAY = 86_400.0


class CameraStrip(QWidget):
    """The whole span of a camera: a block for each recording, with its scores as bars.

    Gaps are hatched, the selected recording is framed, times are the camera's. Hidden where there
    is only one recording. A click goes there; while a drag goes on within the selected recording
    the picture follows, and where it ends in another one, that is shown.
    """

    pointed = Signal(float)  # at a moment (s) of the timeline

    def __init__(
        self, workspace: Workspace, timeline: Timeline, heat: CameraHeat, *, look: Look
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._timeline = timeline
        self._heat = heat
        self._look = look
        self._drawing: QPixmap | None = None
        self._dragged: float | None = None  # where a drag has come to, in another recording
        self.setAccessibleName(translate("CameraStrip", "All recordings of the camera"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        timeline.changed.connect(self._on_timeline_changed)
        heat.changed.connect(self._repaint)
        workspace.changed.connect(self._on_changed)
        workspace.playhead.moved.connect(self.update)
        look.changed.connect(self._repaint)
        self._on_timeline_changed()

    def sizeHint(self) -> QSize:
        return QSize(600, _HEIGHT)

    def seconds_at(self, x: float) -> float:
        """The moment of the timeline at a place (pixels) from the left."""
        return x / max(1, self.width()) * self._length

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._drawing = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._drag(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._dragged is not None:
            seconds, self._dragged = self._dragged, None
            self._timeline.seek(seconds)
            self.update()

    def paintEvent(self, _event: object) -> None:
        found = self._timeline.timeline
        if found is None:
            return
        painter = QPainter(self)
        if self._drawing is None:
            self._drawing = self._draw(found)
        painter.drawPixmap(0, 0, self._drawing)
        self._paint_selected(painter, found)
        at = self._dragged if self._dragged is not None else self._timeline.position
        if at is not None:
            x = self._x(at)
            painter.fillRect(
                QRectF(x - 1, self._top, 2, self.height() - self._top),
                QColor(self._look.colors.accent),
            )

    @property
    def _length(self) -> float:
        found = self._timeline.timeline
        return max(1.0, found.length) if found is not None else 1.0

    @property
    def _top(self) -> int:
        """Where the blocks begin, below the times."""
        return int(QFontMetricsF(self._look.font(Type.SMALL)).height()) + Space.HAIR

    def _draw(self, found: CameraTimeline) -> QPixmap:
        """All that does not move."""
        colors = self._look.colors
        ratio = self.devicePixelRatioF()
        drawing = QPixmap(self.size() * ratio)
        drawing.setDevicePixelRatio(ratio)
        drawing.fill(QColor(colors.panel))
        painter = QPainter(drawing)
        ground = QRectF(0, self._top, self.width(), self.height() - self._top)
        painter.fillRect(ground, QBrush(QColor(colors.line), Qt.BrushStyle.BDiagPattern))
        for piece in found.pieces:
            self._paint_piece(painter, piece)
        self._paint_times(painter, found)
        painter.end()
        return drawing

    def _paint_piece(self, painter: QPainter, piece: Piece) -> None:
        block = self._block(piece)
        painter.fillRect(block, QColor(self._look.colors.window))
        envelope = self._heat.heat.get(piece.recording_id)
        if envelope is not None and len(envelope[0]):
            self._paint_heat(painter, block, envelope[0] + piece.start, envelope[2])
        for blocks in blocks_of(self._workspace.segments_of(piece.recording_id)):
            brush = state_brush(self._look, blocks.state)
            for start, end in (blocks.spans + piece.start).tolist():
                left = self._x(start)
                width = max(2.0, self._x(end) - left)
                painter.fillRect(QRectF(left, block.top(), width, _SEGMENTS), brush)

    def _paint_heat(
        self, painter: QPainter, block: QRectF, times: np.ndarray, highs: np.ndarray
    ) -> None:
        """One column a pixel: as high and as strong as the highest score in it."""
        first, columns = int(block.left()), max(1, int(block.width()))
        at = np.clip((times[:, 0] / self._length * self.width()).astype(int) - first, 0, None)
        tops = np.zeros(columns)
        inside = at < columns
        np.maximum.at(tops, at[inside], highs[inside])
        room = block.height() - _SEGMENTS - 1
        for number, score in enumerate(tops.tolist()):
            if score > 0:
                bar = max(1.0, score * room)
                heat = style.color(self._look.colors.lead, alpha=0.25 + 0.75 * score)
                painter.fillRect(QRectF(first + number, block.bottom() - bar, 1, bar), heat)

    def _paint_times(self, painter: QPainter, found: CameraTimeline) -> None:
        clock = self._clock
        if clock is None:
            return
        font = self._look.font(Type.SMALL)
        painter.setFont(font)
        painter.setPen(QColor(self._look.colors.muted))
        metrics = QFontMetricsF(font)
        scale = TimeScale()
        scale.set_width(self.width())
        scale.set_length(found.length)
        phase = _phase(clock, found)
        for seconds, _ in scale.ticks(
            apart=metrics.horizontalAdvance("0000-00-00 00:00") + Space.HUGE, phase=phase
        ):
            moment = _moment(clock, found, seconds)
            midnight = moment.hour == moment.minute == 0
            text = moment.strftime("%Y-%m-%d" if midnight else "%H:%M:%S")
            width = metrics.horizontalAdvance(text)
            left = min(max(0.0, self._x(seconds) - width / 2), self.width() - width)
            painter.drawText(
                QRectF(left, 0, width + 1, self._top), Qt.AlignmentFlag.AlignVCenter, text
            )

    def _paint_selected(self, painter: QPainter, found: CameraTimeline) -> None:
        recording = self._workspace.recording
        piece = found.piece_of(recording.id) if recording is not None else None
        if piece is not None:
            painter.setPen(QColor(self._look.colors.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self._block(piece).adjusted(0.5, 0.5, -0.5, -0.5))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._told(event.pos().x()), self)
            return True
        return super().event(event)

    def _told(self, x: float) -> str:
        """What lies at a place: a recording with its times, or a gap."""
        found, clock = self._timeline.timeline, self._clock
        if found is None or clock is None:
            return ""
        seconds = self.seconds_at(x)
        piece = found.piece_at(seconds)
        if piece is None:
            gap = next((g for g in found.gaps if g[0] <= seconds < g[1]), None)
            if gap is None:
                return ""
            text = translate("CameraStrip", "No recording for {length}, from {time}")
            start = wall_text(_moment(clock, found, gap[0]))
            return text.format(length=length_text(gap[1] - gap[0]), time=start)
        recording = self._workspace.recording_of(piece.recording_id)
        name = recording.path.name if recording is not None else ""
        times = [wall_text(_moment(clock, found, t)) for t in (piece.start, piece.end)]
        return f"{name}\n{times[0]} – {times[1]}"

    @property
    def _clock(self) -> WallClock | None:
        """Of the timeline's first recording."""
        found = self._timeline.timeline
        if found is None:
            return None
        known = self._timeline.clocks.get(found.pieces[0].recording_id)
        return known.clock if known is not None else None

    def _block(self, piece: Piece) -> QRectF:
        left = self._x(piece.start)
        width = max(2.0, self._x(piece.end) - left - 1)
        return QRectF(left, self._top, width, self.height() - self._top)

    def _x(self, seconds: float) -> float:
        return self.width() * seconds / self._length

    def _drag(self, x: float) -> None:
        found, recording = self._timeline.timeline, self._workspace.recording
        if found is None or recording is None:
            return
        seconds = self.seconds_at(min(max(0.0, x), float(self.width())))
        piece, within = found.nearest(seconds)
        if piece.recording_id == recording.id:
            self._dragged = None
            self._workspace.playhead.seek(within)
        else:
            self._dragged = seconds
        self.pointed.emit(seconds)
        self.update()

    def _on_timeline_changed(self) -> None:
        found = self._timeline.timeline
        self.setVisible(found is not None and len(found.pieces) > 1)
        self._repaint()

    def _on_changed(self, changed: Changed) -> None:
        shown = Changed.SEGMENTS | Changed.REVIEWS | Changed.RECORDINGS
        if changed & shown and self.isVisible():
            self._repaint()

    def _repaint(self) -> None:
        self._drawing = None
        self.update()


def _moment(clock: WallClock, found: CameraTimeline, seconds: float) -> datetime:
    """The camera's time at a moment of the timeline."""
    return clock.at(seconds + found.zero - clock.instant())


def _phase(clock: WallClock, found: CameraTimeline) -> float:
    """Seconds of the day at which the timeline begins."""
    begins = _moment(clock, found, 0.0)
    return begins.replace(tzinfo=UTC).timestamp() % _DAY
