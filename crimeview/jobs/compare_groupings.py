"""Ways to group the segments of a case, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crimeview.atlas.choices import METHODS, Method
from crimeview.atlas.grouping import FEWEST_VECTORS, suggested_count
from crimeview.core.errors import UsageError
from crimeview.core.job import Job, Step
from crimeview.jobs.child_process import in_child
from crimeview.jobs.evaluate_groupings import grouping_summary
from crimeview.jobs.groupings import Grouping, Wanted, compare
from crimeview.jobs.phases import phase
from crimeview.jobs.projecting import (
    ARROW,
    chosen_projections,
    common_space,
    projected,
    projections_of,
)
from crimeview.jobs.segment_vectors import SegmentVectors, segment_vectors
from crimeview.store.case import Case

Floats = NDArray[np.float32]

SEGMENT = "segment"  # the vectors of segments alone
FEWEST_TYPED = 8  # segments with a type, for a figure of agreement
_FEWEST_SOURCES = 5  # recordings, to leave whole ones out; else segments are left out


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseGroupings:
    """Groupings of the segments in `vectors`, for which `count` clusters were wanted.

    `types` are those that people gave, in order of their names, empty where too few did: agreement
    is measured on the segments that have one.
    """

    vectors: SegmentVectors
    count: int
    groupings: tuple[Grouping, ...]
    types: tuple[str, ...]

    def values(self) -> dict[str, Any]:
        """All of it as plain values, for JSON."""
        return {
            "counts": {
                "segments": len(self.vectors.segments),
                "recordings": len(set(self.vectors.recordings)),
                "typed_segments": sum(t is not None for t in self.vectors.types),
                "segments_without_features": self.vectors.missing,
                "clusters_wanted": self.count,
            },
            "segments": [s.id for s in self.vectors.segments],
            "groupings": [
                grouping_summary(g, types=self.types or None) | {"labels": g.clusters.tolist()}
                for g in self.groupings
            ],
        }


def compare_groupings(
    case: Case,
    *,
    count: int | None,
    methods: Sequence[Method] = METHODS,
    seed: int = 0,
    projections: Sequence[str] | None = None,
    apart: bool = False,
) -> Job[CaseGroupings]:
    """Group the segments of a case by each method, from whole recordings and from segments.

    `projections` names those that segments are grouped by as well, None for all that there are for
    these features.

    `count` clusters; None for as many as FINCH's best partition of the segments has. Where people
    gave `FEWEST_TYPED` segments types, of two or more, agreement with those is measured on them.
    Raises UsageError where there are too few segments. With `apart` the work is done in a process
    of its own, so that a window goes on meanwhile.
    """
    vectors = yield from phase(segment_vectors(case), number=0, count=10)
    if len(vectors.segments) < FEWEST_VECTORS:
        raise UsageError(
            f"The case has {len(vectors.segments)} segments with features; groups need at least "
            f"{FEWEST_VECTORS}. Analyze more recordings, or lower the threshold."
        )
    sets = _sets(case, vectors, projections)
    if count is not None and count > len(vectors.segments):
        raise UsageError(
            f"{len(vectors.segments)} segments cannot be parted into {count} groups; give a "
            "smaller --count."
        )
    yield Step(done=1, total=10, message="Looking for the number of groups")
    wanted = Wanted(count=count or 0, methods=tuple(methods), seed=seed)
    sources = vectors.recordings
    if len(set(sources)) < _FEWEST_SOURCES:
        sources = tuple(str(s.id) for s in vectors.segments)
    asked = sets, sources, _known(vectors.types), wanted
    job = in_child(_compared, *asked) if apart else _compared(*asked)
    found = yield from phase(job, number=1, count=10, width=9)
    known = _known(vectors.types)
    return CaseGroupings(
        vectors=vectors,
        count=found[0],
        groupings=tuple(found[1]),
        types=tuple(sorted({t for t in known if t is not None})) if known is not None else (),
    )


def _sets(
    case: Case, vectors: SegmentVectors, projections: Sequence[str] | None
) -> dict[str, Floats]:
    """The sets of vectors (n, d) that are grouped, by what they are called."""
    space = common_space(case, {s.recording_id for s in vectors.segments})
    models = projections_of(space)
    if projections is not None:
        models = chosen_projections(projections, space=space)
    return {
        "whole recording": vectors.whole_centered(),
        SEGMENT: vectors.centered(),
    } | {
        f"{SEGMENT}{ARROW}{model.manifest.name}": projected(model, vectors.anomalous)
        for model in models
    }


def _compared(
    sets: dict[str, Floats],
    sources: Sequence[str],
    types: Sequence[str | None] | None,
    wanted: Wanted,
) -> Job[tuple[int, list[Grouping]]]:
    """How many clusters were looked for, where `wanted` says 0 as many as seem to be, and all."""
    count = wanted.count or suggested_count(sets[SEGMENT])
    job = compare(sets, groups=sources, types=types, wanted=replace(wanted, count=count))
    return count, (yield from job)


def _known(types: Sequence[str | None]) -> tuple[str | None, ...] | None:
    """The types, None where there are too few to compare with."""
    given = [t for t in types if t is not None]
    return tuple(types) if len(given) >= FEWEST_TYPED and len(set(given)) > 1 else None
