"""Analysis in the background: one batch at a time, what is asked for meanwhile comes after it."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from crimeview.core.job import Job, Step, TimeLeft
from crimeview.core.recording import RecordingState
from crimeview.gui.settings import Preferences, Settings
from crimeview.gui.tasks import Task, Tasks
from crimeview.gui.workspace import Workspace
from crimeview.jobs.resegment import rule_of
from crimeview.store.case import Case

if TYPE_CHECKING:
    from crimeview.jobs.analyze import Outcome
    from crimeview.jobs.models import ModelPair

_UNFINISHED = (RecordingState.NEW, RecordingState.STOPPED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the running batch is: its newest step, and estimated seconds left, if known."""

    step: Step
    seconds_left: float | None


class Analysis(QObject):
    """Analyzes recordings of the workspace's case."""

    progressed = Signal()  # `progress` has changed
    running_changed = Signal()

    def __init__(
        self,
        workspace: Workspace,
        tasks: Tasks,
        *,
        preferences: Preferences,
        find_models: "Callable[[], ModelPair]",
    ) -> None:
        super().__init__()
        self.progress: Progress | None = None
        self._workspace = workspace
        self._tasks = tasks
        self._preferences = preferences
        self._find_models = find_models
        self._task: Task | None = None
        self._after: list[Callable[[], None]] = []
        self._waiting: list[Path] = []
        self._time_left = TimeLeft()

    @property
    def running(self) -> bool:
        return self._task is not None

    @property
    def unfinished(self) -> list[Path]:
        """The recordings that an analysis has not come to the end of."""
        return [r.path for r in self._workspace.recordings if r.state in _UNFINISHED]

    def start(self, paths: Iterable[Path]) -> None:
        """Analyze these recordings, after what is being analyzed."""
        self._waiting += [path for path in paths if path not in self._waiting]
        if self._task is None and self._waiting:
            self._begin()

    def resume(self) -> None:
        self.start(self.unfinished)

    def stop(self, *, then: Callable[[], None] | None = None) -> None:
        """Stop within a step and keep what is stored; call `then` as soon as it has stopped."""
        self._waiting.clear()
        if then is not None:
            self._after.append(then)
        if self._task is not None:
            self._task.cancel()
        else:
            self._call_after()

    def _begin(self) -> None:
        paths, self._waiting = self._waiting, []
        self._time_left = TimeLeft()
        self._task = self._tasks.start(
            _analyze(
                paths,
                case=self._workspace.case,
                settings=self._preferences.settings,
                find_models=self._find_models,
            ),
            on_step=self._on_step,
            on_result=lambda _outcomes: self._on_ended(),
            on_error=self._on_failed,
            on_cancelled=self._on_ended,
        )
        self.running_changed.emit()

    def _on_step(self, step: Step) -> None:
        left = self._time_left.update(step, now=time.monotonic())
        self.progress = Progress(step=step, seconds_left=left)
        self._workspace.access.note(step.changed)
        self.progressed.emit()

    def _on_failed(self, error: Exception) -> None:
        self._waiting.clear()
        self._workspace.notice(error)
        self._on_ended()

    def _on_ended(self) -> None:
        self._task = None
        self.progress = None
        self._workspace.access.refresh()
        if self._waiting and not self._after:
            self._begin()
        else:
            self.running_changed.emit()
        self._call_after()

    def _call_after(self) -> None:
        after, self._after = self._after, []
        for call in after:
            call()


def _analyze(
    paths: Sequence[Path],
    *,
    case: Case,
    settings: Settings,
    find_models: "Callable[[], ModelPair]",
) -> "Job[list[Outcome]]":
    """The job with what it needs: finding the models reads files, which is not for the window.

    A case keeps the rule it has, be it chosen by hand, as long as the scores are of one scorer.
    """
    # Imported here, in the background: decoders and networks are slow to load.
    from crimeview.jobs.analyze import AnalyzeSettings, analyze
    from crimeview.jobs.theft_models import theft_models

    models = find_models()
    if not settings.classes:
        models = replace(models, objects=None)
    if settings.theft:
        models = replace(models, theft=theft_models())
    run = case.analyses.newest()
    known = run is not None and run.scorer_sha256 == models.scorer.manifest.sha256
    how = AnalyzeSettings(
        rule=rule_of(run) if run is not None and known else None,
        step=settings.stride or None,
        gate=settings.gate,
        novelty=settings.novelty,
        engine=settings.engine,
        precision=settings.precision,
    )
    return (yield from analyze(paths, case=case, models=models, settings=how))
