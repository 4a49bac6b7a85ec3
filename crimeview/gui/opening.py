"""Taking in what a person opens or drops: videos, folders of them, cases."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from crimeview.core.errors import MediaError
from crimeview.core.job import Changed, Job, Step
from crimeview.core.recording import RecordingState
from crimeview.gui.analysis import Analysis
from crimeview.gui.contents import Contents, read_contents
from crimeview.gui.ground_truth import SUFFIXES, GroundTruth
from crimeview.gui.settings import Preferences
from crimeview.gui.tasks import Tasks
from crimeview.gui.text import translate
from crimeview.gui.workspace import Workspace
from crimeview.store.case import Case, open_case
from crimeview.store.location import is_case
from crimeview.video.discover import find_videos


class Opening(QObject):
    """Adds recordings to the open case, or opens another case in its place."""

    def __init__(
        self,
        workspace: Workspace,
        analysis: Analysis,
        tasks: Tasks,
        truth: GroundTruth,
        *,
        preferences: Preferences,
    ) -> None:
        super().__init__()
        self._under_way = 0
        self._workspace = workspace
        self._analysis = analysis
        self._tasks = tasks
        self._truth = truth
        self._preferences = preferences

    @property
    def busy(self) -> bool:
        return self._under_way > 0

    def open(self, paths: Sequence[Path]) -> None:
        """Open a case where the path is one, load annotations, else take in the videos."""
        if len(paths) == 1 and is_case(paths[0]):
            self.open_case(paths[0])
        elif len(paths) == 1 and paths[0].suffix.lower() in SUFFIXES:
            self._truth.load(paths[0])
        elif paths:
            self._take_in(paths)

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

    def _take_in(self, paths: Sequence[Path]) -> None:
        self._under_way += 1
        case = self._workspace.case
        describe = not self._preferences.settings.analyze_on_opening  # else the analysis does it
        self._tasks.start(
            _add(case, paths, describe=describe),
            on_step=lambda step: self._workspace.note(step.changed),
            on_result=lambda ids: self._on_added(case, ids),
            on_error=self._on_error,
        )

    def _on_added(self, case: Case, recording_ids: Sequence[int]) -> None:
        self._under_way -= 1
        if case is not self._workspace.case:
            return  # another one was opened meanwhile
        if recording_ids:
            self._workspace.refresh(then=lambda: self._show(recording_ids))
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
        self._workspace.select_first()

    def _on_error(self, error: Exception) -> None:
        self._under_way -= 1
        self._workspace.notice(error)


def _open(folder: Path, *, create: bool) -> tuple[Case, Contents]:
    case = open_case(folder, create=create)
    return case, read_contents(case)


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
