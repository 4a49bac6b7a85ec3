"""Clusters that people named: a name suggests itself for new segments that fall in its cluster.

How far is “in” is learned from the cluster's own members: the confidence of a suggestion is the
share of them that lie at least as far from the cluster's center as the new one. Where that share
is small the segment is of none of them: unknown.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crimeview.core.embedding import unit

Floats = NDArray[np.float32]

FAR = 0.05  # the confidence below which a segment is of no cluster
_SAME = 1.0 - 1e-6  # cosine of the centers of a cluster and of itself, made again


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedCluster:
    """`center` (d,) at length one, and the cosines (k,) of its members to it, ascending."""

    name: str
    center: Floats
    members: Floats


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name, None for unknown, and how confident: 0 to 1, of the nearest cluster also then."""

    name: str | None
    confidence: float


def named_cluster(name: str, vectors: NDArray[np.floating]) -> NamedCluster:
    """The cluster of vectors (k, d), k at least 1.

    Each member is held against the center of the others: one that helped to make a center is
    nearer to it than a new one is.
    """
    rows = unit(vectors)
    center = unit(rows.mean(axis=0))
    others = unit(rows.sum(axis=0) - rows) if len(rows) > 1 else rows
    return NamedCluster(name=name, center=center, members=np.sort((rows * others).sum(axis=1)))


def suggestions(
    vectors: NDArray[np.floating], clusters: Sequence[NamedCluster], *, far: float = FAR
) -> list[Suggestion]:
    """What vectors (n, d) are by the named cluster whose center is nearest."""
    if not clusters:
        return [Suggestion(None, 0.0)] * len(vectors)
    alike = unit(vectors) @ np.stack([c.center for c in clusters]).T
    found = []
    for row, first in zip(alike, alike.argmax(axis=1), strict=True):
        cluster = clusters[first]
        confidence = _as_far(cluster.members, float(row[first]))
        found.append(Suggestion(cluster.name if confidence >= far else None, confidence))
    return found


def same_cluster(one: NamedCluster, other: NamedCluster) -> bool:
    """Whether two are of the same members, but for rounding."""
    return one.center.shape == other.center.shape and float(one.center @ other.center) > _SAME


def _as_far(members: Floats, alike: float) -> float:
    """The share of members, the new one counted among them, that are at most so alike."""
    at_most = int(np.searchsorted(members, alike, side="right"))
    return min(1.0, (at_most + 1) / (len(members) + 1)) if at_most else 0.0
