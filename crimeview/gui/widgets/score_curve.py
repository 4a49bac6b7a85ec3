"""The scores over time."""

from enum import Enum, auto

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from crimeview.core.job import Changed
from crimeview.core.recording import RecordingState
from crimeview.core.track import TrackKind
from crimeview.gui import style
from crimeview.gui.look import Look
from crimeview.gui.skip_text import look_text
from crimeview.gui.skipping import Skipping
from crimeview.gui.text import translate
from crimeview.gui.widgets.envelope_curve import EnvelopeCurve
from crimeview.gui.widgets.score_picture import (
    Marks,
    ScorePicture,
    segment_spans,
)
from crimeview.gui.widgets.time_scale import TimeScale
from crimeview.gui.workspace import Workspace
from crimeview.store.tracks import Envelope

LOWEST_THRESHOLD = 0.01  # it must lie above 0
_ZOOM = 1.6  # a press of the key
_WHEEL_ZOOM = 1.25  # a notch
_WHEEL_NOTCH = 120.0
_REACH = 4  # pixels from the line of the threshold within which it is taken hold of
_DOTS = (2.0, 3.0)  # pixels of the violence curve drawn and left out


class _Held(Enum):
    """What the pointer moves while a button is held."""

    PLAYHEAD = auto()
    THRESHOLD = auto()
    SPAN = auto()


class ScoreCurve(QWidget):
    """Scores of the selected recording, and the probability of violence where there is one.

    Click or drag moves the playhead, the wheel zooms at the pointer; the wheel with Shift, or a
    drag with Shift or the middle button, moves the visible span. What is drawn is the envelope of
    the stored track over the visible span, two points a pixel however long the recording is.
    """

    span_changed = Signal(float, float)  # the seconds that are visible
    drawn = Signal()
    threshold_dragged = Signal(float)
    threshold_dropped = Signal(float)

    def __init__(self, workspace: Workspace, skipping: Skipping, *, look: Look) -> None:
        super().__init__()
        self.scale = TimeScale()
        self._workspace = workspace
        self._playhead = workspace.playhead
        self._skipping = skipping
        self._look = look
        self._curve = EnvelopeCurve()
        self._violence = EnvelopeCurve()
        self._picture = ScorePicture(self.scale, look=look)
        self._drawing: QPixmap | None = None
        self._threshold: float | None = None
        self._word = ""
        self._shows_violence = True
        self._held: _Held | None = None
        self._from = 0.0  # where in x a drag of the span has come to
        self._redrawing = QTimer(self, singleShot=True, interval=0)
        self._redrawing.timeout.connect(self._read)
        self.setAccessibleName(translate("ScoreCurve", "Score over time"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(80)
        self.setMouseTracking(True)
        self._connect()
        self._on_look_changed()
        self._on_length_changed()

    def sizeHint(self) -> QSize:
        return QSize(600, 150)

    @property
    def settled(self) -> bool:
        """Whether what is drawn is what is to be drawn."""
        return not self._redrawing.isActive()

    def show_threshold(self, threshold: float | None) -> None:
        """Move the line; None takes it away."""
        self._threshold = threshold
        self.update()

    @property
    def score(self) -> float | None:
        """The score at the playhead; None where there is none."""
        return self._curve.value_at(self._playhead.position)

    @property
    def violence(self) -> float | None:
        """The probability of violence at the playhead; None where there is none."""
        return self._violence.value_at(self._playhead.position)

    @property
    def has_violence(self) -> bool:
        """Whether there is a curve of violence to be seen."""
        return not self._violence.is_empty

    @property
    def pens(self) -> tuple[QPen, QPen]:
        """What the scores and the probability of violence are drawn with."""
        return self._curve.pen, self._violence.pen

    def show_violence(self, *, shown: bool) -> None:
        self._shows_violence = shown
        self._redrawing.start()

    def zoom(self, steps: int) -> None:
        """Zoom in (positive) or out, keeping the playhead where it is on the screen."""
        self.scale.zoom(_ZOOM**-steps, center=self._playhead.position)

    def fit(self) -> None:
        """Show all of the recording."""
        self.scale.fit()

    def point_of(self, seconds: float, score: float) -> QPointF:
        """Where in the widget a score at a moment lies."""
        return QPointF(self._x_of(seconds), self._picture.y_of(score))

    def _connect(self) -> None:
        workspace, playhead = self._workspace, self._playhead
        workspace.changed.connect(self._on_changed)
        workspace.recording_selected.connect(self._on_recording_selected)
        workspace.segment_selected.connect(self._draw_anew)
        self._skipping.changed.connect(self._draw_anew)
        playhead.moved.connect(self._on_moved)
        playhead.end_changed.connect(self._on_length_changed)
        self._look.changed.connect(self._on_look_changed)
        self.scale.changed.connect(self._on_scale_changed)

    # What is shown

    def _on_changed(self, changed: Changed) -> None:
        if changed & (Changed.TRACKS | Changed.RECORDINGS):
            self._redrawing.start()
        if changed & Changed.SEGMENTS:
            self._draw_anew()

    def _on_recording_selected(self) -> None:
        self.fit()
        self._redrawing.start()

    def _on_length_changed(self) -> None:
        self.scale.set_length(self._playhead.end)
        self._redrawing.start()

    def _on_moved(self, seconds: float) -> None:
        if not self.scale.start <= seconds <= self.scale.end:
            self._turn_to(seconds)
        self.update()

    def _turn_to(self, seconds: float) -> None:
        """Bring a moment into sight: with what is about to play, or in the middle."""
        rate, span = self._playhead.rate, self.scale.span
        before = 0.5 if rate == 0.0 else 0.0 if rate > 0.0 else 1.0
        start = max(0.0, min(seconds - before * span, self._playhead.end - span))
        self.scale.show(start, start + span)

    def _on_scale_changed(self) -> None:
        self._redrawing.start()
        self.span_changed.emit(self.scale.start, self.scale.end)

    def _on_look_changed(self) -> None:
        colors = self._look.colors
        self._curve.pen = QPen(QColor(colors.text), 0)
        self._curve.ground = style.color(colors.text, alpha=0.12)
        # Told apart by its dots as well as by its color.
        self._violence.pen = QPen(QColor(colors.violence), 0)
        self._violence.pen.setDashPattern(_DOTS)
        self._violence.thickness = 2
        self._picture.fit_into(self.size())
        self._draw_anew()

    def _draw_anew(self) -> None:
        self._drawing = None
        self.update()

    def _read(self) -> None:
        self._curve.show_envelope(self._envelope(TrackKind.FRAME_SCORES))
        shown = self._shows_violence
        self._violence.show_envelope(self._envelope(TrackKind.VIOLENCE) if shown else None)
        recording = self._workspace.recording
        unscored = recording is not None and self._curve.is_empty
        self._word = _why_empty(recording.state) if recording and unscored else ""
        self._draw_anew()
        self.drawn.emit()

    def _envelope(self, kind: TrackKind) -> Envelope | None:
        scale = self.scale
        entries = max(64, scale.width)
        return self._workspace.envelope(kind, start=scale.start, end=scale.end, entries=entries)

    # Painting

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._picture.fit_into(self.size())
        self._redrawing.start()

    def paintEvent(self, _event: object) -> None:
        if self._drawing is None:
            self._drawing = self._draw()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._drawing)
        area, colors = self._picture.area, self._look.colors
        if self._word:
            painter.setPen(QColor(colors.muted))
            upper = QRectF(area.topLeft(), QSizeF(area.width(), area.height() / 2))
            painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, self._word)
        if self._threshold is not None:
            line = QPen(QColor(colors.lead), 3 if self._held is _Held.THRESHOLD else 1)
            line.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(line)
            y = round(self._picture.y_of(self._threshold))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        here = self._x_of(self._playhead.position)
        if area.left() <= here <= area.right() + 1:
            x = min(max(here - 1, area.left()), area.right() - 2)
            painter.fillRect(QRectF(x, area.top(), 2, area.height()), QColor(colors.accent))

    def _draw(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        drawing = QPixmap(self.size() * ratio)
        drawing.setDevicePixelRatio(ratio)
        drawing.fill(QColor(self._look.colors.panel))
        recording = self._workspace.recording
        segments = self._workspace.segments_of(recording.id) if recording is not None else ()
        marks = Marks(
            segments=segment_spans(segments),
            selected=self._workspace.segment,
            skipped=self._skipping.skipped.spans,
        )
        self._picture.draw([self._curve, self._violence], marks, onto=drawing)
        return drawing

    def _x_of(self, seconds: float) -> float:
        return self._picture.area.left() + self.scale.x_of(seconds)

    def seconds_at(self, x: float) -> float:
        """The moment at a place (pixels) from the left."""
        return self.scale.seconds_at(x - self._picture.area.left())

    # Pointer

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._tell(event)
            return True
        return super().event(event)

    def _tell(self, event: QHelpEvent) -> None:
        """Say of what was skipped, why; the whole height of the plot may be pointed at."""
        area = self._picture.area
        inside = area.contains(QPointF(event.pos()))
        seconds = self.seconds_at(event.pos().x())
        look = self._skipping.skipped.look_at(seconds) if inside else None
        if look is None:
            QToolTip.hideText()
            return
        x = event.pos().x()
        place = QRectF(x - 2, area.top(), 4, area.height()).toRect()
        QToolTip.showText(event.globalPos(), look_text(look), self, place)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        left = event.button() == Qt.MouseButton.LeftButton
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.button() == Qt.MouseButton.MiddleButton or (left and shifted):
            self._held = _Held.SPAN
            self._from = event.position().x()
        elif left and self._on_threshold(event.position()):
            self._held = _Held.THRESHOLD
        elif left:
            self._held = _Held.PLAYHEAD
            self._seek(event)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        match self._held:
            case _Held.PLAYHEAD:
                self._seek(event)
            case _Held.THRESHOLD:
                self.threshold_dragged.emit(self._threshold_at(event))
            case _Held.SPAN:
                x = event.position().x()
                self.scale.move((self._from - x) / self.scale.width * self.scale.span)
                self._from = x
            case None if self._on_threshold(event.position()):
                self.setCursor(Qt.CursorShape.SizeVerCursor)
            case None:
                self.unsetCursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._held is _Held.THRESHOLD:
            self.threshold_dropped.emit(self._threshold_at(event))
        self._held = None
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer; a sideways wheel, or one with Shift, moves."""
        turned = event.angleDelta()
        notches = (turned.y() or turned.x()) / _WHEEL_NOTCH
        sideways = abs(turned.x()) > abs(turned.y())
        if sideways or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.scale.move(-notches * self.scale.span / 8)
        else:
            center = self.seconds_at(event.position().x())
            self.scale.zoom(_WHEEL_ZOOM**-notches, center=center)
        event.accept()

    def _seek(self, event: QMouseEvent) -> None:
        self._playhead.seek(self.seconds_at(event.position().x()))

    def _on_threshold(self, place: QPointF) -> bool:
        if self._threshold is None or not self._picture.area.contains(place):
            return False
        return abs(self._picture.y_of(self._threshold) - place.y()) <= _REACH

    def _threshold_at(self, event: QMouseEvent) -> float:
        score = self._picture.score_at(event.position().y())
        return min(max(score, LOWEST_THRESHOLD), 1.0)


def _why_empty(state: RecordingState) -> str:
    match state:
        case RecordingState.FAILED:
            return translate("ScoreCurve", "There are no scores, because the recording failed")
        case RecordingState.WAITING | RecordingState.ANALYZING:
            return translate("ScoreCurve", "Scores appear as soon as there are some")
    return translate("ScoreCurve", "Analyze the recording to see its scores")
