"""Taking in what a person opens or drops: videos, cases, libraries, models, annotations."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from crimeview.core.errors import MediaError
from crimeview.core.job import Changed, Job, Step
from crimeview.core.recording import RecordingState
from crimeview.gui.analysis import Analysis
from crimeview.gui.contents import Contents, read_contents
from crimeview.gui.dropped import Dropped, sorted_out
from crimeview.gui.errands import Errands
from crimeview.gui.ground_truth import GroundTruth
from crimeview.gui.navigation import Navigation
from crimeview.gui.settings import Preferences
from crimeview.gui.shelf import Shelf
from crimeview.gui.tasks import Tasks
from crimeview.gui.text import translate
from crimeview.gui.workspace import Workspace
from crimeview.store.case import Case, open_case
from crimeview.video.discover import find_videos


@dataclass(frozen=True, slots=True, kw_only=True)
class Receivers:
    """Who takes what is opened."""

    truth: GroundTruth
    shelf: Shelf
    errands: Errands
    navigation: Navigation


class Opening(QObject):
    """Adds recordings to the open case, opens another case in its place, hands on what else it is.

    Where it is shown changes only for what belongs to another page.
    """

    def __init__(
        self,
        workspace: Workspace,
        analysis: Analysis,
        tasks: Tasks,
        receivers: Receivers,
        *,
        preferences: Preferences,
    ) -> None:
        super().__init__()
        self._under_way = 0
        self._workspace = workspace
        self._analysis = analysis
        self._tasks = tasks
        self._receivers = receivers
        self._preferences = preferences

    @property
    def busy(self) -> bool:
        return self._under_way > 0

    def open(self, paths: Sequence[Path]) -> None:
        """Open a case, or take in what else there is; annotations after the recordings."""
        kinds = sorted_out(paths)
        cases, libraries = kinds.get(Dropped.CASE, ()), kinds.get(Dropped.LIBRARY, ())
        if len(paths) > 1 and (cases or libraries):
            self._workspace.noticed.emit(
                translate("Opening", "Open a case or a library by itself, without anything else.")
            )
            return
        for folder in cases:
            self.open_case(folder)
        for folder in libraries:
            self._receivers.navigation.show("library")
            self._receivers.shelf.open(str(folder), create=False)
        for package in kinds.get(Dropped.PACKAGE, ()):
            self._take_in_package(package)
        for model in kinds.get(Dropped.MODEL, ()):
            self._import(model)
        annotations = kinds.get(Dropped.ANNOTATIONS, ())
        if Dropped.RECORDINGS in kinds:
            self._take_in(kinds[Dropped.RECORDINGS], annotations)
        else:
            self._load(annotations)

    def open_case(self, folder: Path, *, create: bool = False) -> None:
        """Open a case in place of the present one, whose analysis is stopped."""
        self._under_way += 1

        def open_now() -> None:
            self._tasks.call(
                lambda: _open(folder, create=create),
                on_result=self._on_case,
                on_error=self._on_error,
            )

        self._analysis.stop(then=open_now)

    def _take_in_package(self, package: Path) -> None:
        shelf = self._receivers.shelf
        self._receivers.navigation.show("library")
        if shelf.library is not None:
            shelf.take_in(package)
        else:
            self._workspace.noticed.emit(
                translate(
                    "Opening",
                    "Open a library first, or add segments to one; then open the package again.",
                )
            )

    def _import(self, path: Path) -> None:
        title = translate("Opening", "Importing {name}").format(name=path.name)
        self._receivers.errands.run(title, _imported(path), then=self._on_imported)

    def _on_imported(self, names: Sequence[str]) -> None:
        text = translate(
            "Opening", "Imported: {names}. “crimeview models show” tells what it can do."
        )
        self._workspace.succeeded.emit(text.format(names=", ".join(names)))

    def _load(self, annotations: Sequence[Path]) -> None:
        for file in annotations:
            self._receivers.truth.load(file)

    def _take_in(self, paths: Sequence[Path], annotations: Sequence[Path]) -> None:
        self._under_way += 1
        case = self._workspace.case
        describe = not self._preferences.settings.analyze_on_opening  # else the analysis does it
        self._tasks.start(
            _add(case, paths, describe=describe),
            on_step=lambda step: self._workspace.access.note(step.changed),
            on_result=partial(self._on_added, case, annotations),
            on_error=self._on_error,
        )

    def _on_added(
        self, case: Case, annotations: Sequence[Path], recording_ids: Sequence[int]
    ) -> None:
        self._under_way -= 1
        if case is not self._workspace.case:
            return  # another one was opened meanwhile
        if recording_ids:
            self._workspace.access.refresh(then=lambda: self._show(recording_ids))
            self._load(annotations)
        else:
            self._workspace.noticed.emit(
                translate("Opening", "There are no video files in what was opened.")
            )

    def _show(self, recording_ids: Sequence[int]) -> None:
        self._workspace.select_recording(recording_ids[0])
        if self._preferences.settings.analyze_on_opening:
            added = (self._workspace.recording_of(i) for i in recording_ids)
            done = RecordingState.DONE
            self._analysis.start(r.path for r in added if r is not None and r.state is not done)

    def _on_case(self, opened_case: tuple[Case, Contents]) -> None:
        self._under_way -= 1
        self._workspace.open(*opened_case)

    def _on_error(self, error: Exception) -> None:
        self._under_way -= 1
        self._workspace.notice(error)


def _open(folder: Path, *, create: bool) -> tuple[Case, Contents]:
    case = open_case(folder, create=create)
    return case, read_contents(case)


def _imported(path: Path) -> Job[Sequence[str]]:
    from crimeview.jobs.import_any import import_any  # only here: networks are slow to load
    from crimeview.jobs.import_model import Target
    from crimeview.nets.catalog import models_folder

    target = Target(models=models_folder(), name=None, overwrite=False)
    models = yield from import_any(path, target=target)
    return [model.manifest.name for model in models]


def _add(case: Case, paths: Sequence[Path], *, describe: bool) -> Job[list[int]]:
    """Add the videos among the paths to the case; gives the ids of their recordings."""
    videos = find_videos(paths)
    ids = []
    for video in videos:
        ids.append(case.add_recording(video))
        yield Step(
            done=len(ids),
            total=len(videos),
            message=f"Adding {video.name}",
            changed=Changed.RECORDINGS,
        )
    for recording_id in ids if describe else []:
        yield _describe(case, recording_id)
    return ids


def _describe(case: Case, recording_id: int) -> Step:
    from crimeview.video.source import opened  # only here: decoders are slow to load

    path = case.recording(recording_id).path
    try:
        with opened(path) as source:
            case.describe(recording_id, source.recording)
    except MediaError as error:
        case.set_state(recording_id, RecordingState.FAILED, error=str(error))
    return Step(
        done=1,
        total=None,
        message=f"Looking at {path.name}",
        changed=Changed.RECORDINGS,
        recording_id=recording_id,
    )
