"""Why the selected segment scores as it does, found out in the background when asked for."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from crimeview.core.explanation import Explanation
from crimeview.core.job import Job, Step
from crimeview.gui.tasks import Task, Tasks
from crimeview.gui.workspace import Workspace
from crimeview.store.case import Case
from crimeview.store.rows import CaseSegment

if TYPE_CHECKING:
    from collections.abc import Callable

    from crimeview.jobs.models import ModelPair

_KEPT = 50  # explanations


class Explaining(QObject):
    """One explanation at a time, of the segment selected when it was asked for.

    `progress` is the running one's newest step; `explanation` is that of the selected segment, None
    while there is none.
    """

    changed = Signal()

    def __init__(
        self, workspace: Workspace, tasks: Tasks, *, find_models: "Callable[[], ModelPair]"
    ) -> None:
        super().__init__()
        self.progress: Step | None = None
        self._workspace = workspace
        self._tasks = tasks
        self._find_models = find_models
        self._task: Task | None = None
        self._found: dict[tuple[int, float, float], Explanation] = {}
        self._put_away = True  # what is known is not to be shown
        workspace.segment_selected.connect(self._on_selected)
        workspace.case_opened.connect(self._on_case_opened)

    @property
    def running(self) -> bool:
        return self._task is not None

    @property
    def explanation(self) -> Explanation | None:
        segment = self._workspace.segment
        if segment is None or self._put_away:
            return None
        return self._found.get(_key(segment))

    def toggle(self) -> None:
        """Explain the selected segment; put the explanation away if there is one."""
        segment = self._workspace.segment
        if self._task is not None or self.explanation is not None:
            self.put_away()
        elif segment is not None:
            self._put_away = False
            if _key(segment) not in self._found:
                self._start(segment)
            self.changed.emit()

    def put_away(self) -> None:
        """Stop what is under way, and show nothing."""
        self._put_away = True
        if self._task is not None:
            self._task.cancel()
        self.changed.emit()

    def _start(self, segment: CaseSegment) -> None:
        case = self._workspace.case
        self._task = self._tasks.start(
            _explain(case, segment, find_models=self._find_models),
            on_step=self._on_step,
            on_result=partial(self._on_explained, case, segment),
            on_error=self._on_failed,
            on_cancelled=self._on_ended,
        )

    def _on_step(self, step: Step) -> None:
        self.progress = step
        self.changed.emit()

    def _on_explained(self, case: Case, segment: CaseSegment, found: Explanation) -> None:
        if case is self._workspace.case:
            self._found[_key(segment)] = found
            while len(self._found) > _KEPT:
                del self._found[next(iter(self._found))]
        self._on_ended()

    def _on_failed(self, error: Exception) -> None:
        self._put_away = True
        self._on_ended()
        self._workspace.notice(error)

    def _on_ended(self) -> None:
        self._task = self.progress = None
        self.changed.emit()

    def _on_selected(self) -> None:
        """What is under way is of another segment now."""
        if self._task is not None:
            self._task.cancel()
        self.changed.emit()

    def _on_case_opened(self) -> None:
        self._found.clear()
        self._on_selected()


def _key(segment: CaseSegment) -> tuple[int, float, float]:
    """A segment that is found again under another rule keeps its explanation."""
    return segment.recording_id, segment.segment.start, segment.segment.end


def _explain(
    case: Case, segment: CaseSegment, *, find_models: "Callable[[], ModelPair]"
) -> Job[Explanation]:
    from crimeview.jobs.explain import explain  # networks are slow to load

    models = find_models()
    return (yield from explain(case, segment.recording_id, segment.segment, models=models))
