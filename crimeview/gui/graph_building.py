"""The graph of a large library, built beside everything else that is done meanwhile."""

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from crimeview.core.job import Job, Step, TimeLeft
from crimeview.gui.tasks import Task, Tasks
from crimeview.gui.text import translate
from crimeview.gui.workspace import Workspace

if TYPE_CHECKING:
    from crimeview.store.library.library import Library


class GraphBuilding(QObject):
    """How far it is, and how long it will take; it takes an hour, so that it is no errand.

    `fraction` and `seconds_left` are None while they are not known.
    """

    changed = Signal()
    finished = Signal()

    def __init__(self, workspace: Workspace, tasks: Tasks) -> None:
        super().__init__()
        self._workspace = workspace
        self._tasks = tasks
        self._task: Task | None = None
        self._time_left = TimeLeft()
        self.fraction: float | None = None
        self.seconds_left: float | None = None

    @property
    def running(self) -> bool:
        return self._task is not None

    def start(self, library: "Library", spaces: Sequence[str]) -> None:
        """Build, unless it is being done already."""
        if self.running:
            return

        def work() -> Job[None]:
            from crimeview.jobs.library_index import build_graphs

            yield from build_graphs(library, spaces)

        self._time_left, self.fraction, self.seconds_left = TimeLeft(), None, None
        self._task = self._tasks.start(
            work(),
            on_step=self._on_step,
            on_result=lambda _: self._on_built(),
            on_error=self._on_error,
            on_cancelled=lambda: self._end(
                translate(
                    "GraphBuilding",
                    "Building the graph was stopped. What is built is kept; it goes on from there.",
                )
            ),
        )
        self.changed.emit()

    def stop(self) -> None:
        """Stop at the next step, under a second; storing what is built may take some more."""
        if self._task is not None:
            self._task.cancel()

    def _on_step(self, step: Step) -> None:
        self.fraction = step.fraction
        self.seconds_left = self._time_left.update(step, now=time.monotonic())
        self.changed.emit()

    def _on_error(self, error: Exception) -> None:
        self._end("")
        self._workspace.notice(error)

    def _on_built(self) -> None:
        self._end("")
        self._workspace.succeeded.emit(
            translate("GraphBuilding", "The graph is built; it is searched from now on.")
        )

    def _end(self, said: str) -> None:
        self._task = None
        self.fraction = self.seconds_left = None
        self.changed.emit()
        if said:
            self._workspace.noticed.emit(said)
        self.finished.emit()
