"""Groupings of a case's segments, compared when asked for, their names, what these suggest."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from crimeview.atlas.choices import METHODS, Method
from crimeview.core.edit import Action, Edit
from crimeview.core.errors import CrimeviewError
from crimeview.core.job import Job, Step
from crimeview.gui.map_sight import Clusters
from crimeview.gui.reviewing import Reviewing
from crimeview.gui.tasks import Task, Tasks
from crimeview.gui.text import translate
from crimeview.gui.told_text import fault_text
from crimeview.gui.workspace import Workspace
from crimeview.store.case import Case
from crimeview.store.edits import ConflictError

if TYPE_CHECKING:
    from crimeview.jobs.compare_groupings import CaseGroupings
    from crimeview.jobs.groupings import Grouping
    from crimeview.jobs.map_points import MapItem
    from crimeview.jobs.name_clusters import Suggested

SEGMENT = "segment"  # the vectors of segments alone, as compare_groupings calls them


def is_of_segments(grouping: "Grouping") -> bool:
    """Whether its clusters are of segments' own vectors, or of a projection of these."""
    return grouping.embedding.partition(" → ")[0] == SEGMENT


class Grouper(QObject):
    """One comparison at a time. `found` is None before the first, `chosen` one of its groupings.

    `suggested` are what named clusters say of segments without a type, None while nothing is named.
    `problem` is a sentence where there is nothing to group.
    """

    found_changed = Signal()
    chosen_changed = Signal()
    suggested_changed = Signal()
    stage_changed = Signal()

    def __init__(self, workspace: Workspace, tasks: Tasks, reviewing: Reviewing) -> None:
        super().__init__()
        self.methods: frozenset[Method] = frozenset(METHODS)
        self.count: int | None = None
        self.found: CaseGroupings | None = None
        self.chosen: Grouping | None = None
        self.names: dict[tuple[str, str, int], str] = {}  # by vectors, method and cluster
        self.suggested: Sequence[Suggested] | None = None
        self.problem: str | None = None
        self.stage: tuple[str, float | None] | None = None
        self._workspace = workspace
        self._tasks = tasks
        self._reviewing = reviewing
        self._task: Task | None = None
        self._gives_way = False  # what is under way, to anything else
        self._outdated = False  # whether names are others since they were looked up
        workspace.case_opened.connect(self._forget)
        reviewing.taken_back.connect(self._on_taken_back)

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
        """Name a cluster of the chosen grouping, which is one of segments' vectors."""
        chosen, found = self.chosen, self.found
        if chosen is None or found is None or not is_of_segments(chosen):
            return

        def then(_named: object) -> None:
            self.names = {key: held for key, held in self.names.items() if held != name}
            self.names[chosen.embedding, chosen.method, cluster] = name
            self._on_named()

        inside, who = chosen.clusters == cluster, self._reviewing.reviewer
        job = _name(self._workspace.case, name, found, inside, who)
        self._start(job, translate("Grouper", "Naming the cluster"), then)

    def name_of(self, grouping: "Grouping", cluster: int) -> str | None:
        """The name that a person gave a cluster."""
        return self.names.get((grouping.embedding, grouping.method, cluster))

    def take_name_back(self, cluster: int) -> None:
        """Take the name of a cluster of the chosen grouping back, where it has one."""
        chosen = self.chosen
        name = self.name_of(chosen, cluster) if chosen is not None else None
        if name is None:
            return

        def then(_nothing: object) -> None:
            self.names = {key: held for key, held in self.names.items() if held != name}
            self._on_named()

        job = _unname(self._workspace.case, name, self._reviewing.reviewer)
        self._start(job, translate("Grouper", "Taking the name back"), then)

    def _on_named(self) -> None:
        self._reviewing.refresh_stacks()
        self.chosen_changed.emit()
        self.suggest()

    def _on_taken_back(self, edit: Edit, _again: bool) -> None:  # noqa: FBT001 (a signal's)
        if edit.action in (Action.NAME_CLUSTER, Action.UNNAME_CLUSTER):
            self._outdated = True
            self._look_again()

    def _look_again(self) -> None:
        """Show the names as they are by now, where they are others, once nothing else goes on."""
        if not self._outdated or (self._task is not None and not self._gives_way):
            return
        self._outdated = False
        if self.found is None:
            self.suggest()
            return

        def then(names: dict[tuple[str, str, int], str]) -> None:
            self.names = names
            self.chosen_changed.emit()
            self.suggest()

        job = _look_up(self._workspace.case, self.found)
        self._start(job, translate("Grouper", "Looking for names"), then)

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

    def _on_found(self, result: "tuple[CaseGroupings, dict[tuple[str, str, int], str]]") -> None:
        found, self.names = result
        self.found, self.problem = found, None
        order = sorted(
            found.groupings,
            key=lambda g: (g.embedding == SEGMENT, -g.in_none, g.shape.silhouette or -1.0),
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
                self._look_again()
                self.stage_changed.emit()

        def on_step(step: Step) -> None:
            self._workspace.access.note(step.changed)
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
        self.problem = (
            fault_text(error)
            if isinstance(error, CrimeviewError)
            else translate("Grouper", "The comparison failed; the log says why.")
        )
        self._outdated |= isinstance(error, ConflictError)
        self._workspace.notice(error)

    def _forget(self) -> None:
        self.stop()
        self._outdated = False
        self.found = self.chosen = self.suggested = self.problem = None
        self.names = {}
        self.found_changed.emit()
        self.chosen_changed.emit()
        self.suggested_changed.emit()


# Imported where they run: scikit-learn takes a second that the window's start must not wait for.


def _compare(case: Case, *, count: int | None, methods: Sequence[Method]) -> Job[object]:
    from crimeview.jobs.compare_groupings import compare_groupings

    found = yield from compare_groupings(case, count=count, methods=methods, apart=True)
    return found, (yield from _look_up(case, found))


def _look_up(case: Case, found: "CaseGroupings") -> Job[dict[tuple[str, str, int], str]]:
    """The names that clusters have, by vectors, method and cluster."""
    from crimeview.jobs.name_clusters import names_of

    yield Step(done=0, total=None, message="Looking for names")
    return {
        (grouping.embedding, grouping.method, cluster): name
        for grouping in found.groupings
        if is_of_segments(grouping)
        for cluster, name in names_of(case, found.vectors, grouping.clusters).items()
    }


def _name(
    case: Case, name: str, found: "CaseGroupings", inside: NDArray[np.bool_], reviewer: str
) -> Job[object]:
    from crimeview.jobs.name_clusters import keep_name

    yield Step(done=0, total=None, message="Naming the cluster")
    members = np.flatnonzero(inside)
    return (yield from keep_name(case, name, found.vectors, members=members, reviewer=reviewer))


def _unname(case: Case, name: str, reviewer: str) -> Job[object]:
    from crimeview.jobs.name_clusters import take_name_back

    yield from take_name_back(case, name, reviewer=reviewer)
    return None


def _suggest(case: Case) -> Job[object]:
    from crimeview.jobs.name_clusters import has_names, suggest_types

    yield Step(done=0, total=None, message="Looking for names")
    return (yield from suggest_types(case)) if has_names(case) else None
