"""The picture of the review page, with what lies over it and what plays it."""

from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from crimeview.gui.commands import Actions
from crimeview.gui.companions import Companions
from crimeview.gui.looping import Looping
from crimeview.gui.page import Parts
from crimeview.gui.people_sight import PeopleSight
from crimeview.gui.player import Player
from crimeview.gui.sound import Sound
from crimeview.gui.stills import Stills
from crimeview.gui.strip import Strip
from crimeview.gui.text import translate
from crimeview.gui.viewing import Viewing
from crimeview.gui.widgets.heat_overlay import HeatOverlay
from crimeview.gui.widgets.picture_area import PictureArea
from crimeview.gui.widgets.picture_caption import PictureCaption
from crimeview.gui.widgets.region_overlay import RegionOverlay
from crimeview.gui.widgets.scene_overlay import SceneOverlay
from crimeview.gui.widgets.score_curve import ScoreCurve
from crimeview.gui.widgets.skeleton_overlay import SkeletonOverlay
from crimeview.gui.widgets.transport import Transport
from crimeview.gui.widgets.video_view import VideoView
from crimeview.gui.widgets.why_bar import WhyBar


class PicturePart(QWidget):
    """The picture and its recording's sound; `assemble` adds what has words in it."""

    def __init__(self, parts: Parts, strip: Strip, curve: ScoreCurve) -> None:
        super().__init__()
        self._parts = parts
        workspace, timeline = parts.workspace, parts.timeline
        self._playhead = workspace.playhead
        self._player = Player(parts.tasks, self._playhead, preview_at=strip.picture)
        self.viewing = Viewing()
        self.looping = Looping(workspace)
        self.sound = Sound(parts.tasks, self._playhead)
        self.companions = Companions(workspace, parts.tasks, timeline)
        self._view = VideoView(self._player, self._playhead, viewing=self.viewing, look=parts.look)
        self.caption = PictureCaption(
            workspace,
            curve,
            self._view,
            wall_clock_text=lambda seconds: timeline.wall_text(seconds, decimals=2),
        )
        self.stills = Stills(
            workspace,
            parts.tasks,
            lambda as_seen: self._view.picture(as_seen=as_seen),
            wall_clock_text=lambda seconds: timeline.wall_text(seconds, decimals=3),
            look=parts.look,
            parent=self,
        )
        self._view.add_overlay(HeatOverlay(parts.explaining, self._playhead))
        parts.explaining.changed.connect(self._view.update)
        people = PeopleSight(workspace, self._playhead)
        self._skeletons = SkeletonOverlay(people)
        self._skeletons.shown = parts.preferences.settings.show_people
        self._view.add_overlay(self._skeletons)
        people.changed.connect(self._view.update)
        self._people = people
        workspace.recording_selected.connect(self.open_selected)

    @property
    def busy(self) -> bool:
        return self._player.busy or self.stills.busy or self.companions.busy

    def assemble(self, actions: Actions) -> None:
        """Lay out the picture, why it is a lead, and what plays it."""
        parts, look = self._parts, self._parts.look
        settings = parts.preferences.settings
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._scene = SceneOverlay(self._view, parts.scene, self._playhead, look=look)
        self._scene.show_usual(shown=settings.show_usual)
        self._regions = RegionOverlay(self._view, parts.regions, look=look)
        self.show_regions(shown=settings.show_regions)
        area = PictureArea(self._view, parts.workspace, self.companions, look=look)
        column.addWidget(area, 1)
        column.addWidget(WhyBar(parts.explaining, parts.thresholding, look=look))
        self._transport = Transport(self._playhead, self.sound, parts.timeline, actions, look=look)
        column.addWidget(self._transport)

    def button(self, command_id: str) -> QToolButton:
        """One of the buttons below the picture."""
        return self._transport.button(command_id)

    def open_selected(self) -> None:
        """Show the selected recording as it is, or say that none is selected."""
        recording = self._parts.workspace.recording
        self.viewing.reset()
        teaching = translate("Review", "Choose a recording, or drop one on the window.")
        self._view.teach(teaching if recording is None else "")
        if recording is None:
            self._player.close()
            self.sound.close()
        else:
            self._player.open(recording.path)
            self.sound.open(recording.path)

    def show_regions(self, *, shown: bool) -> None:
        self._regions.show_regions(shown=shown)

    def toggle_people(self) -> None:
        """Show the skeletons of people, or no longer."""
        self._skeletons.shown = not self._skeletons.shown
        self._parts.preferences.change(show_people=self._skeletons.shown)
        self._view.update()

    def toggle_usual(self) -> None:
        """Show where it is usual that something moves, or no longer."""
        shown = not self._parts.preferences.settings.show_usual
        self._parts.preferences.change(show_usual=shown)
        self._scene.show_usual(shown=shown)

    def let_go(self) -> None:
        self._player.close()
        self.sound.close()
        self.companions.close()
