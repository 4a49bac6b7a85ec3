"""Review: recordings, picture, scores and the segments worth looking at."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QSplitter, QStackedLayout, QVBoxLayout, QWidget

from crimeview.core.job import Changed
from crimeview.gui.commands import Actions, Command
from crimeview.gui.page import Page, Parts
from crimeview.gui.pages.review.commands import CurveCommands, review_commands
from crimeview.gui.pages.review.judging import judging_commands, panel_commands
from crimeview.gui.pages.review.region_commands import region_commands
from crimeview.gui.player import Player
from crimeview.gui.strip import Strip
from crimeview.gui.text import translate
from crimeview.gui.widgets.buttons import action_button
from crimeview.gui.widgets.hover_preview import HoverPreview
from crimeview.gui.widgets.panel import Panel
from crimeview.gui.widgets.recording_list import RecordingList
from crimeview.gui.widgets.region_overlay import RegionOverlay
from crimeview.gui.widgets.score_panel import ScorePanel
from crimeview.gui.widgets.segment_panel import SegmentPanel
from crimeview.gui.widgets.transport import Transport
from crimeview.gui.widgets.video_view import VideoView
from crimeview.gui.widgets.welcome import Welcome

_RECORDINGS, _SEGMENTS = 280, 324  # pixels of the side panels at first


class ReviewPage(Page):
    """Left the recordings, in the middle picture and scores, right the segments."""

    name = "review"

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self.title = translate("Review", "Review")
        self._workspace = parts.workspace
        self._playhead = parts.workspace.playhead
        self._strip = Strip(parts.workspace)
        self._player = Player(parts.tasks, self._playhead, preview_at=self._strip.picture)
        self._scores = ScorePanel(
            parts.workspace, parts.thresholding, parts.skipping, look=parts.look
        )
        self._across = QSplitter(Qt.Orientation.Horizontal)
        self._down = QSplitter(Qt.Orientation.Vertical)
        self._stack = QStackedLayout(self)
        self._scores.curve.show_violence(shown=parts.preferences.settings.show_violence)
        parts.workspace.changed.connect(self._on_changed)
        parts.workspace.recording_selected.connect(self._open_selected)

    def commands(self) -> Sequence[Command]:
        curve, preferences = self._scores.curve, self.parts.preferences
        return review_commands(
            self._workspace,
            CurveCommands(
                zoom=curve.zoom,
                fit=curve.fit,
                toggle_violence=self._toggle_violence,
                shows_violence=lambda: preferences.settings.show_violence,
            ),
            judging=(
                *judging_commands(
                    self.parts.reviewing, panel_commands(lambda: self._segments), preferences
                ),
                *region_commands(
                    self.parts.regions,
                    preferences,
                    show=lambda shown: self._overlay.show_regions(shown=shown),
                ),
            ),
        )

    def assemble(self, actions: Actions) -> None:
        parts, look = self.parts, self.parts.look
        welcome = Welcome(look=look, actions=[actions["open-files"], actions["open-folder"]])
        self._scores.add_buttons(actions, ("zoom-out", "zoom-in", "zoom-fit"))
        self._across.addWidget(self._recordings(actions))
        self._across.addWidget(self._middle(actions))
        self._segments = SegmentPanel(
            parts.workspace,
            parts.thresholding,
            parts.reviewing,
            actions,
            look=look,
            thumbnails=parts.thumbnails,
        )
        self._across.addWidget(self._segments)
        self._across.setStretchFactor(1, 1)
        self._across.setSizes([_RECORDINGS, 10 * _RECORDINGS, _SEGMENTS])
        self._stack.addWidget(welcome)
        self._stack.addWidget(self._across)
        hover = HoverPreview(self._strip.picture, look=look, parent=self)
        overview, curve = self._scores.overview, self._scores.curve
        hover.watch(overview, overview.seconds_at)
        hover.watch(curve.viewport(), curve.seconds_at)
        self._open_selected()
        self._on_changed(Changed.RECORDINGS)

    @property
    def settled(self) -> bool:
        return not self._player.busy and self._scores.curve.settled

    def layout_state(self) -> Mapping[str, str]:
        return {
            "across": bytes(self._across.saveState().toHex().data()).decode(),
            "down": bytes(self._down.saveState().toHex().data()).decode(),
        }

    def restore_layout(self, state: Mapping[str, str]) -> None:
        for name, splitter in (("across", self._across), ("down", self._down)):
            if name in state:
                splitter.restoreState(QByteArray.fromHex(state[name].encode()))

    def let_go(self) -> None:
        self._player.close()

    def _recordings(self, actions: Actions) -> QWidget:
        parts = self.parts
        recordings = RecordingList(
            parts.workspace, parts.missing, look=parts.look, thumbnails=parts.thumbnails
        )
        recordings.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        recordings.addActions([actions["analyze-again"], actions["remove-recording"]])
        self._recording_panel = Panel(
            translate("Review", "Recordings"), content=recordings, empty=QWidget(), look=parts.look
        )
        for command_id in ("open-files", "open-folder"):
            self._recording_panel.controls.addWidget(action_button(actions, command_id))
        return self._recording_panel

    def _middle(self, actions: Actions) -> QWidget:
        look = self.parts.look
        upper = QWidget()
        column = QVBoxLayout(upper)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        view = VideoView(self._player, self._playhead, look=look)
        self._overlay = RegionOverlay(view, self.parts.regions, look=look)
        self._overlay.show_regions(shown=self.parts.preferences.settings.show_regions)
        column.addWidget(view, 1)
        column.addWidget(Transport(self._playhead, actions, look=look))
        self._down.addWidget(upper)
        self._down.addWidget(self._scores)
        self._down.setStretchFactor(0, 1)
        self._down.setCollapsible(0, False)  # noqa: FBT003 (Qt's own signature)
        return self._down

    def _toggle_violence(self) -> None:
        shown = not self.parts.preferences.settings.show_violence
        self.parts.preferences.change(show_violence=shown)
        self._scores.curve.show_violence(shown=shown)

    def _on_changed(self, changed: Changed) -> None:
        if changed & Changed.RECORDINGS:
            count = len(self._workspace.recordings)
            self._recording_panel.show_count(count)
            self._stack.setCurrentIndex(1 if count else 0)

    def _open_selected(self) -> None:
        recording = self._workspace.recording
        if recording is None:
            self._player.close()
        else:
            self._player.open(recording.path)
