"""FINCH: clusters from first neighbors alone, without a parameter.

Sarfraz, Sharma and Stiefelhagen, “Efficient Parameter-free Clustering Using First Neighbor
Relations”, CVPR 2019; written from the paper. Two rows belong together where one is the other's
nearest neighbor or both have the same nearest neighbor (equation 1); the clusters are the connected
components. The means of the clusters are clustered in the same way, until one is left.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from crimeview.core.embedding import unit

Floats = NDArray[np.float32]
Labels = NDArray[np.intp]

_BLOCK = 1 << 25  # similarities held at a time: 128 MB


def finch(vectors: NDArray[np.floating]) -> list[Labels]:
    """The partitions (n,) of vectors (n, d) by cosine, from the finest to the coarsest.

    Each joins clusters of the one before, and has at most half as many. That of a single cluster
    is left out, unless it is the only one. Clusters are numbered by their first row.
    """
    rows = np.asarray(vectors, np.float32)
    if len(rows) < 2:
        return [np.zeros(len(rows), np.intp)]
    labels = np.arange(len(rows))
    partitions: list[Labels] = []
    while True:
        coarser = _joined(_means(rows, labels))[labels]
        if partitions and coarser.max() == 0:
            return partitions
        partitions.append(coarser)
        if coarser.max() == 0:
            return partitions
        labels = coarser


def finch_into(vectors: NDArray[np.floating], *, count: int) -> Labels:
    """The clusters (n,) of vectors (n, d), exactly `count` of them (the paper's algorithm 2).

    Of the partitions the coarsest is taken that has at least as many, and in it the two clusters
    whose means are nearest are joined, one pair at a time. Raises ValueError where there are fewer
    vectors than that.
    """
    rows = np.asarray(vectors, np.float32)
    if not 1 <= count <= len(rows):
        raise ValueError(f"{len(rows)} vectors cannot be parted into {count} clusters")
    enough = [p for p in finch(rows) if p.max() + 1 >= count]
    labels = enough[-1] if enough else np.arange(len(rows))
    while labels.max() + 1 > count:
        labels = _nearest_pair_joined(rows, labels)
    return labels


def first_neighbors(vectors: NDArray[np.floating]) -> Labels:
    """The nearest other row (n,) of each of vectors (n, d), n at least 2, by cosine."""
    rows = unit(vectors)
    nearest = np.empty(len(rows), np.intp)
    step = max(1, _BLOCK // len(rows))
    for first in range(0, len(rows), step):
        alike = rows[first : first + step] @ rows.T
        own = np.arange(len(alike))
        alike[own, own + first] = -np.inf
        nearest[first : first + step] = alike.argmax(axis=1)
    return nearest


def _joined(rows: Floats) -> Labels:
    """The clusters (n,) of one round.

    Edges to first neighbors are enough: rows that share one are joined through it.
    """
    if len(rows) < 2:
        return np.zeros(len(rows), np.intp)
    neighbors = first_neighbors(rows)
    edges = coo_array(
        (np.ones(len(rows)), (np.arange(len(rows)), neighbors)), shape=(len(rows),) * 2
    )
    return by_first_row(connected_components(edges, directed=False)[1])


def by_first_row(labels: NDArray[np.integer]) -> Labels:
    """The same clusters, numbered from 0 in the order of their first rows."""
    _, first, places = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.empty(len(first), np.intp)
    rank[np.argsort(first)] = np.arange(len(first))
    return rank[places]


def _means(rows: Floats, labels: Labels) -> Floats:
    """The mean (k, d) of each cluster's rows."""
    count = int(labels.max()) + 1
    sums = np.zeros((count, rows.shape[1]), np.float64)
    np.add.at(sums, labels, rows)
    return np.asarray(sums / np.bincount(labels, minlength=count)[:, None], np.float32)


def _nearest_pair_joined(rows: Floats, labels: Labels) -> Labels:
    means = unit(_means(rows, labels))
    alike = means @ means.T
    np.fill_diagonal(alike, -np.inf)
    one, other = np.unravel_index(int(alike.argmax()), alike.shape)
    return by_first_row(np.where(labels == other, one, labels))
