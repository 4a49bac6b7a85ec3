"""The application: makes the parts, hands them to the window, and runs it."""

import gc
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from crimeview.core.errors import UsageError
from crimeview.core.places import shipped
from crimeview.gui.alarm_setup import AlarmSetup
from crimeview.gui.analysis import Analysis
from crimeview.gui.case_files import CaseFiles
from crimeview.gui.case_watch import CaseWatch
from crimeview.gui.crash_file import CrashFile
from crimeview.gui.edit_effects import EditEffects
from crimeview.gui.entry_pictures import EntryPictures
from crimeview.gui.errands import Errands
from crimeview.gui.explaining import Explaining
from crimeview.gui.fault_news import FaultNews
from crimeview.gui.faults import Faults, caught
from crimeview.gui.first_paint import FirstPaint
from crimeview.gui.ground_truth import GroundTruth
from crimeview.gui.grouping import Grouper
from crimeview.gui.interrupt import close_on_interrupt
from crimeview.gui.key_bindings import KeyBindings
from crimeview.gui.language import Translation
from crimeview.gui.log import log_path, log_to_file
from crimeview.gui.look import Look
from crimeview.gui.map_making import MapMaking
from crimeview.gui.map_sight import MapSight
from crimeview.gui.measuring import Measuring
from crimeview.gui.missing import Missing
from crimeview.gui.navigation import Navigation
from crimeview.gui.notifying import Notifying
from crimeview.gui.opening import Opening, Receivers
from crimeview.gui.page import Page, Parts
from crimeview.gui.pages.groupings.page import GroupingsPage
from crimeview.gui.pages.library.page import LibraryPage
from crimeview.gui.pages.map.page import MapPage
from crimeview.gui.pages.review.page import ReviewPage
from crimeview.gui.pages.similar.page import SimilarPage
from crimeview.gui.pages.wall.page import WallPage
from crimeview.gui.presets import Presets
from crimeview.gui.region_editing import RegionEditing
from crimeview.gui.reviewing import Reviewing
from crimeview.gui.rule_history import RuleHistory
from crimeview.gui.scene_sight import SceneSight
from crimeview.gui.settings import Preferences
from crimeview.gui.shelf import Shelf
from crimeview.gui.similar_search import SimilarSearch
from crimeview.gui.skipping import Skipping
from crimeview.gui.snapshot import Snapshot
from crimeview.gui.strip import Strip
from crimeview.gui.tasks import Tasks
from crimeview.gui.telling import Telling
from crimeview.gui.thresholding import Thresholding
from crimeview.gui.thumbnails import Thumbnails
from crimeview.gui.timeline import Timeline
from crimeview.gui.type_learning import TypeLearning
from crimeview.gui.wall import Wall
from crimeview.gui.watching import Watching
from crimeview.gui.window import Window
from crimeview.gui.workspace import Scope, Workspace
from crimeview.store.case import Case, open_case
from crimeview.store.location import default_case_folder, is_case

if TYPE_CHECKING:
    from crimeview.jobs.models import ModelPair

PAGES: Sequence[Callable[[Parts], Page]] = (
    ReviewPage,
    MapPage,
    GroupingsPage,
    SimilarPage,
    LibraryPage,
    WallPage,
)

# s that a thread may keep the interpreter while others wait: a fifth of what is usual. The window's
# thread waits for it at every call that Qt makes into Python, while cameras are decoded and scored.
_SWITCH = 0.001


def run(
    paths: Sequence[Path],
    *,
    offscreen: bool,
    case: Path | None = None,
    snapshot: Path | None = None,
) -> int:
    """Open the window on a case and take in what `paths` names; gives the exit status.

    `case` None is the case that `paths` names, if any, else the default one. With `snapshot` the
    window is painted into that PNG file as soon as all that was asked for is on it, and closed.
    With `offscreen` the window needs no screen and nobody sees it but in such a picture. Raises
    CaseError, and UsageError where that file cannot be written.
    """
    if case is None and len(paths) == 1 and is_case(paths[0]):
        case = paths[0]
        paths = []
    opened = open_case(case or default_case_folder())
    app = application(offscreen=offscreen)
    log_to_file()
    crash_file, faults = CrashFile(log_path().parent), Faults()
    crashes = crash_file.begin()
    with caught(faults):
        window = compose(app, opened, preferences=Preferences(), find_models=_shipped_models)
        news = FaultNews(faults, look=window.parts.look, parent=window)
        gc.freeze()  # the window and what it is made of stay: no collection looks at them again
        window.show()
        # What it takes to begin would keep the window from being painted.
        FirstPaint(window, window.parts.tasks.turns, lambda: window.begin(paths))
        scope = Scope.RECORDING if paths else Scope.CASE
        picture = Snapshot(window, snapshot, scope=scope) if snapshot is not None else None
        if picture is None:
            news.tell_of_crashes(crashes)
        with close_on_interrupt(window):
            status = app.exec()
    crash_file.end()
    if picture is not None and picture.failed:
        raise UsageError(f"The picture {snapshot} cannot be written; choose another place for it.")
    return status


def application(*, offscreen: bool) -> QApplication:
    """The process's application, made without a screen if `offscreen`."""
    if offscreen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    sys.setswitchinterval(_SWITCH)
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(["crimeview"])
    app.setApplicationName("crimeview")
    app.setApplicationDisplayName("crimeview")
    app.setDesktopFileName("crimeview")
    app.setWindowIcon(QIcon(str(shipped("resources") / "icons" / "crimeview.svg")))
    return app


def compose(
    app: QApplication,
    case: Case,
    *,
    preferences: Preferences,
    find_models: "Callable[[], ModelPair]",
) -> Window:
    """Make the window with all its parts; what they do in the background waits for its `begin`."""
    translation = Translation(app)
    translation.use(preferences.settings.language)
    look = Look(app, theme=preferences.settings.theme)
    tasks = Tasks()
    tasks.hold()
    workspace = Workspace(case, tasks)
    analysis = Analysis(workspace, tasks, preferences=preferences, find_models=find_models)
    timeline = Timeline(workspace, tasks)
    keys = KeyBindings(preferences)
    reviewing = Reviewing(workspace, preferences=preferences, keys=keys)
    truth = GroundTruth(workspace, tasks, reviewing)
    errands = Errands(workspace, tasks)
    thresholding = Thresholding(workspace, tasks, analysis)
    shelf = Shelf(workspace, tasks, errands, preferences=preferences)
    map_making = MapMaking(workspace, tasks, analysis, shelf)
    wall = Wall(workspace, tasks, reviewing)
    notifying = Notifying()
    telling = Telling(workspace, tasks, wall, notifying)
    watching = Watching(workspace, tasks, wall, notifying, telling=telling, find_models=find_models)
    navigation = Navigation()
    receivers = Receivers(truth=truth, shelf=shelf, errands=errands, navigation=navigation)
    parts = Parts(
        workspace=workspace,
        navigation=navigation,
        analysis=analysis,
        thresholding=thresholding,
        rule_history=RuleHistory(workspace, thresholding, reviewing),
        reviewing=reviewing,
        case_watch=CaseWatch(workspace, analysis),
        errands=errands,
        missing=Missing(workspace, tasks, errands, preferences=preferences),
        regions=RegionEditing(workspace, reviewing),
        cases=CaseFiles(workspace, reviewing, errands, preferences=preferences),
        scene=SceneSight(workspace, errands, reviewing),
        edit_effects=EditEffects(workspace, errands, reviewing),
        skipping=Skipping(workspace, tasks),
        measuring=Measuring(workspace, tasks, find_models=find_models),
        timeline=timeline,
        types=TypeLearning(workspace, reviewing, errands),
        truth=truth,
        explaining=Explaining(workspace, tasks, find_models=find_models),
        map_making=map_making,
        map_sight=MapSight(map_making, workspace, tasks),
        grouper=Grouper(workspace, tasks, reviewing),
        presets=Presets(workspace, tasks, timeline, reviewing),
        wall=wall,
        watching=watching,
        telling=telling,
        alarm_setup=AlarmSetup(
            workspace, tasks, wall, watching, reviewing=reviewing, find_models=find_models
        ),
        thumbnails=Thumbnails(tasks, preview_of=Strip(workspace).picture_of),
        shelf=shelf,
        similar=SimilarSearch(workspace, shelf, tasks, find_models=find_models),
        pictures=EntryPictures(tasks),
        tasks=tasks,
        look=look,
        keys=keys,
        preferences=preferences,
    )
    return Window(
        parts,
        page_kinds=PAGES,
        opening=Opening(workspace, analysis, tasks, receivers, preferences=preferences),
        preferences=preferences,
        translation=translation,
    )


def _shipped_models() -> "ModelPair":
    from crimeview.jobs.models import default_models  # only an analysis needs it

    return default_models()
