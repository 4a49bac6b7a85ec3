"""Review: recordings, picture, scores and the segments worth looking at."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QSplitter, QStackedLayout, QVBoxLayout, QWidget

from crimeview.core.job import Changed
from crimeview.core.timetext import clock_text
from crimeview.gui.camera_heat import CameraHeat
from crimeview.gui.commands import Actions, Command, Need
from crimeview.gui.companions import Companions
from crimeview.gui.dialogs import ask_for_annotations
from crimeview.gui.looping import Looping
from crimeview.gui.page import Page, Parts
from crimeview.gui.pages.review.clock_editing import ClockEditing
from crimeview.gui.pages.review.commands import CurveCommands, review_commands
from crimeview.gui.pages.review.judging import judging_commands, panel_commands
from crimeview.gui.pages.review.people_commands import people_command
from crimeview.gui.pages.review.picture_commands import PictureTools, picture_commands, why_command
from crimeview.gui.pages.review.region_commands import region_commands
from crimeview.gui.pages.review.scene_commands import scene_commands
from crimeview.gui.pages.review.timeline_commands import TimeTools, timeline_commands
from crimeview.gui.pages.review.tour_stops import review_stops
from crimeview.gui.pages.review.type_commands import type_commands
from crimeview.gui.people_sight import PeopleSight
from crimeview.gui.player import Player
from crimeview.gui.score_tracks import ShownTracks
from crimeview.gui.sound import Sound
from crimeview.gui.stills import Stills
from crimeview.gui.strip import Strip
from crimeview.gui.text import translate
from crimeview.gui.tour import TourStop
from crimeview.gui.viewing import Viewing
from crimeview.gui.widgets.buttons import action_button
from crimeview.gui.widgets.companion_panel import CompanionPanel
from crimeview.gui.widgets.empty_state import EmptyState
from crimeview.gui.widgets.heat_overlay import HeatOverlay
from crimeview.gui.widgets.hover_preview import HoverPreview
from crimeview.gui.widgets.panel import Panel
from crimeview.gui.widgets.picture_area import PictureArea
from crimeview.gui.widgets.picture_caption import PictureCaption
from crimeview.gui.widgets.picture_panel import PicturePanel
from crimeview.gui.widgets.popover import Popover
from crimeview.gui.widgets.recording_list import RecordingList
from crimeview.gui.widgets.region_overlay import RegionOverlay
from crimeview.gui.widgets.rule_panel import RulePanel
from crimeview.gui.widgets.scene_overlay import SceneOverlay
from crimeview.gui.widgets.score_panel import Along, ScorePanel
from crimeview.gui.widgets.segment_panel import SegmentPanel
from crimeview.gui.widgets.skeleton_overlay import SkeletonOverlay
from crimeview.gui.widgets.transport import Transport
from crimeview.gui.widgets.video_view import VideoView
from crimeview.gui.widgets.welcome import Welcome
from crimeview.gui.widgets.why_bar import WhyBar

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
        self._viewing = Viewing()
        self._looping = Looping(parts.workspace)
        self._sound = Sound(parts.tasks, self._playhead)
        self._view = VideoView(self._player, self._playhead, viewing=self._viewing, look=parts.look)
        self.companions = Companions(parts.workspace, parts.tasks, parts.timeline)
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
        self._caption = PictureCaption(
            parts.workspace,
            self._scores.curve,
            self._view,
            wall_clock_text=lambda seconds: parts.timeline.wall_text(seconds, decimals=2),
        )
        self._stills = Stills(
            parts.workspace,
            parts.tasks,
            lambda as_seen: self._view.picture(as_seen=as_seen),
            wall_clock_text=lambda seconds: parts.timeline.wall_text(seconds, decimals=3),
            look=parts.look,
            parent=self,
        )
        self._sound.changed.connect(self.available_changed)
        self._view.add_overlay(HeatOverlay(parts.explaining, self._playhead))
        parts.explaining.changed.connect(self._view.update)
        self._people = PeopleSight(parts.workspace, self._playhead)
        self._skeletons = SkeletonOverlay(self._people)
        self._skeletons.shown = parts.preferences.settings.show_people
        self._view.add_overlay(self._skeletons)
        self._people.changed.connect(self._view.update)
        parts.workspace.changed.connect(self._on_changed)
        parts.workspace.recording_selected.connect(self._open_selected)
        self._playhead.played_out.connect(parts.timeline.play_on)
        parts.timeline.changed.connect(self._show_along)
        self._show_along()

    def commands(self) -> Sequence[Command]:
        curve, preferences = self._scores.curve, self.parts.preferences
        return (
            *review_commands(
                self._workspace,
                CurveCommands(
                    zoom=curve.zoom, fit=curve.fit, show_rule=self._show_rule, tracks=self._tracks
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
            ),
            *scene_commands(
                self.parts.scene,
                span=lambda: curve.span,
                toggle_usual=self._toggle_usual,
                shows_usual=lambda: preferences.settings.show_usual,
            ),
            people_command(
                toggle=self._toggle_people,
                shown=lambda: preferences.settings.show_people,
            ),
            *picture_commands(
                self._playhead,
                PictureTools(
                    viewing=self._viewing,
                    looping=self._looping,
                    sound=self._sound,
                    adjust=self._adjust_picture,
                    save=self._stills.ask,
                    side_by_side=self._choose_companions,
                    toggle_caption=self._caption.toggle,
                    shows_caption=lambda: self._caption.shown,
                ),
            ),
            *timeline_commands(self._time_tools()),
            why_command(self.parts.explaining),
            *type_commands(self.parts.reviewing, self.parts.types),
        )

    def _time_tools(self) -> TimeTools:
        parts = self.parts
        editing = ClockEditing(parts.workspace, parts.timeline, look=parts.look, parent=self)
        settings = parts.preferences
        return TimeTools(
            edit_clock=editing.ask,
            load_truth=self._ask_for_truth,
            toggle_film=lambda: self._choose_view(show_film=not settings.settings.show_film),
            shows_film=lambda: settings.settings.show_film,
            toggle_wall_axis=lambda: self._choose_view(wall_axis=not settings.settings.wall_axis),
            shows_wall_axis=lambda: settings.settings.wall_axis,
        )

    @property
    def available(self) -> Need:
        return Need.SOUND if self._sound.available else Need.NOTHING

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
            self._sound.changed,
            self._playhead.loop_changed,
            parts.explaining.changed,
        ):
            changed.connect(actions.show_checks)
        self._open_selected()
        self._on_changed(Changed.RECORDINGS)

    def tour_stops(self) -> Sequence[TourStop]:
        return review_stops(
            self._actions,
            recordings=self._recording_panel,
            picture=self._upper,
            scores=self._scores,
            segments=self._segments,
        )

    def show_parts(self, *, shown: bool) -> None:
        self._stack.setCurrentIndex(1 if shown or self._workspace.recordings else 0)

    @property
    def settled(self) -> bool:
        busy = self._player.busy or self._stills.busy or self.companions.busy
        return not busy and self._scores.settled

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
        self._sound.close()
        self.companions.close()

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
        look = self.parts.look
        self._upper = upper = QWidget()
        column = QVBoxLayout(upper)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._scene = SceneOverlay(self._view, self.parts.scene, self._playhead, look=look)
        self._scene.show_usual(shown=self.parts.preferences.settings.show_usual)
        self._overlay = RegionOverlay(self._view, self.parts.regions, look=look)
        self._overlay.show_regions(shown=self.parts.preferences.settings.show_regions)
        column.addWidget(PictureArea(self._view, self._workspace, self.companions, look=look), 1)
        column.addWidget(WhyBar(self.parts.explaining, self.parts.thresholding, look=look))
        self._transport = Transport(
            self._playhead, self._sound, self.parts.timeline, actions, look=look
        )
        column.addWidget(self._transport)
        self._down.addWidget(upper)
        self._down.addWidget(self._scores)
        self._down.setStretchFactor(0, 1)
        scores = self._scores.sizeHint().height()
        self._down.setSizes([10 * scores, scores])
        self._down.setCollapsible(0, False)  # noqa: FBT003 (Qt's own signature)
        return self._down

    def _caption_at(self, seconds: float) -> str:
        """What is known of a moment under the pointer, in two lines at most."""
        score = self._scores.curve.score_at(seconds)
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

    def _show_rule(self) -> None:
        if self.parts.thresholding.rule is None:
            self._workspace.noticed.emit(
                translate("Review", "Analyze a recording first: there are no scores yet.")
            )
            return
        if not self._put_away(RulePanel):
            panel = RulePanel(
                self.parts.thresholding, self.parts.presets, look=self.parts.look, parent=self
            )
            panel.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            panel.open_at(self._scores.button("rule"))

    def _adjust_picture(self) -> None:
        if not self._put_away(PicturePanel):
            panel = PicturePanel(self._viewing, look=self.parts.look, parent=self)
            panel.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            panel.open_at(self._transport.button("adjust-picture"))

    def _choose_companions(self) -> None:
        if not self._put_away(CompanionPanel):
            panel = CompanionPanel(self.companions, look=self.parts.look, parent=self)
            panel.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            panel.open_at(self._transport.button("side-by-side"))

    def _put_away(self, kind: type[Popover]) -> bool:
        """Put away what is open of that kind; whether there was any."""
        open_ones = [p for p in self.findChildren(Popover) if isinstance(p, kind) and p.isVisible()]
        for popover in open_ones:
            popover.put_away()
        return bool(open_ones)

    def _toggle_people(self) -> None:
        self._skeletons.shown = not self._skeletons.shown
        self.parts.preferences.change(show_people=self._skeletons.shown)
        self._view.update()

    def _toggle_usual(self) -> None:
        shown = not self.parts.preferences.settings.show_usual
        self.parts.preferences.change(show_usual=shown)
        self._scene.show_usual(shown=shown)

    def _on_changed(self, changed: Changed) -> None:
        if changed & Changed.RECORDINGS:
            self._recording_panel.show_count(len(self._workspace.recordings))
            self.show_parts(shown=False)

    def _open_selected(self) -> None:
        recording = self._workspace.recording
        self._viewing.reset()
        teaching = translate("Review", "Choose a recording, or drop one on the window.")
        self._view.teach(teaching if recording is None else "")
        if recording is None:
            self._player.close()
            self._sound.close()
        else:
            self._player.open(recording.path)
            self._sound.open(recording.path)
