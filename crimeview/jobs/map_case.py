"""The map of segments, of a case or a library: where they lie, and what tells them apart."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crimeview.atlas.choices import Method
from crimeview.atlas.grouping import FEWEST_VECTORS, group, suggested_count
from crimeview.atlas.map_process import MapProcess
from crimeview.core.job import Job, Step
from crimeview.jobs.export_map import ShownMap
from crimeview.jobs.map_facets import Facet, FacetValues, facet_values
from crimeview.jobs.map_points import (
    MapPoints,
    by_projection,
    points_of_case,
    points_of_library,
)
from crimeview.jobs.map_segments import SegmentMap, map_segments
from crimeview.jobs.phases import phase
from crimeview.store.case import Case
from crimeview.store.library.library import Library

Numbers = NDArray[np.intp]

_MOST_FOR_LINKAGE = 5000  # vectors: the memory of linkages grows with their square


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMap:
    """`points` of the case or library, where they lie, and what colors stand for."""

    points: MapPoints
    map: SegmentMap
    values: FacetValues
    clusters: Numbers | None

    @property
    def shown(self) -> ShownMap:
        """All of it, to be written."""
        return ShownMap(
            items=self.points.items,
            positions=self.map.positions,
            values=self.values,
            shown=np.ones(len(self.points.items), np.bool_),
            clusters=self.clusters,
        )

    def summary(self) -> dict[str, Any]:
        """As plain values, for JSON."""
        trust = self.map.trust
        return {
            "segments": len(self.points.items),
            "segments_without_features": self.points.missing,
            "left_out": self.points.left_out,
            "space": self.points.space,
            "projection": self.points.projection,
            "layout": self.map.kind.value,
            "trustworthiness": None if trust is None else round(trust, 4),
            "color": self.values.facet.value,
            "values": [
                {"value": value, "segments": count}
                for value, count in zip(self.values.values, self.values.counts, strict=True)
            ],
        }


def map_case(
    case: Case,
    *,
    facet: Facet,
    process: MapProcess,
    anew: bool = False,
    projection: str | None = None,
) -> Job[CaseMap]:
    """Map a case's segments, as they are or by a projection, keeping the map in the case.

    See `map_segments`.

    Raises UsageError where there is no segment with features, MapError and CaseError.
    """
    return (yield from _mapped(points_of_case(case), facet, process, anew, projection))


def map_library(
    library: Library,
    *,
    facet: Facet,
    process: MapProcess,
    anew: bool = False,
    projection: str | None = None,
) -> Job[CaseMap]:
    """The same of a library's segments; the map is kept beside it, of a server on this computer.

    Raises UsageError where it is empty, MapError and LibraryError.
    """
    return (yield from _mapped(points_of_library(library), facet, process, anew, projection))


def _mapped(
    finding: Job[MapPoints],
    facet: Facet,
    process: MapProcess,
    anew: bool,  # noqa: FBT001 (as those who call this were asked)
    projection: str | None,
) -> Job[CaseMap]:
    found = yield from phase(finding, number=0, count=10, width=2)
    points = by_projection(found, projection)
    job = map_segments(
        points.vectors,
        space=points.space,
        file=points.file,
        process=process,
        center=points.center,
        anew=anew,
    )
    laid_out = yield from phase(job, number=2, count=10, width=8)
    clusters = None
    if facet is Facet.CLUSTER:
        clusters, _ = yield from map_clusters(points.vectors - points.center)
    values = facet_values(points.items, facet, clusters=clusters)
    return CaseMap(points=points, map=laid_out, values=values, clusters=clusters)


def map_clusters(vectors: NDArray[np.float32]) -> Job[tuple[Numbers, Method | None]]:
    """Clusters (n,) for the colors of a map, as many as FINCH suggests, and by what method.

    None of few vectors: all are in none (-1).
    """
    if len(vectors) < FEWEST_VECTORS:
        return np.full(len(vectors), -1), None
    yield Step(done=0, total=None, message="Looking for the number of groups")
    count = suggested_count(vectors)
    yield Step(done=0, total=None, message="Grouping")
    method: Method = "average-cosine" if len(vectors) <= _MOST_FOR_LINKAGE else "k-means"
    return group(vectors, method=method, count=count), method
