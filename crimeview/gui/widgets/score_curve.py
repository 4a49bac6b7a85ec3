"""The scores over time."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPen
from PySide6.QtWidgets import QToolTip

from crimeview.core.job import Changed
from crimeview.core.recording import RecordingState
from crimeview.core.track import TrackKind
from crimeview.core.wall_clock import WallClock
from crimeview.gui import style
from crimeview.gui.ground_truth import GroundTruth
from crimeview.gui.look import Look
from crimeview.gui.score_tracks import SCORE_TRACKS, ShownTracks
from crimeview.gui.skip_text import look_text
from crimeview.gui.skipping import Skipping
from crimeview.gui.style import Space, Type
from crimeview.gui.text import translate
from crimeview.gui.widgets.envelope_curve import EnvelopeCurve
from crimeview.gui.widgets.plot_items import ThresholdLine, TimeAxis, TimeBox
from crimeview.gui.widgets.score_picture import TOP, Marks, ScorePicture
from crimeview.gui.widgets.segment_blocks import BlockCache
from crimeview.gui.widgets.surroundings import Surroundings
from crimeview.gui.widgets.time_scale import TimeScale
from crimeview.gui.workspace import Workspace

AXIS_WIDTH = 44
_ZOOM = 1.6  # a press of the key
GROUND = 0.06  # opacity of what is filled beneath the scores
_DOTS = (2.0, 3.0)  # pixels of the violence curve drawn and left out
_DASHES = (7.0, 3.0)
_LONG_DASHES = (12.0, 3.0)  # of the curve of theft
_DASH_DOTS = (6.0, 2.0, 1.0, 2.0)  # of the curve of novelty
_DASH_DOT_DOTS = (8.0, 2.0, 1.0, 2.0, 1.0, 2.0)  # of the curve of motion
_TICK = 4  # pixels
_NO_SPANS = np.empty((0, 2))


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

    def __init__(
        self,
        workspace: Workspace,
        skipping: Skipping,
        tracks: ShownTracks,
        blocks: BlockCache,
        *,
        look: Look,
    ) -> None:
        time_scale = TimeScale()
        box, axis = TimeBox(time_scale), TimeAxis(time_scale)
        super().__init__(background=None, viewBox=box, axisItems={"bottom": axis})
        self.time_scale = time_scale
        self._box, self._axis = box, axis
        self._workspace = workspace
        self._blocks = blocks
        self._playhead = workspace.playhead
        self._skipping = skipping
        self._look = look
        self._tracks = tracks
        self._curves = {track.kind: EnvelopeCurve() for track in SCORE_TRACKS}
        self._curve = self._curves[TrackKind.FRAME_SCORES]
        self._violence = self._curves[TrackKind.VIOLENCE]
        # What lies over the others is painted last.
        self._picture = ScorePicture(time_scale, [*reversed(self._curves.values())], look=look)
        self._truth: GroundTruth | None = None
        self._around: Surroundings | None = None
        self._threshold = ThresholdLine()
        self._here = pg.InfiniteLine(angle=90)
        self._loop = [pg.InfiniteLine(angle=90) for _ in range(2)]
        self._word = pg.LabelItem()
        self._redrawing = QTimer(self, singleShot=True, interval=0)
        self._redrawing.timeout.connect(self._read)
        self._set_up()
        self._connect()
        self._on_look_changed()
        self._on_length_changed()
        self._show_loop()

    def sizeHint(self) -> QSize:
        return QSize(600, 150)

    @property
    def settled(self) -> bool:
        """Whether what is drawn is what is to be drawn."""
        return not self._redrawing.isActive() and not self._tracks.busy

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

    def value(self, kind: TrackKind) -> float | None:
        """What a curve says at the playhead; None where it says nothing."""
        return self._curves[kind].value_at(self._playhead.position)

    def shows(self, kind: TrackKind) -> bool:
        """Whether there is such a curve to be seen."""
        return not self._curves[kind].is_empty

    def pen(self, kind: TrackKind) -> QPen:
        """What the curve is drawn with."""
        return self._curves[kind].pen

    def show_truth(self, truth: GroundTruth) -> None:
        """Shade what really happened from now on."""
        self._truth = truth
        truth.changed.connect(self._draw_anew)
        self._draw_anew()

    def show_clock(self, clock: WallClock | None) -> None:
        """Have the axis tell the camera's time; None: the recording's own."""
        self._axis.show_clock(clock)

    def score_at(self, seconds: float) -> float | None:
        """The score of a visible moment; None where there is none, or it is out of sight."""
        if self.time_scale.start <= seconds <= self.time_scale.end and not self._curve.is_empty:
            return self._curve.value_at(seconds)
        return None

    def zoom(self, steps: int) -> None:
        """Zoom in (positive) or out, keeping the playhead where it is on the screen."""
        self.time_scale.zoom(_ZOOM**-steps, center=self._playhead.position)

    def fit(self) -> None:
        """Show all of the recording."""
        self.time_scale.fit()

    def point_of(self, seconds: float, score: float) -> QPointF:
        """Where in the viewport a score at a moment lies."""
        left = self._box.sceneBoundingRect().left()
        y = self._box.mapViewToScene(QPointF(0.0, score)).y()
        return QPointF(left + self.time_scale.x_of(seconds), y)

    @property
    def span(self) -> tuple[float, float]:
        """The seconds that are visible."""
        return self.time_scale.start, self.time_scale.end

    def seconds_at(self, x: float) -> float:
        """The moment at a place (pixels) from the left of the viewport."""
        return self._box.seconds_at(x)

    def _set_up(self) -> None:
        self.setAccessibleName(translate("ScoreCurve", "Score over time"))
        self.setFrameShape(self.Shape.NoFrame)
        self.setMinimumHeight(80)
        self.viewport().setAccessibleName(self.accessibleName())
        self.viewport().setAutoFillBackground(False)
        self.setAcceptDrops(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its keys are commands
        self.plotItem.setMenuEnabled(False)
        self.plotItem.hideButtons()
        self.plotItem.layout.setContentsMargins(0, 0, 0, 0)
        left = self.plotItem.getAxis("left")
        left.setWidth(AXIS_WIDTH)
        left.setStyle(tickLength=-_TICK, tickTextOffset=Space.TIGHT)
        left.setTicks([[(0.0, "0"), (0.5, "0.5"), (1.0, "1")]])
        self._box.setYRange(0.0, TOP, padding=0)
        for item in (self._picture, self._threshold, *self._loop, self._here):
            self.plotItem.addItem(item, ignoreBounds=True)
        self._word.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self._word.setParentItem(self._box)
        self._word.anchor(itemPos=(0.5, 0.5), parentPos=(0.5, 0.25))

    def _connect(self) -> None:
        workspace, playhead = self._workspace, self._playhead
        workspace.changed.connect(self._on_changed)
        workspace.recording_selected.connect(self._on_recording_selected)
        workspace.segment_selected.connect(self._draw_anew)
        self._skipping.changed.connect(self._draw_anew)
        self._tracks.changed.connect(self._redrawing.start)
        self._tracks.read.connect(self._redrawing.start)
        playhead.moved.connect(self._on_moved)
        playhead.end_changed.connect(self._on_length_changed)
        playhead.loop_changed.connect(self._show_loop)
        self._look.changed.connect(self._on_look_changed)
        self.time_scale.changed.connect(self._on_scale_changed)
        self._box.sought.connect(playhead.seek)
        self._box.sigResized.connect(lambda _box: self._redrawing.start())
        self._threshold.dragged.connect(self.threshold_dragged)
        self._threshold.dropped.connect(self.threshold_dropped)

    # What is shown

    def _on_changed(self, changed: Changed) -> None:
        if changed & Changed.TRACKS:
            self._tracks.forget()
        if changed & (Changed.TRACKS | Changed.RECORDINGS):
            self._redrawing.start()
        if changed & (Changed.SEGMENTS | Changed.REVIEWS):
            self._draw_anew()

    def _show_loop(self) -> None:
        """Lines where what is repeated begins and ends."""
        loop = self._playhead.loop
        for number, line in enumerate(self._loop):
            line.setVisible(loop is not None)
            if loop is not None:
                line.setValue(loop[number])

    def _on_recording_selected(self) -> None:
        self.fit()
        self._redrawing.start()

    def _on_length_changed(self) -> None:
        self.time_scale.set_length(self._playhead.end)
        self._redrawing.start()

    def _on_moved(self, seconds: float) -> None:
        self._here.setValue(seconds)
        if not self.time_scale.start <= seconds <= self.time_scale.end:
            self._turn_to(seconds)

    def _turn_to(self, seconds: float) -> None:
        """Bring a moment into sight: with what is about to play, or in the middle."""
        rate, span = self._playhead.rate, self.time_scale.span
        before = 0.5 if rate == 0.0 else 0.0 if rate > 0.0 else 1.0
        start = max(0.0, min(seconds - before * span, self._playhead.end - span))
        self.time_scale.show(start, start + span)

    def _on_scale_changed(self) -> None:
        self._redrawing.start()
        self.span_changed.emit(self.time_scale.start, self.time_scale.end)

    def _on_look_changed(self) -> None:
        colors = self._look.colors
        self._curve.pen = QPen(QColor(colors.text), 0)
        self._curve.ground = style.color(colors.text, alpha=GROUND)
        # Told apart by its dots as well as by its color.
        self._violence.pen = QPen(QColor(colors.violence), 0)
        self._violence.pen.setDashPattern(_DOTS)
        self._violence.thickness = 2
        novelty = self._curves[TrackKind.NOVELTY]
        novelty.pen = QPen(QColor(colors.good), 0)
        novelty.pen.setDashPattern(_DASH_DOTS)
        theft = self._curves[TrackKind.THEFT]
        theft.pen = QPen(QColor(colors.bad), 0)
        theft.pen.setDashPattern(_LONG_DASHES)
        motion = self._curves[TrackKind.MOTION]
        motion.pen = QPen(QColor(colors.muted), 0)
        motion.pen.setDashPattern(_DASH_DOT_DOTS)
        motion.rooted = True
        bag = self._curves[TrackKind.BAG_SCORES]
        bag.pen = QPen(QColor(colors.lead), 0)
        bag.pen.setDashPattern(_DASHES)
        bag.steps = True
        self._here.setPen(pg.mkPen(colors.accent, width=2))
        for line in self._loop:
            line.setPen(pg.mkPen(colors.accent, width=1, style=Qt.PenStyle.DashLine))
        self._threshold.setPen(pg.mkPen(colors.lead, width=1, style=Qt.PenStyle.DashLine))
        self._threshold.setHoverPen(pg.mkPen(colors.lead, width=3, style=Qt.PenStyle.DashLine))
        font = self._look.font(Type.SMALL)
        for name in ("left", "bottom"):
            axis = self.plotItem.getAxis(name)
            axis.setPen(pg.mkPen(colors.line))
            axis.setTextPen(pg.mkPen(colors.muted))
            axis.setTickFont(font)
        self._axis.setHeight(_TICK + Space.HAIR + QFontMetrics(font).height())
        self._word.setText(self._word.text, color=colors.muted)
        self._draw_anew()
        self._picture.draw_anew()

    def _draw_anew(self) -> None:
        recording = self._workspace.recording
        segments = self._workspace.segments_of(recording.id) if recording is not None else ()
        blocks, labels = self._blocks.of(segments)
        self._picture.show_marks(
            Marks(
                segments=blocks,
                labels=labels,
                selected=self._workspace.segment,
                skipped=self._skipping.skipped.spans,
                truth=self._truth.spans if self._truth is not None else _NO_SPANS,
            )
        )

    def _read(self) -> None:
        """Ask for what is visible, and show as much of it as is here."""
        if self._around is None or not self._around.suit(self.time_scale):
            self._around = Surroundings.of(self.time_scale)
        around = self._around
        self._tracks.look(start=around.start, end=around.end, entries=around.entries)
        for track in SCORE_TRACKS:
            shown = self._tracks.shows(track)
            curve = self._curves[track.kind]
            curve.show_envelope(self._tracks.envelope(track.kind) if shown else None)
        recording = self._workspace.recording
        unscored = recording is not None and self._is_unscored()
        word = _why_empty(recording.state) if recording and unscored else ""
        if word != self._word.text:
            self._word.setText(word)
        self._box.follow()
        self._picture.draw_anew()
        self.drawn.emit()

    def _is_unscored(self) -> bool:
        """Whether it is known that there are no scores, be they shown or not."""
        if not self._curve.is_empty or not self._tracks.known:
            return False
        found = self._tracks.envelope(TrackKind.FRAME_SCORES)
        return found is None or len(found[0]) == 0

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._tell(event)
            return True
        return bool(super().viewportEvent(event))

    def _tell(self, event: QHelpEvent) -> None:
        """Say of what was skipped, why; the whole height of the plot may be pointed at."""
        area = self._box.sceneBoundingRect()
        inside = area.contains(QPointF(event.pos()))
        x = event.pos().x()
        look = self._skipping.skipped.look_at(self.seconds_at(x)) if inside else None
        if look is None:
            QToolTip.hideText()
            return
        place = QRectF(x - 2, area.top(), 4, area.height()).toRect()
        QToolTip.showText(event.globalPos(), look_text(look), self.viewport(), place)


def _why_empty(state: RecordingState) -> str:
    match state:
        case RecordingState.FAILED:
            return translate("ScoreCurve", "There are no scores, because the recording failed")
        case RecordingState.WAITING | RecordingState.ANALYZING:
            return translate("ScoreCurve", "Scores appear as soon as there are some")
    return translate("ScoreCurve", "Analyze the recording to see its scores")
