"""What networks can be run on here, and measuring how fast they are, in the background."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from crimeview.core.job import Job, Step
from crimeview.gui.tasks import Task, Tasks
from crimeview.gui.workspace import Workspace

if TYPE_CHECKING:
    from crimeview.jobs.bench_models import ModelBench
    from crimeview.jobs.models import ModelPair


class Measuring(QObject):
    """One measurement at a time.

    `engines` are those that are installed, the processor alone until they are `known`. `progress`
    is the running measurement's newest step, `benches` what the last one found.
    """

    changed = Signal()  # running, progress or benches
    engines_changed = Signal()

    def __init__(
        self, workspace: Workspace, tasks: Tasks, *, find_models: "Callable[[], ModelPair]"
    ) -> None:
        super().__init__()
        self.engines: Sequence[str] = ("cpu",)
        self.known = False
        self.progress: Step | None = None
        self.benches: Sequence[ModelBench] = ()
        self._workspace = workspace
        self._tasks = tasks
        self._find_models = find_models
        self._task: Task | None = None

    @property
    def running(self) -> bool:
        return self._task is not None

    def find_engines(self) -> None:
        """Look once which engines are installed; that loads them, which takes a moment."""
        if not self.known:
            self._tasks.call(_engines, on_result=self._on_engines, on_error=self._workspace.notice)

    def start(self) -> None:
        if self._task is None:
            self.benches = ()
            self._task = self._tasks.start(
                _bench(self._find_models),
                on_step=self._on_step,
                on_result=self._on_measured,
                on_error=self._on_failed,
                on_cancelled=self._on_ended,
            )
            self.changed.emit()

    def cancel(self) -> None:
        """Stop within a step; what was found of a whole model is kept."""
        if self._task is not None:
            self._task.cancel()

    def _on_engines(self, engines: Sequence[str]) -> None:
        self.engines, self.known = engines, True
        self.engines_changed.emit()

    def _on_step(self, step: Step) -> None:
        self.progress = step
        self.changed.emit()

    def _on_measured(self, benches: "list[ModelBench]") -> None:
        self.benches = benches
        self._on_ended()

    def _on_failed(self, error: Exception) -> None:
        self._on_ended()
        self._workspace.notice(error)

    def _on_ended(self) -> None:
        self._task = self.progress = None
        self.changed.emit()


def _engines() -> Sequence[str]:
    from crimeview.nets.engines import engines_present  # engines are slow to load

    return engines_present()


def _bench(find_models: "Callable[[], ModelPair]") -> "Job[list[ModelBench]]":
    """Measures the models that take pictures; scoring takes no time beside them."""
    from crimeview.jobs.bench_models import bench_models

    models = find_models()
    measured = [models.encoder, *([models.violence] if models.violence is not None else [])]
    return (yield from bench_models(measured))
