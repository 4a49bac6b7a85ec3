"""Scores under the picture: overview, curve, and the threshold."""

from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from crimeview.core.track import TrackKind
from crimeview.gui.camera_heat import CameraHeat
from crimeview.gui.commands import Actions
from crimeview.gui.envelopes import Envelopes
from crimeview.gui.ground_truth import GroundTruth
from crimeview.gui.look import Look
from crimeview.gui.put_off import PutOff
from crimeview.gui.score_tracks import SCORE_TRACKS, ScoreTrack, ShownTracks
from crimeview.gui.skip_text import report_text, skipped_share, summary_text
from crimeview.gui.skipping import Skipping
from crimeview.gui.style import Space, Type
from crimeview.gui.tasks import Tasks
from crimeview.gui.text import translate
from crimeview.gui.thresholding import Thresholding
from crimeview.gui.timeline import Timeline
from crimeview.gui.widgets.buttons import action_button
from crimeview.gui.widgets.camera_strip import CameraStrip
from crimeview.gui.widgets.film_row import FilmRow
from crimeview.gui.widgets.legend_key import LegendKey
from crimeview.gui.widgets.overview import Overview
from crimeview.gui.widgets.plot_items import LOWEST_THRESHOLD
from crimeview.gui.widgets.score_curve import AXIS_WIDTH, ScoreCurve
from crimeview.gui.widgets.score_picture import skipped_brush, truth_brush
from crimeview.gui.widgets.segment_blocks import BlockCache
from crimeview.gui.widgets.spin_field import inset
from crimeview.gui.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Along:
    """What is shown along the scores: the camera's other recordings, pictures, and the truth."""

    timeline: Timeline
    heat: CameraHeat
    truth: GroundTruth
    tasks: Tasks


class ScorePanel(QWidget):
    """The selected recording's scores, whole and close, and what counts as a lead."""

    def __init__(
        self,
        workspace: Workspace,
        thresholding: Thresholding,
        skipping: Skipping,
        tracks: ShownTracks,
        along: Along,
        *,
        look: Look,
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._thresholding = thresholding
        self._look = look
        self.setAutoFillBackground(True)
        self._tracks = tracks
        # Painting it takes as long as all else together. The overview, which hears of a recording
        # after this, is painted by itself.
        self._painting = PutOff(self, workspace.turns)
        workspace.recording_selected.connect(self._painting.once)
        blocks = BlockCache()
        self.curve = ScoreCurve(workspace, skipping, tracks, blocks, look=look)
        whole = Envelopes(workspace, along.tasks)
        self.overview = Overview(workspace, skipping, whole, blocks, look=look)
        self._keys = {track.kind: _legend_key(track, look) for track in SCORE_TRACKS}
        self.film = FilmRow(workspace, along.tasks, self.curve.time_scale, look=look)
        self.cameras = CameraStrip(workspace, along.timeline, along.heat, look=look)
        self._along = along
        for plot in (self.curve, self.overview):
            plot.show_truth(along.truth)
        along.truth.changed.connect(self._show_truth)
        self._truth = LegendKey(
            translate("ScorePanel", "Ground truth"),
            value_name=translate("ScorePanel", "Ground truth at the playhead"),
            look=look,
        )
        self._skipped = LegendKey(
            translate("ScorePanel", "Skipped"),
            value_name=translate("ScorePanel", "Share of the recording that was skipped"),
            look=look,
        )
        self._report = QLabel()
        # All of it is in the tool tip: a narrow window may cut it off.
        self._report.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._report.setAccessibleName(translate("ScorePanel", "How closely it was looked at"))
        self._label = QLabel(translate("ScorePanel", "&Threshold"))
        self._box = _threshold_box()
        self._label.setBuddy(self._box)
        self._header = QHBoxLayout()
        self._buttons: dict[str, QToolButton] = {}
        self._lay_out()
        self.curve.span_changed.connect(self.overview.show_span)
        self.curve.threshold_dragged.connect(thresholding.drag)
        self.curve.threshold_dropped.connect(thresholding.drop)
        self.curve.drawn.connect(self._show_values)
        workspace.playhead.moved.connect(self._show_values)
        workspace.playhead.moved.connect(self._show_truth)
        workspace.changed.connect(self._show_report)
        workspace.recording_selected.connect(self._show_report)
        self._box.valueChanged.connect(thresholding.drop)
        thresholding.changed.connect(self._on_threshold_changed)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()
        self._on_threshold_changed()
        self._show_report()
        self._show_truth()

    @property
    def settled(self) -> bool:
        """Whether what is shown is what is to be shown."""
        whole = self.overview.settled and not self._along.heat.busy
        return self.curve.settled and self.film.settled and whole

    def score_at(self, seconds: float) -> float | None:
        """The score of a moment; out of the curve's sight the highest of its surroundings."""
        score = self.curve.score_at(seconds)
        return score if score is not None else self.overview.score_at(seconds)

    def add_buttons(self, actions: Actions, command_ids: tuple[str, ...]) -> None:
        for command_id in command_ids:
            self._buttons[command_id] = action_button(actions, command_id)
            self._header.addWidget(self._buttons[command_id])

    def button(self, command_id: str) -> QToolButton:
        """One of the buttons that were added."""
        return self._buttons[command_id]

    def _lay_out(self) -> None:
        self._header.setContentsMargins(Space.MEDIUM, Space.HAIR, Space.SMALL, Space.HAIR)
        self._header.setSpacing(Space.SMALL)
        self._header.addWidget(self._report, 1)
        self._header.addWidget(self._label)
        self._header.addWidget(self._box)
        self._header.addSpacing(Space.SMALL)
        strip = QVBoxLayout()
        strip.setContentsMargins(AXIS_WIDTH, 0, Space.SMALL, 0)
        strip.setSpacing(Space.TIGHT)
        for widget in (self.cameras, self.overview, self.film):
            strip.addWidget(widget)
        plot = QHBoxLayout()
        plot.setContentsMargins(0, 0, Space.SMALL, 0)
        plot.addWidget(self.curve)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, Space.TIGHT)
        column.setSpacing(Space.TIGHT)
        column.addLayout(self._header)
        column.addLayout(strip)
        column.addLayout(plot, 1)
        legend = QWidget()
        # How narrow a window can be must not depend on what it happens to show.
        legend.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        legend.setFixedHeight(legend.fontMetrics().height() + Space.TIGHT)
        foot = QHBoxLayout(legend)
        foot.setContentsMargins(AXIS_WIDTH, 0, Space.SMALL, 0)
        foot.setSpacing(Space.SMALL)
        for key in (*self._keys.values(), self._skipped, self._truth):
            foot.addWidget(key)
        foot.addStretch()
        column.addWidget(legend)

    def _show_values(self) -> None:
        smooth = self._tracks.smoothing > 0.0
        for kind, key in self._keys.items():
            key.setVisible(self.curve.shows(kind) or kind is TrackKind.FRAME_SCORES)
            key.show_value(
                self.curve.value(kind), rough=smooth and kind is not TrackKind.BAG_SCORES
            )

    def _show_truth(self) -> None:
        truth = self._along.truth
        self._truth.setVisible(bool(truth.events))
        self._truth.show_text(truth.label_at(self._workspace.playhead.position))

    def _show_report(self) -> None:
        recording = self._workspace.recording
        report = recording.skip if recording is not None else None
        self._skipped.setVisible(report is not None and report.skipped > 0)
        if report is None:
            early = recording is None or recording.analyzed == 0
            self._report.setText(
                translate("ScorePanel", "Scores appear here while a recording is analyzed.")
                if early
                else ""
            )
            self._report.setToolTip("")
        else:
            self._skipped.show_text(skipped_share(report))
            self._report.setText(summary_text(report))
            for widget in (self._skipped, self._report):
                widget.setToolTip(report_text(report))

    def _on_threshold_changed(self) -> None:
        rule = self._thresholding.rule
        self.curve.show_threshold(rule.threshold if rule is not None else None)
        for widget in (self._label, self._box):
            widget.setVisible(rule is not None)
        if rule is not None:
            with QSignalBlocker(self._box):
                self._box.setValue(rule.threshold)

    def _on_look_changed(self) -> None:
        for kind, key in self._keys.items():
            key.set_pen(self.curve.pen(kind))
        self._skipped.set_brush(skipped_brush(self._look))
        self._truth.set_brush(truth_brush(self._look))
        self._report.setFont(self._look.font(Type.SMALL))
        self._look.tint(self._report, self._look.colors.muted)
        self._look.tint(self._label, self._look.colors.muted)


def _legend_key(track: ScoreTrack, look: Look) -> LegendKey:
    key = LegendKey(
        track.title(), value_name=track.value_name(), value_text=track.value_text, look=look
    )
    if track.tip is not None:
        key.setToolTip(track.tip())
    return key


def _threshold_box() -> QDoubleSpinBox:
    box = QDoubleSpinBox(minimum=LOWEST_THRESHOLD, maximum=1.0, singleStep=0.01, decimals=2)
    box.setKeyboardTracking(False)
    box.setAlignment(Qt.AlignmentFlag.AlignRight)
    name = translate("ScorePanel", "Threshold: scores from here on are leads")
    box.setAccessibleName(name)
    box.setToolTip(name)
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return inset(box)
