"""Groupings of a case's segments, compared when asked for, their names, what these suggest."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from crimeview.atlas.choices import METHODS, Method
from crimeview.core.job import Job, Step
from crimeview.gui.map_sight import Clusters
from crimeview.gui.tasks import Task, Tasks
from crimeview.gui.text import translate
from crimeview.gui.workspace import Workspace
from crimeview.store.case import Case

if TYPE_CHECKING:
    from crimeview.jobs.compare_groupings import CaseGroupings
    from crimeview.jobs.groupings import Grouping
    from crimeview.jobs.map_points import MapItem
    from crimeview.jobs.name_clusters import Suggested

SEGMENT = "segment"  # the vectors of segments alone, as compare_groupings calls them


class Grouper(QObject):
    """One comparison at a time. `found` is None before the first, `chosen` one of its groupings.

    `suggested` are what named clusters say of segments without a type, None while nothing is named.
    `problem` is a sentence where there is nothing to group.
    """

    found_changed = Signal()
    chosen_changed = Signal()
    suggested_changed = Signal()
    stage_changed = Signal()

    def __init__(self, workspace: Workspace, tasks: Tasks) -> None:
        super().__init__()
        self.methods: frozenset[Method] = frozenset(METHODS)
        self.count: int | None = None
        self.found: CaseGroupings | None = None
        self.chosen: Grouping | None = None
        self.names: dict[tuple[str, int], str] = {}  # by method and number of the cluster
        self.suggested: Sequence[Suggested] | None = None
        self.problem: str | None = None
        self.stage: tuple[str, float | None] | None = None
        self._workspace = workspace
        self._tasks = tasks
        self._task: Task | None = None
        self._gives_way = False  # what is under way, to anything else
        workspace.case_opened.connect(self._forget)

    @property
    def busy(self) -> bool:
        return self._task is not None

    def compare(self) -> None:
        """Compare the chosen methods."""
        if not self.methods:
            return
        wanted = tuple(method for method in METHODS if method in self.methods)
        job = _compare(self._workspace.case, count=self.count, methods=wanted)
        self._start(job, translate("Grouper", "Comparing ways to group"), self._on_found)

    def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def choose(self, grouping: "Grouping") -> None:
        if grouping is not self.chosen:
            self.chosen = grouping
            self.chosen_changed.emit()

    def name(self, cluster: int, name: str) -> None:
        """Name a cluster of the chosen grouping, which is one of segments alone."""
        chosen, found = self.chosen, self.found
        if chosen is None or found is None or chosen.embedding != SEGMENT:
            return

        def then(_named: object) -> None:
            self.names[chosen.method, cluster] = name
            self.chosen_changed.emit()
            self.suggest()

        job = _name(self._workspace.case, name, found, chosen.clusters == cluster)
        self._start(job, translate("Grouper", "Naming the cluster"), then)

    def suggest(self) -> None:
        """Ask what the names that were given suggest for segments without a type."""

        def then(suggested: "Sequence[Suggested] | None") -> None:
            self.suggested = suggested
            self.suggested_changed.emit()

        job = _suggest(self._workspace.case)
        self._start(
            job, translate("Grouper", "Looking what the names suggest"), then, gives_way=True
        )

    def clusters_of(self, items: "Sequence[MapItem]") -> Clusters | None:
        """The chosen grouping's cluster of each point of the map, -1 for one that it lacks."""
        if self.chosen is None or self.found is None:
            return None
        pairs = zip(self.found.vectors.segments, self.chosen.clusters.tolist(), strict=True)
        place = {(s.recording_id, s.segment.start, s.segment.end): n for s, n in pairs}
        numbers = [place.get((i.recording_id or 0, i.start, i.end), -1) for i in items]
        return Clusters(np.array(numbers, np.intp), self.chosen.method)

    def _on_found(self, found: "CaseGroupings") -> None:
        self.found, self.problem = found, None
        self.names = {}
        order = sorted(
            found.groupings,
            key=lambda g: (g.embedding == SEGMENT, g.shape.silhouette or -1.0),
        )
        self.chosen = order[-1] if order else None
        self.found_changed.emit()
        self.chosen_changed.emit()

    def _start(
        self, job: Job[object], text: str, then: Callable[..., None], *, gives_way: bool = False
    ) -> None:
        """Begin, unless something is under way that does not give way."""
        if self._task is not None and not self._gives_way:
            job.close()
            return
        self.stop()
        case = self._workspace.case
        task: Task

        def end(call: Callable[[], None]) -> None:
            if task is self._task:
                self._task = self.stage = None
                call()
                self.stage_changed.emit()

        def on_step(step: Step) -> None:
            self._workspace.note(step.changed)
            if task is self._task:
                self.stage = text, step.fraction
                self.stage_changed.emit()

        def take(result: object) -> None:
            if case is self._workspace.case:
                then(result)

        self.stage, self._gives_way = (text, None), gives_way
        task = self._task = self._tasks.start(
            job,
            on_step=on_step,
            on_result=lambda result: end(lambda: take(result)),
            on_error=lambda error: end(lambda: self._on_failed(error)),
            on_cancelled=lambda: end(lambda: None),
        )
        self.stage_changed.emit()

    def _on_failed(self, error: Exception) -> None:
        self.problem = str(error)
        self._workspace.notice(error)

    def _forget(self) -> None:
        self.stop()
        self.found = self.chosen = self.suggested = self.problem = None
        self.names = {}
        self.found_changed.emit()
        self.chosen_changed.emit()
        self.suggested_changed.emit()


# Imported where they run: scikit-learn takes a second that the window's start must not wait for.


def _compare(case: Case, *, count: int | None, methods: Sequence[Method]) -> Job[object]:
    from crimeview.jobs.compare_groupings import compare_groupings

    return (yield from compare_groupings(case, count=count, methods=methods, apart=True))


def _name(case: Case, name: str, found: "CaseGroupings", inside: NDArray[np.bool_]) -> Job[object]:
    from crimeview.jobs.name_clusters import keep_name

    yield Step(done=0, total=None, message="Naming the cluster")
    return (yield from keep_name(case, name, found.vectors, members=np.flatnonzero(inside)))


def _suggest(case: Case) -> Job[object]:
    from crimeview.jobs.name_clusters import has_names, suggest_types

    yield Step(done=0, total=None, message="Looking for names")
    return (yield from suggest_types(case)) if has_names(case) else None
