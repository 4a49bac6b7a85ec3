"""How far a map can be trusted: are points that are near on it near in truth.

Trustworthiness after Venna and Kaski 2001. It says nothing of types: over 0.9 is usual also where
types do not separate at all.
"""

import numpy as np
from numpy.typing import NDArray

from crimeview.core.embedding import unit

Floats = NDArray[np.float32]

NEIGHBORS = 12
_AT_ONCE = 20
_MOST = 1000  # points that are asked; the others are only what they are asked about


def trustworthiness(
    vectors: NDArray[np.floating],
    positions: NDArray[np.floating],
    *,
    count: int = NEIGHBORS,
    most: int = _MOST,
) -> float | None:
    """0 to 1, for vectors (n, d), by cosine, at positions (n, 2).

    Of many points `most` are asked, always the same. None where there are too few points.
    """
    total = len(vectors)
    if 2 * total - 3 * count - 1 <= 0 or count >= total // 2:
        return None
    asked = np.arange(total)
    if total > most:
        asked = np.sort(np.random.default_rng(0).choice(total, most, replace=False))
    rows = unit(vectors)
    missed = 0.0
    for first in range(0, len(asked), _AT_ONCE):
        queries = asked[first : first + _AT_ONCE]
        missed += _missed(rows, positions, queries, count=count)
    return 1 - missed * 2 / (len(asked) * count * (2 * total - 3 * count - 1))


def _missed(
    rows: Floats, positions: NDArray[np.floating], queries: NDArray[np.intp], *, count: int
) -> float:
    """By how many ranks neighbors on the map are farther in truth than neighbors there are."""
    own = np.arange(len(queries))
    apart = -(rows[queries] @ rows.T)
    apart[own, queries] = -np.inf
    on_map = np.square(positions[queries, None] - positions[None]).sum(axis=2)
    on_map[own, queries] = np.inf
    near = np.argpartition(on_map, count, axis=1)[:, :count]
    missed = 0.0
    for row, neighbors in zip(apart, near, strict=True):
        # The rank of each is how many are nearer; of equal ones, those with lower numbers.
        far = row[neighbors][:, None]
        before = np.arange(len(row)) < neighbors[:, None]
        ranks = ((row < far) | ((row == far) & before)).sum(axis=1)
        missed += float(np.maximum(ranks - count, 0).sum())
    return missed
