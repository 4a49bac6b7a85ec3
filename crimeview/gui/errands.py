"""Longer work beside the analysis: finding lost recordings, cutting clips."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from crimeview.core.job import Job, Step
from crimeview.gui.tasks import Task, Tasks
from crimeview.gui.text import translate
from crimeview.gui.workspace import Workspace

T = TypeVar("T")


class Errands(QObject):
    """One job at a time, with its title and how far it is; another waits for no queue: it is told.

    `title` is None while there is none.
    """

    changed = Signal()

    def __init__(self, workspace: Workspace, tasks: Tasks) -> None:
        super().__init__()
        self._workspace = workspace
        self._tasks = tasks
        self._task: Task | None = None
        self.title: str | None = None
        self.fraction: float | None = None

    @property
    def busy(self) -> bool:
        return self._task is not None

    def run(self, title: str, job: Job[T], *, then: Callable[[T], None]) -> None:
        """Begin; `then` gets the result. What fails is told, what is stopped leaves nothing."""
        if self.busy:
            job.close()
            self._workspace.noticed.emit(
                translate("Errands", "Wait for what is under way, or stop it first.")
            )
            return
        self.title, self.fraction = title, None

        def end(call: Callable[[], None]) -> None:
            self._task = None
            self.title = self.fraction = None
            self.changed.emit()
            call()

        self._task = self._tasks.start(
            job,
            on_step=self._on_step,
            on_result=lambda result: end(lambda: then(result)),
            on_error=lambda error: end(lambda: self._workspace.notice(error)),
            on_cancelled=lambda: end(lambda: None),
        )
        self.changed.emit()

    def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _on_step(self, step: Step) -> None:
        self.fraction = step.fraction
        self._workspace.access.note(step.changed)
        self.changed.emit()
