"""How far a map can be trusted: are points that are near on it near in truth.

Trustworthiness after Venna and Kaski 2001. It says nothing of types: over 0.9 is usual also where
types do not separate at all.
"""

import numpy as np
from numpy.typing import NDArray

from crimeview.core.embedding import unit

NEIGHBORS = 12
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
    for query in asked:
        ranks = np.empty(total, np.intp)
        apart = -(rows @ rows[query])
        apart[query] = -np.inf
        ranks[np.argsort(apart, kind="stable")] = np.arange(total)
        on_map = np.square(positions - positions[query]).sum(axis=1)
        on_map[query] = np.inf
        near = np.argpartition(on_map, count)[:count]
        missed += float(np.maximum(ranks[near] - count, 0).sum())
    return 1 - missed * 2 / (len(asked) * count * (2 * total - 3 * count - 1))
