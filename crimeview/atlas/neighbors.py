"""Nearest neighbors among vectors, exactly."""

import numpy as np
from numpy.typing import NDArray

from crimeview.core.embedding import unit

Floats = NDArray[np.float32]
Rows = NDArray[np.intp]

_BLOCK = 1 << 25  # similarities held at a time: 128 MB


def nearest(
    queries: NDArray[np.floating], vectors: NDArray[np.floating], *, count: int
) -> tuple[Rows, Floats]:
    """The `count` nearest of vectors (n, d) for each of queries (m, d), as numbers and distances.

    Both (m, count), nearest first, all taken at length one: a distance is 1 less the cosine, 0 to
    2. `count` is at most n.
    """
    rows, all_ = unit(queries), unit(vectors)
    numbers = np.empty((len(rows), count), np.intp)
    distances = np.empty((len(rows), count), np.float32)
    step = max(1, _BLOCK // max(1, len(all_)))
    for first in range(0, len(rows), step):
        alike = rows[first : first + step] @ all_.T
        found = _highest(alike, count)
        numbers[first : first + step] = found
        distances[first : first + step] = 1 - np.take_along_axis(alike, found, axis=1)
    return numbers, np.clip(distances, 0, 2)


def own_neighbors(vectors: NDArray[np.floating], *, count: int) -> tuple[Rows, Floats]:
    """The same among the vectors themselves: each one is its own first neighbor, at distance 0."""
    numbers, distances = nearest(vectors, vectors, count=count)
    own = np.arange(len(numbers))
    for row in np.flatnonzero(numbers[:, 0] != own):  # an equal one came first
        place = np.flatnonzero(numbers[row] == row)
        at = int(place[0]) if len(place) else count - 1
        numbers[row, 1 : at + 1] = numbers[row, :at].copy()
        distances[row, 1 : at + 1] = distances[row, :at].copy()
        numbers[row, 0] = row
    distances[:, 0] = 0
    return numbers, distances


def _highest(alike: Floats, count: int) -> Rows:
    """The columns of the highest of each row, highest first."""
    if count < alike.shape[1]:
        part = np.argpartition(-alike, count - 1, axis=1)[:, :count]
    else:
        part = np.tile(np.arange(alike.shape[1]), (len(alike), 1))
    order = np.argsort(-np.take_along_axis(alike, part, axis=1), axis=1, kind="stable")
    return np.take_along_axis(part, order, axis=1)
