"""Naming clusters of a case's segments, and what the names suggest for its other segments."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crimeview.atlas.choices import Method
from crimeview.atlas.naming import (
    NamedCluster,
    Suggestion,
    named_cluster,
    same_cluster,
    suggestions,
)
from crimeview.core.edit import Action, Change, Edit
from crimeview.core.errors import UsageError
from crimeview.core.job import Job, Step
from crimeview.core.type_suggestion import ClusterName
from crimeview.jobs.held_clusters import as_named, held_clusters, held_names, take_over_names
from crimeview.jobs.projecting import chosen_projections, common_space, projected
from crimeview.jobs.segment_vectors import SegmentVectors, segment_vectors
from crimeview.jobs.suggest_types import suggest_types as suggest_for_segments
from crimeview.store.case import Case
from crimeview.store.rows import CaseSegment, StoredCluster


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """A segment and the type that the named clusters suggest for it."""

    segment: CaseSegment
    suggestion: Suggestion


def name_cluster(
    case: Case,
    name: str,
    *,
    cluster: int,
    method: Method,
    count: int | None,
    seed: int = 0,
    projection: str | None = None,
    reviewer: str = "",
) -> Job[NamedCluster]:
    """Name a cluster of the case's segments, in place of an earlier cluster of that name.

    It is an edit of the reviewer's, which can be undone; see `jobs.edit_effects`. `cluster`,
    `method`, `count` and `seed` are those of `compare_groupings`; `projection` is the one of whose
    vectors the cluster is, None for those of segments as they are. Raises UsageError.
    """
    # Names are looked up in the window's process too, which must not wait for scikit-learn.
    from crimeview.atlas.grouping import group, suggested_count

    vectors = yield from segment_vectors(case)
    yield Step(done=0, total=None, message="Grouping the segments")
    own = vectors.centered()
    wanted = count or suggested_count(own)
    rows = own if projection is None else _projected(case, vectors, projection)
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
    return (yield from keep_name(case, name, vectors, members=members, reviewer=reviewer))


def _projected(case: Case, vectors: SegmentVectors, name: str) -> NDArray[np.float32]:
    (model,) = chosen_projections([name], space=_space(case, vectors))
    return projected(model, vectors.anomalous)


def keep_name(
    case: Case,
    name: str,
    vectors: SegmentVectors,
    *,
    members: NDArray[np.intp],
    reviewer: str = "",
) -> Job[NamedCluster]:
    """Name those of the vectors that are numbered in `members` (k,), at least one, by an edit.

    It takes the place of an earlier name of them, and of others that had this name. What the name
    suggests is stored beside the case's segments. Raises UsageError for a name without letters.
    """
    name = name.strip()
    if not name:
        raise UsageError(
            "A name needs at least one letter; “crimeview groupings unname” takes one back."
        )
    # Without the center, which moves as the case grows: names are for vectors as they are.
    named = named_cluster(name, vectors.anomalous[members])
    known = _clusters(case, vectors)
    same = [cluster for cluster in known if same_cluster(as_named(cluster), named)]
    own = next((c for c in same if c.name is not None), same[0] if same else None)
    if own is None:
        number = case.clusters.add(
            space=_space(case, vectors), center=named.center, members=named.members
        )
    else:
        number = own.id
    others = [each for each in known if each.name == name or each in same]
    changes = [_renamed(each, None) for each in others if each.id != number and each.name]
    before = ClusterName(id=number, name=own.name if own is not None else None)
    changes.append(Change(before=before, after=ClusterName(id=number, name=name)))
    _make(case, Action.NAME_CLUSTER, changes, reviewer)
    yield from suggest_for_segments(case)
    return named


def take_name_back(case: Case, name: str, *, reviewer: str = "") -> Job[None]:
    """Take a name back, by an edit, and what it has suggested.

    Raises UsageError where nothing has it.
    """
    vectors = yield from segment_vectors(case)
    held = [cluster for cluster in _clusters(case, vectors) if cluster.name is not None]
    own = [cluster for cluster in held if cluster.name == name.strip()]
    if not own:
        names = ", ".join(sorted(cluster.name or "" for cluster in held))
        raise UsageError(
            f"No cluster is named “{name}”; there are: {names}."
            if names
            else f"No cluster is named “{name}”."
        )
    changes = [_renamed(cluster, None) for cluster in own]
    _make(case, Action.UNNAME_CLUSTER, changes, reviewer)
    yield from suggest_for_segments(case)


def names_of(case: Case, vectors: SegmentVectors, labels: NDArray[np.intp]) -> dict[int, str]:
    """The names that clusters have, by their numbers in `labels` (n,)."""
    held = _held(case, vectors)
    found = {}
    for cluster in range(int(labels.max(initial=-1)) + 1) if held else ():
        own = named_cluster("", vectors.anomalous[labels == cluster])
        name = next((one.name for one in held if same_cluster(one, own)), None)
        if name is not None:
            found[cluster] = name
    return found


def named_clusters(case: Case) -> Job[list[NamedCluster]]:
    """The clusters that have a name, of the vectors that the case's segments have now."""
    return _held(case, (yield from segment_vectors(case)))


def has_names(case: Case) -> bool:
    """Whether a cluster of the case has a name, for whatever vectors."""
    take_over_names(case)
    return case.clusters.any(named=True)


def suggest_types(case: Case) -> Job[list[Suggested]]:
    """What the named clusters suggest for the segments that have no type yet.

    Raises UsageError where nothing is named.
    """
    vectors = yield from segment_vectors(case)
    clusters = _held(case, vectors)
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


def _held(case: Case, vectors: SegmentVectors) -> list[NamedCluster]:
    return held_names(case, space=_space(case, vectors), dimensions=vectors.anomalous.shape[1])


def _clusters(case: Case, vectors: SegmentVectors) -> list[StoredCluster]:
    return held_clusters(case, space=_space(case, vectors), dimensions=vectors.anomalous.shape[1])


def _renamed(cluster: StoredCluster, name: str | None) -> Change:
    before = ClusterName(id=cluster.id, name=cluster.name)
    return Change(before=before, after=ClusterName(id=cluster.id, name=name))


def _make(case: Case, action: Action, changes: Sequence[Change], reviewer: str) -> None:
    other = tuple(change for change in changes if change.before != change.after)
    if other:
        case.edits.make(Edit(action=action, changes=other), reviewer=reviewer)


def _space(case: Case, vectors: SegmentVectors) -> str:
    return common_space(case, {s.recording_id for s in vectors.segments})
