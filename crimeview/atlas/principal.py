"""The directions in which vectors vary most: fewer numbers for what needs few."""

import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import PCA

Floats = NDArray[np.float32]


def in_principal_directions(vectors: NDArray[np.floating], *, count: int, seed: int = 0) -> Floats:
    """Vectors (n, d) less their mean in their first `count` principal directions, (n, k).

    There are at most n - 1 and d directions; all of them keep every distance.
    """
    rows = np.asarray(vectors, np.float32)
    most = min(count, rows.shape[1], max(1, len(rows) - 1))
    if len(rows) < 2:
        return np.zeros((len(rows), most), np.float32)
    solver = "full" if most > min(rows.shape) // 2 else "randomized"
    fitted = PCA(most, svd_solver=solver, random_state=seed)
    return np.asarray(fitted.fit_transform(rows), np.float32)


def without_empty_directions(vectors: NDArray[np.floating]) -> Floats:
    """The vectors (n, d) turned so that they need min(n, d) numbers; every product stays."""
    rows = np.asarray(vectors, np.float64)
    if rows.shape[1] <= rows.shape[0]:
        return np.asarray(rows, np.float32)
    basis, _ = np.linalg.qr(rows.T)
    return np.asarray(rows @ basis, np.float32)
