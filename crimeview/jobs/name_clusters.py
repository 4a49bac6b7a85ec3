"""Naming clusters of a case's segments, and what the names suggest for its other segments."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.atlas.choices import Method
from crimeview.atlas.naming import (
    NamedCluster,
    Suggestion,
    load_names,
    named_cluster,
    save_names,
    suggestions,
)
from crimeview.core.errors import UsageError
from crimeview.core.job import Job, Step
from crimeview.jobs.segment_vectors import SegmentVectors, segment_vectors
from crimeview.jobs.suggest_types import suggest_types as suggest_for_segments
from crimeview.jobs.type_judge import NAMES_FILE
from crimeview.store.case import Case
from crimeview.store.rows import CaseSegment


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """A segment and the type that the named clusters suggest for it."""

    segment: CaseSegment
    suggestion: Suggestion


def name_cluster(
    case: Case, name: str, *, cluster: int, method: Method, count: int | None, seed: int = 0
) -> Job[NamedCluster]:
    """Name a cluster of the case's segments, in place of an earlier cluster of that name.

    `cluster`, `method`, `count` and `seed` are those of `compare_groupings`. Raises UsageError.
    """
    # Names are looked up in the window's process too, which must not wait for scikit-learn.
    from crimeview.atlas.grouping import group, suggested_count

    vectors = yield from segment_vectors(case)
    yield Step(done=0, total=None, message="Grouping the segments")
    rows = vectors.centered()
    wanted = count or suggested_count(rows)
    if wanted > len(rows):
        raise UsageError(
            f"{len(rows)} segments cannot be parted into {wanted} groups; give a smaller --count."
        )
    labels = group(rows, method=method, count=wanted, seed=seed)
    members = np.flatnonzero(labels == cluster)
    if cluster < 0 or len(members) == 0:
        raise UsageError(
            f"There is no cluster {cluster}; {method} makes {int(labels.max()) + 1}, numbered "
            "from 0."
        )
    return (yield from keep_name(case, name, vectors, members=members))


def keep_name(
    case: Case, name: str, vectors: SegmentVectors, *, members: NDArray[np.intp]
) -> Job[NamedCluster]:
    """Name those of the vectors that are numbered in `members` (k,), at least one.

    What the name suggests is stored beside the case's segments.
    """
    # Without the center, which moves as the case grows: names are for vectors as they are.
    named = named_cluster(name, vectors.anomalous[members])
    kept = [c for c in load_names(_file(case), space=vectors.space) if c.name != name]
    save_names([*kept, named], _file(case), space=vectors.space)
    yield from suggest_for_segments(case)
    return named


def has_names(case: Case) -> bool:
    """Whether a cluster of the case was ever named."""
    return _file(case).is_file()


def suggest_types(case: Case) -> Job[list[Suggested]]:
    """What the named clusters suggest for the segments that have no type yet.

    Raises UsageError where nothing is named.
    """
    vectors = yield from segment_vectors(case)
    clusters = load_names(_file(case), space=vectors.space)
    if not clusters:
        raise UsageError(
            "No cluster has a name yet; give one with “crimeview groupings name”, or analyze with "
            "the encoder that was used when names were given."
        )
    open_ = [n for n, kind in enumerate(vectors.types) if kind is None]
    found = suggestions(vectors.anomalous[open_], clusters)
    return [
        Suggested(segment=vectors.segments[n], suggestion=suggestion)
        for n, suggestion in zip(open_, found, strict=True)
    ]


def _file(case: Case) -> Path:
    return case.folder / NAMES_FILE
