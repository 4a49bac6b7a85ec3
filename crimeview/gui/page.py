"""What a page of the window is, and what it is given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crimeview.gui.alarm_setup import AlarmSetup
from crimeview.gui.analysis import Analysis
from crimeview.gui.case_files import CaseFiles
from crimeview.gui.case_watch import CaseWatch
from crimeview.gui.commands import Actions, Command, Need
from crimeview.gui.edit_effects import EditEffects
from crimeview.gui.entry_pictures import EntryPictures
from crimeview.gui.errands import Errands
from crimeview.gui.explaining import Explaining
from crimeview.gui.ground_truth import GroundTruth
from crimeview.gui.grouping import Grouper
from crimeview.gui.key_bindings import KeyBindings
from crimeview.gui.look import Look
from crimeview.gui.map_making import MapMaking
from crimeview.gui.map_sight import MapSight
from crimeview.gui.measuring import Measuring
from crimeview.gui.missing import Missing
from crimeview.gui.navigation import Navigation
from crimeview.gui.presets import Presets
from crimeview.gui.region_editing import RegionEditing
from crimeview.gui.reviewing import Reviewing
from crimeview.gui.rule_history import RuleHistory
from crimeview.gui.scene_sight import SceneSight
from crimeview.gui.settings import Preferences
from crimeview.gui.shelf import Shelf
from crimeview.gui.similar_search import SimilarSearch
from crimeview.gui.skipping import Skipping
from crimeview.gui.tasks import Tasks
from crimeview.gui.telling import Telling
from crimeview.gui.thresholding import Thresholding
from crimeview.gui.thumbnails import Thumbnails
from crimeview.gui.timeline import Timeline
from crimeview.gui.tour import TourStop
from crimeview.gui.type_learning import TypeLearning
from crimeview.gui.wall import Wall
from crimeview.gui.watching import Watching
from crimeview.gui.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What outlives every page."""

    workspace: Workspace
    navigation: Navigation
    analysis: Analysis
    thresholding: Thresholding
    rule_history: RuleHistory
    reviewing: Reviewing
    case_watch: CaseWatch
    errands: Errands
    missing: Missing
    cases: CaseFiles
    regions: RegionEditing
    scene: SceneSight
    edit_effects: EditEffects
    skipping: Skipping
    measuring: Measuring
    timeline: Timeline
    types: TypeLearning
    truth: GroundTruth
    explaining: Explaining
    map_making: MapMaking
    map_sight: MapSight
    grouper: Grouper
    presets: Presets
    wall: Wall
    watching: Watching
    telling: Telling
    alarm_setup: AlarmSetup
    thumbnails: Thumbnails
    shelf: Shelf
    similar: SimilarSearch
    pictures: EntryPictures
    tasks: Tasks
    look: Look
    keys: KeyBindings
    preferences: Preferences


class Page(QWidget):
    """One page: it is asked for its commands, and given their actions when it is first shown.

    The first page is assembled at once. `name` is for navigation and the saved layout, `title` for
    people. Until a page is assembled it has no content, and nothing but its name, its title and its
    commands is asked of it.
    """

    name: str
    title: str
    available_changed = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.parts = parts

    def commands(self) -> Sequence[Command]:
        """The commands that only this page has."""
        return ()

    @property
    def available(self) -> Need:
        """What of the needs of commands is there, of what only this page knows."""
        return Need.NOTHING

    def assemble(self, actions: Actions) -> None:
        """Make the page's content."""

    def tour_stops(self) -> Sequence[TourStop]:
        """What a tour of the window has to say of this page."""
        return ()

    def show_parts(self, *, shown: bool) -> None:
        """For a tour, show the parts of the page though there is nothing in them, or no longer."""

    @property
    def settled(self) -> bool:
        """Whether everything that was asked for is on the screen."""
        return True

    def layout_state(self) -> Mapping[str, str]:
        """Where the person has put things, to be given to `restore_layout` another day."""
        return {}

    def restore_layout(self, state: Mapping[str, str]) -> None:
        """Put things where they were."""

    def let_go(self) -> None:
        """Release what the page holds open; it is not shown again."""
