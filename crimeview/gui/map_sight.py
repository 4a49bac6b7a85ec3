"""How the map is looked at: what colors stand for, what is left out, what is chosen and found."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from crimeview.core.job import Job
from crimeview.gui.map_making import MapMaking, MapSource
from crimeview.gui.tasks import Task, Tasks
from crimeview.gui.workspace import Workspace
from crimeview.jobs.map_facets import Facet, FacetValues, facet_values

if TYPE_CHECKING:
    from crimeview.jobs.map_points import MapItem

Numbers = NDArray[np.intp]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Clusters:
    """The cluster (n,) of each point, -1 for none, and what has made them."""

    numbers: Numbers
    method: str


ClustersOf = Callable[["Sequence[MapItem]"], Clusters | None]


class MapSight(QObject):
    """Points by their number on the map; `hidden` are values of the facet that are left out.

    `chosen` are in the order they were chosen. `hits` (found by a search, the best first) make all
    others pale; None where nothing was looked for.
    """

    values_changed = Signal()  # another facet, other values, or others hidden
    chosen_changed = Signal()
    hits_changed = Signal()

    def __init__(self, making: MapMaking, workspace: Workspace, tasks: Tasks) -> None:
        super().__init__()
        self.facet = Facet.TYPE
        self.values: FacetValues | None = None
        self.hidden: frozenset[str | None] = frozenset()
        self.chosen: tuple[int, ...] = ()
        self.hits: tuple[int, ...] | None = None
        self.clusters: Clusters | None = None
        self._making = making
        self._workspace = workspace
        self._tasks = tasks
        self._wanted_hits: tuple[int, ...] | None = None  # ids of segments
        self._hits_of = MapSource.CASE
        self._grouping: Task | None = None
        self._clusters_of: ClustersOf | None = None
        self._chosen_keys: tuple[tuple[int | None, int | None, float, float], ...] = ()
        self._numbers: dict[int, int] = {}
        self._entries: dict[int, int] = {}
        workspace.case_opened.connect(self._on_case_opened)
        making.points_changed.connect(self._on_points)
        making.items_changed.connect(self._on_items)

    @property
    def busy(self) -> bool:
        return self._grouping is not None

    @property
    def items(self) -> "Sequence[MapItem]":
        return self._making.items

    @property
    def visible(self) -> Flags:
        """Which points (n,) are not left out."""
        if self.values is None:
            return np.zeros(0, np.bool_)
        shown = np.array([v not in self.hidden for v in self.values.values], np.bool_)
        return shown[self.values.codes]

    @property
    def facets(self) -> Sequence[Facet]:
        """What points of this source can be told apart by."""
        own = {
            MapSource.CASE: (Facet.CASE, Facet.OUTCOME),
            MapSource.LIBRARY: (Facet.STATE, Facet.FOUND),
        }
        return [facet for facet in Facet if facet not in own[self._making.source]]

    def number_of(self, segment_id: int | None) -> int | None:
        """Which point a segment of the case is."""
        return self._numbers.get(segment_id) if segment_id is not None else None

    def number_of_entry(self, entry: int) -> int | None:
        """Which point a segment of the library is."""
        return self._entries.get(entry)

    def tell_by(self, facet: Facet) -> None:
        """Let colors stand for something else; all is shown."""
        if facet is not self.facet:
            self.facet, self.hidden = facet, frozenset()
            self._value()

    def toggle(self, value: str | None) -> None:
        self.hide(self.hidden ^ {value})

    def show_only(self, value: str | None) -> None:
        """Leave out all others; again: show all."""
        assert self.values is not None
        others = frozenset(self.values.values) - {value}
        self.hide(frozenset() if others == self.hidden else others)

    def hide(self, values: Iterable[str | None]) -> None:
        hidden = frozenset(values)
        if hidden != self.hidden:
            self.hidden = hidden
            self.values_changed.emit()

    def choose(self, numbers: Iterable[int]) -> None:
        chosen = tuple(dict.fromkeys(numbers))
        if chosen != self.chosen:
            self.chosen = chosen
            self._chosen_keys = tuple(self.items[n].key for n in chosen)
            self.chosen_changed.emit()

    def toggle_chosen(self, number: int) -> None:
        if number in self.chosen:
            self.choose(n for n in self.chosen if n != number)
        else:
            self.choose((*self.chosen, number))

    def find(self, segment_ids: Sequence[int] | None, *, of: MapSource = MapSource.CASE) -> None:
        """Show which segments a search has found, the best first; None ends it.

        They are by their numbers in the case or in the library, and shown on the map `of` that.
        """
        self._wanted_hits = tuple(segment_ids) if segment_ids is not None else None
        self._hits_of = of
        self._take_hits()

    def use_clusters(self, clusters: Clusters) -> None:
        self.clusters = clusters
        if self.facet is Facet.CLUSTER:
            self._value()

    def show_clusters(self, clusters_of: ClustersOf) -> None:
        """Show clusters that were made elsewhere; it is asked for those of the points there are."""
        self._clusters_of = clusters_of
        self.clusters = clusters_of(self.items) if self.items else None
        self.facet, self.hidden = Facet.CLUSTER, frozenset()
        self._value()

    # What changes

    def _on_case_opened(self) -> None:
        self._clusters_of = None
        self.find(None)

    def _on_points(self) -> None:
        self.clusters = None
        if self._clusters_of is not None and self.items:
            self.clusters = self._clusters_of(self.items)
        number = {item.key: n for n, item in enumerate(self.items)}
        chosen = [number[key] for key in self._chosen_keys if key in number]
        self._on_items()
        self.choose(chosen)

    def _on_items(self) -> None:
        self._numbers = {
            item.segment_id: number
            for number, item in enumerate(self.items)
            if item.segment_id is not None
        }
        self._entries = {
            item.entry: number for number, item in enumerate(self.items) if item.entry is not None
        }
        if self.facet not in self.facets:
            self.facet = Facet.TYPE
        self._value()
        self._take_hits()

    def _value(self) -> None:
        if self.facet is Facet.CLUSTER and self.clusters is None and len(self.items):
            self._group()
        clusters = self.clusters.numbers if self.clusters is not None else None
        self.values = facet_values(self.items, self.facet, clusters=clusters)
        self.values_changed.emit()

    def _take_hits(self) -> None:
        found = None
        if self._wanted_hits is not None and self._hits_of is self._making.source:
            numbers = self._entries if self._hits_of is MapSource.LIBRARY else self._numbers
            found = tuple(numbers[i] for i in self._wanted_hits if i in numbers)
        if found != self.hits:
            self.hits = found
            self.hits_changed.emit()

    def _group(self) -> None:
        points = self._making.points
        if points is None or self._grouping is not None:
            return

        def end(call: Callable[[], None]) -> None:
            self._grouping = None
            call()

        def take(found: Clusters) -> None:
            if points is self._making.points:
                self.use_clusters(found)

        self._grouping = self._tasks.start(
            _clusters(points.vectors - points.center),
            on_result=lambda found: end(lambda: take(found)),
            on_error=lambda error: end(lambda: self._workspace.notice(error)),
            on_cancelled=lambda: end(lambda: None),
        )


def _clusters(vectors: NDArray[np.float32]) -> Job[Clusters]:
    from crimeview.jobs.child_process import in_child  # here: scikit-learn takes long to load
    from crimeview.jobs.map_case import map_clusters

    numbers, method = yield from in_child(map_clusters, vectors)
    return Clusters(numbers, method or "")
