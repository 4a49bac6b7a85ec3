"""How good clusters look without labels: tight, apart, and the same when rows are left out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import davies_bouldin_score, silhouette_score

from crimeview.atlas.agreement import agreement, counted
from crimeview.atlas.choices import NOISE
from crimeview.atlas.finch import by_first_row
from crimeview.core.embedding import unit

Labels = NDArray[np.intp]

DRAWS = 20
_SHARE = 0.8  # of the groups in a draw
_MOST = 5000  # rows of a silhouette, whose cost is their square


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Two figures, None where there are fewer than two clusters; rows in no cluster are left out.

    Silhouette by cosine, -1 to 1 (higher is better), and the Davies-Bouldin index, from 0 (lower is
    better).
    """

    silhouette: float | None
    davies_bouldin: float | None


def shape(vectors: NDArray[np.floating], clusters: Labels) -> Shape:
    """The shape of clusters (n,) of vectors (n, d), each taken at length one."""
    inside = np.flatnonzero(clusters != NOISE)
    if len(inside) > _MOST:
        inside = np.sort(np.random.default_rng(0).choice(inside, _MOST, replace=False))
    rows, labels = unit(vectors[inside]), clusters[inside]
    if not 1 < len(np.unique(labels)) < len(labels):
        return Shape(silhouette=None, davies_bouldin=None)
    return Shape(
        silhouette=float(silhouette_score(rows, labels, metric="cosine")),
        davies_bouldin=float(davies_bouldin_score(rows, labels)),
    )


def stability(
    clusters: Labels,
    *,
    groups: Sequence[str],
    regroup: Callable[[NDArray[np.intp], int], Labels],
) -> Iterator[float]:
    """`DRAWS` times, how alike the clusters are when a fifth of the groups is left out: 1 if equal.

    The adjusted Rand index, over the rows that were kept, between `clusters` (n,) and what
    `regroup` makes of those rows alone; it gets their numbers and the number of the draw.
    """
    names = np.unique(np.asarray(groups, np.str_), return_inverse=True)[1]
    count = int(names.max()) + 1
    for draw in range(DRAWS):
        kept = np.random.default_rng(draw).permutation(count)[: max(2, round(_SHARE * count))]
        rows = np.flatnonzero(np.isin(names, kept))
        yield _alike(clusters[rows], regroup(rows, draw))


def _alike(one: Labels, other: Labels) -> float:
    return agreement(counted(one, by_first_row(other))).adjusted_rand_index
