"""Review: recordings, picture, scores and the segments worth looking at."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QSplitter, QStackedLayout, QWidget

from crimeview.core.job import Changed
from crimeview.core.timetext import clock_text
from crimeview.gui.camera_heat import CameraHeat
from crimeview.gui.commands import Actions, Command, Need
from crimeview.gui.companions import Companions
from crimeview.gui.dialogs import ask_for_annotations
from crimeview.gui.page import Page, Parts
from crimeview.gui.pages.review.camera_assigning import CameraAssigning
from crimeview.gui.pages.review.clock_editing import ClockEditing
from crimeview.gui.pages.review.commands import CurveCommands, review_commands
from crimeview.gui.pages.review.judging import judging_commands, panel_commands
from crimeview.gui.pages.review.people_commands import people_command
from crimeview.gui.pages.review.picture_commands import PictureTools, picture_commands, why_command
from crimeview.gui.pages.review.picture_part import PicturePart
from crimeview.gui.pages.review.popovers import Popovers
from crimeview.gui.pages.review.region_commands import region_commands
from crimeview.gui.pages.review.scene_commands import scene_commands
from crimeview.gui.pages.review.timeline_commands import TimeTools, timeline_commands
from crimeview.gui.pages.review.tour_stops import review_stops
from crimeview.gui.pages.review.type_commands import type_commands
from crimeview.gui.score_tracks import ShownTracks
from crimeview.gui.strip import Strip
from crimeview.gui.text import translate
from crimeview.gui.tour import TourStop
from crimeview.gui.widgets.buttons import action_button
from crimeview.gui.widgets.empty_state import EmptyState
from crimeview.gui.widgets.hover_preview import HoverPreview
from crimeview.gui.widgets.panel import Panel
from crimeview.gui.widgets.recording_list import RecordingList
from crimeview.gui.widgets.score_panel import Along, ScorePanel
from crimeview.gui.widgets.segment_panel import SegmentPanel
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
        self._tracks = ShownTracks(parts.workspace, parts.tasks, parts.preferences)
        self._scores = ScorePanel(
            parts.workspace,
            parts.thresholding,
            parts.skipping,
            self._tracks,
            Along(
                timeline=parts.timeline,
                heat=CameraHeat(parts.workspace, parts.tasks, parts.timeline),
                truth=parts.truth,
                tasks=parts.tasks,
            ),
            look=parts.look,
        )
        self._across = QSplitter(Qt.Orientation.Horizontal)
        self._down = QSplitter(Qt.Orientation.Vertical)
        self._stack = QStackedLayout(self)
        self._picture = PicturePart(parts, self._strip, self._scores.curve)
        self._popovers = Popovers(
            parts, self._picture.viewing, self._picture.companions, parent=self
        )
        self._picture.sound.changed.connect(self.available_changed)
        parts.workspace.changed.connect(self._on_changed)
        self._playhead.played_out.connect(parts.timeline.play_on)
        parts.timeline.changed.connect(self._show_along)
        self._show_along()

    @property
    def companions(self) -> Companions:
        """What is shown beside the picture."""
        return self._picture.companions

    def commands(self) -> Sequence[Command]:
        curve, picture = self._scores.curve, self._picture
        preferences, popovers = self.parts.preferences, self._popovers
        return (
            *review_commands(
                self._workspace,
                CurveCommands(
                    zoom=curve.zoom,
                    fit=curve.fit,
                    show_rule=lambda: popovers.rule(self._scores.button("rule")),
                    tracks=self._tracks,
                ),
                judging=(
                    *judging_commands(
                        self.parts.reviewing, panel_commands(lambda: self._segments), preferences
                    ),
                    *region_commands(
                        self.parts.regions,
                        preferences,
                        show=lambda shown: picture.show_regions(shown=shown),
                    ),
                ),
            ),
            *scene_commands(
                self.parts.scene,
                CameraAssigning(
                    self._workspace,
                    self.parts.errands,
                    self.parts.reviewing,
                    look=self.parts.look,
                    parent=self,
                ),
                span=lambda: curve.span,
                toggle_usual=picture.toggle_usual,
                shows_usual=lambda: preferences.settings.show_usual,
            ),
            people_command(
                toggle=picture.toggle_people,
                shown=lambda: preferences.settings.show_people,
            ),
            *picture_commands(
                self._playhead,
                PictureTools(
                    viewing=picture.viewing,
                    looping=picture.looping,
                    sound=picture.sound,
                    adjust=lambda: popovers.picture(picture.button("adjust-picture")),
                    save=picture.stills.ask,
                    side_by_side=lambda: popovers.companions(picture.button("side-by-side")),
                    toggle_caption=picture.caption.toggle,
                    shows_caption=lambda: picture.caption.shown,
                ),
            ),
            *timeline_commands(self._time_tools()),
            why_command(self.parts.explaining),
            *type_commands(self.parts.reviewing, self.parts.types),
        )

    def _time_tools(self) -> TimeTools:
        parts = self.parts
        editing = ClockEditing(
            parts.workspace, parts.timeline, parts.reviewing, look=parts.look, parent=self
        )
        settings = parts.preferences
        return TimeTools(
            edit_clock=editing.ask,
            load_truth=self._ask_for_truth,
            take_truth_away=parts.truth.take_away,
            toggle_film=lambda: self._choose_view(show_film=not settings.settings.show_film),
            shows_film=lambda: settings.settings.show_film,
            toggle_wall_axis=lambda: self._choose_view(wall_axis=not settings.settings.wall_axis),
            shows_wall_axis=lambda: settings.settings.wall_axis,
        )

    @property
    def available(self) -> Need:
        return Need.SOUND if self._picture.sound.available else Need.NOTHING

    def assemble(self, actions: Actions) -> None:
        self._actions = actions
        parts, look = self.parts, self.parts.look
        welcome = Welcome(
            look=look,
            actions=[actions["open-files"], actions["open-folder"]],
            tour=actions["tour"],
            is_new=not parts.preferences.settings.tour_taken,
        )
        self._scores.add_buttons(actions, ("rule", "zoom-out", "zoom-in", "zoom-fit"))
        self._across.addWidget(self._recordings(actions))
        self._across.addWidget(self._middle(actions))
        self._segments = SegmentPanel(
            parts.workspace,
            parts.thresholding,
            parts.reviewing,
            actions,
            parts.keys,
            look=look,
            thumbnails=parts.thumbnails,
        )
        self._across.addWidget(self._segments)
        self._across.setStretchFactor(1, 1)
        self._across.setSizes([_RECORDINGS, 10 * _RECORDINGS, _SEGMENTS])
        self._stack.addWidget(welcome)
        self._stack.addWidget(self._across)
        hover = HoverPreview(
            self._strip.picture, caption_of=self._caption_at, look=look, parent=self
        )
        overview, curve, film = self._scores.overview, self._scores.curve, self._scores.film
        hover.watch(overview, overview.seconds_at)
        hover.watch(film, film.seconds_at)
        hover.watch(curve.viewport(), curve.seconds_at)
        for changed in (
            self._tracks.changed,
            self._picture.sound.changed,
            self._playhead.loop_changed,
            parts.explaining.changed,
        ):
            changed.connect(actions.show_checks)
        self._picture.open_selected()
        self._on_changed(Changed.RECORDINGS)

    def tour_stops(self) -> Sequence[TourStop]:
        return review_stops(
            self._actions,
            recordings=self._recording_panel,
            picture=self._picture,
            scores=self._scores,
            segments=self._segments,
        )

    def show_parts(self, *, shown: bool) -> None:
        self._stack.setCurrentIndex(1 if shown or self._workspace.recordings else 0)

    @property
    def settled(self) -> bool:
        return not self._picture.busy and self._scores.settled

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
        self._picture.let_go()

    def _recordings(self, actions: Actions) -> QWidget:
        parts = self.parts
        recordings = RecordingList(
            parts.workspace, parts.missing, look=parts.look, thumbnails=parts.thumbnails
        )
        recordings.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        recordings.addActions([actions["analyze-again"], actions["remove-recording"]])
        empty = EmptyState("film", look=parts.look)
        empty.say(
            translate("Review", "No recordings yet"),
            translate("Review", "Drop video files or a folder on the window."),
        )
        self._recording_panel = Panel(
            translate("Review", "Recordings"), content=recordings, empty=empty, look=parts.look
        )
        for command_id in ("open-files", "open-folder"):
            self._recording_panel.controls.addWidget(action_button(actions, command_id))
        return self._recording_panel

    def _middle(self, actions: Actions) -> QWidget:
        self._picture.assemble(actions)
        self._down.addWidget(self._picture)
        self._down.addWidget(self._scores)
        self._down.setStretchFactor(0, 1)
        scores = self._scores.sizeHint().height()
        self._down.setSizes([10 * scores, scores])
        self._down.setCollapsible(0, False)  # noqa: FBT003 (Qt's own signature)
        return self._down

    def _caption_at(self, seconds: float) -> str:
        """What is known of a moment under the pointer, in two lines at most."""
        score = self._scores.score_at(seconds)
        line = clock_text(seconds)
        if score is not None:
            text = translate("Review", "{time}, score {score}")
            line = text.format(time=line, score=f"{score:.2f}")
        wall = self.parts.timeline.wall_text(seconds)
        return f"{line}\n{wall}" if wall else line

    def _choose_view(self, **changes: bool) -> None:
        self.parts.preferences.change(**changes)
        self._show_along()

    def _show_along(self) -> None:
        settings, known = self.parts.preferences.settings, self.parts.timeline.clock
        self._scores.film.setVisible(settings.show_film)
        sure = known is not None and known.clock.source.is_sure
        wanted = settings.wall_axis and sure
        self._scores.curve.show_clock(known.clock if known is not None and wanted else None)

    def _ask_for_truth(self) -> None:
        ask_for_annotations(self.parts.truth.load, parent=self)

    def _on_changed(self, changed: Changed) -> None:
        if changed & Changed.RECORDINGS:
            self._recording_panel.show_count(len(self._workspace.recordings))
            self.show_parts(shown=False)
