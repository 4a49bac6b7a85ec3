"""The score over time, zoomable, with the threshold to drag."""

import pyqtgraph as pg
from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPen

from crimeview.core.job import Changed
from crimeview.core.recording import RecordingState
from crimeview.core.track import TrackKind
from crimeview.gui import style
from crimeview.gui.look import Look
from crimeview.gui.style import Type
from crimeview.gui.text import translate
from crimeview.gui.widgets.envelope_curve import EnvelopeCurve
from crimeview.gui.widgets.plot_items import Spans, TimeAxis, TimeBox
from crimeview.gui.workspace import Workspace

AXIS_WIDTH = 44
LOWEST_THRESHOLD = 0.01  # it must lie above 0
_TOP = 1.08  # of the score axis: room for the edges of the segments above a score of 1
_CLOSEST = 0.5  # seconds across at the closest zoom
_ZOOM = 1.6  # a press of the key


class ScoreCurve(pg.PlotWidget):  # type: ignore[misc]
    """Scores of the selected recording, and the probability of violence where there is one.

    Click or drag moves the playhead, the wheel zooms at the pointer; the wheel with Shift, or a
    drag with Shift or the middle button, moves the visible span. What is drawn is the envelope of
    the stored track over the visible span, two points a pixel however long the recording is.
    """

    span_changed = Signal(float, float)  # the seconds that are visible
    drawn = Signal()
    threshold_dragged = Signal(float)
    threshold_dropped = Signal(float)

    def __init__(self, workspace: Workspace, *, look: Look) -> None:
        super().__init__(
            background=None, viewBox=TimeBox(), axisItems={"bottom": TimeAxis("bottom")}
        )
        self._workspace = workspace
        self._playhead = workspace.playhead
        self._look = look
        self._curve = EnvelopeCurve()
        self._violence = EnvelopeCurve()
        self._spans = Spans()
        self._here = pg.InfiniteLine(angle=90)
        self._threshold = pg.InfiniteLine(
            angle=0, movable=True, bounds=(LOWEST_THRESHOLD, 1.0), pos=1.0
        )
        self._word = pg.LabelItem()
        self._word.setParentItem(self._box)
        self._word.anchor(itemPos=(0.5, 0.5), parentPos=(0.5, 0.25))
        for item in (self._spans, self._curve, self._violence, self._threshold, self._here):
            self.plotItem.addItem(item, ignoreBounds=True)
        self._shows_violence = True
        self._redrawing = QTimer(self, singleShot=True, interval=0)
        self._redrawing.timeout.connect(self._draw)
        self._set_up()
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
        self._threshold.setVisible(threshold is not None)
        if threshold is not None:
            self._threshold.setValue(threshold)

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
        return self._curve.opts["pen"], self._violence.opts["pen"]

    def show_violence(self, *, shown: bool) -> None:
        self._shows_violence = shown
        self._redrawing.start()

    def zoom(self, steps: int) -> None:
        """Zoom in (positive) or out, keeping the playhead where it is on the screen."""
        self._box.scaleBy(x=_ZOOM**-steps, center=(self._playhead.position, 0.0))

    def fit(self) -> None:
        """Show all of the recording."""
        self._box.setXRange(0.0, max(self._playhead.end, _CLOSEST), padding=0)

    @property
    def _box(self) -> TimeBox:
        box: TimeBox = self.plotItem.getViewBox()
        return box

    def _set_up(self) -> None:
        self.setAccessibleName(translate("ScoreCurve", "Score over time"))
        self.setFrameShape(self.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setAcceptDrops(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its keys are commands
        self.plotItem.hideButtons()
        self.plotItem.setContentsMargins(0, 0, 0, 0)
        left = self.plotItem.getAxis("left")
        left.setWidth(AXIS_WIDTH)
        left.setTicks([[(0.0, "0"), (0.5, "0.5"), (1.0, "1")]])
        self._box.setYRange(0.0, _TOP, padding=0)
        self._box.disableAutoRange()
        self._threshold.setCursor(Qt.CursorShape.SizeVerCursor)

    def _connect(self) -> None:
        workspace, playhead = self._workspace, self._playhead
        workspace.changed.connect(self._on_changed)
        workspace.recording_selected.connect(self._on_recording_selected)
        workspace.segment_selected.connect(self._show_segments)
        playhead.moved.connect(self._on_moved)
        playhead.end_changed.connect(self._on_length_changed)
        self._look.changed.connect(self._on_look_changed)
        self._box.sought.connect(playhead.seek)
        self._box.sigResized.connect(self._on_resized)
        self._box.sigXRangeChanged.connect(self._on_range_changed)
        self._threshold.sigDragged.connect(
            lambda line: self.threshold_dragged.emit(float(line.value()))
        )
        self._threshold.sigPositionChangeFinished.connect(
            lambda line: self.threshold_dropped.emit(float(line.value()))
        )

    def _on_changed(self, changed: Changed) -> None:
        if changed & (Changed.TRACKS | Changed.RECORDINGS):
            self._redrawing.start()
        if changed & Changed.SEGMENTS:
            self._show_segments()

    def _on_recording_selected(self) -> None:
        self.fit()
        self._redrawing.start()
        self._show_segments()

    def _on_length_changed(self) -> None:
        end = max(self._playhead.end, _CLOSEST)
        whole = self._box.viewRange()[0][1] >= self._box.state["limits"]["xLimits"][1] * 0.999
        self._box.setLimits(xMin=0.0, xMax=end, minXRange=_CLOSEST, maxXRange=end)
        if whole:
            self.fit()
        self._redrawing.start()

    def _on_moved(self, seconds: float) -> None:
        self._here.setValue(seconds)
        left, right = self._box.viewRange()[0]
        if not left <= seconds <= right:
            self._turn_to(seconds, width=right - left)

    def _turn_to(self, seconds: float, *, width: float) -> None:
        """Bring a moment into sight: with what is about to play, or in the middle."""
        rate = self._playhead.rate
        before = 0.5 if rate == 0.0 else 0.0 if rate > 0.0 else 1.0
        start = max(0.0, min(seconds - before * width, self._playhead.end - width))
        self._box.setXRange(start, start + width, padding=0)

    def _on_range_changed(self, _box: object, visible: tuple[float, float]) -> None:
        self._redrawing.start()
        self.span_changed.emit(*visible)

    def _on_resized(self, _box: object) -> None:
        self._redrawing.start()

    def _on_look_changed(self) -> None:
        colors = self._look.colors
        self._curve.setPen(pg.mkPen(colors.text, width=1))
        self._curve.setBrush(style.color(colors.text, alpha=0.12))
        self._curve.setFillLevel(0.0)
        # Told apart by its dashes as well as by its color.
        dashes = Qt.PenStyle.DotLine
        self._violence.setPen(pg.mkPen(colors.violence, width=2, style=dashes))
        self._word.setText(self._word.text, color=colors.muted)
        self._here.setPen(pg.mkPen(colors.accent, width=2))
        self._threshold.setPen(pg.mkPen(colors.lead, width=1, style=Qt.PenStyle.DashLine))
        self._threshold.setHoverPen(pg.mkPen(colors.lead, width=3))
        for name in ("left", "bottom"):
            axis = self.plotItem.getAxis(name)
            axis.setPen(pg.mkPen(colors.line))
            axis.setTextPen(pg.mkPen(colors.muted))
            axis.setTickFont(self._look.font(Type.SMALL))
        self._show_segments()

    def _show_segments(self) -> None:
        recording, selected = self._workspace.recording, self._workspace.segment
        self._spans.set_segments(
            self._workspace.segments_of(recording.id) if recording is not None else (),
            selected=selected.id if selected is not None else None,
            color=QColor(self._look.colors.lead),
        )

    def _draw(self) -> None:
        start, end = self._box.viewRange()[0]
        entries = max(64, round(self._box.width()))
        span = {"start": start, "end": end, "entries": entries}
        self._curve.show_envelope(self._workspace.envelope(**span))
        violence = None
        if self._shows_violence:
            violence = self._workspace.envelope(TrackKind.VIOLENCE, **span)
        self._violence.show_envelope(violence)
        recording = self._workspace.recording
        unscored = recording is not None and self._curve.is_empty
        self._word.setText(_why_empty(recording.state) if recording and unscored else "")
        self.drawn.emit()


def _why_empty(state: RecordingState) -> str:
    match state:
        case RecordingState.FAILED:
            return translate("ScoreCurve", "There are no scores, because the recording failed")
        case RecordingState.WAITING | RecordingState.ANALYZING:
            return translate("ScoreCurve", "Scores appear as soon as there are some")
    return translate("ScoreCurve", "Analyze the recording to see its scores")
