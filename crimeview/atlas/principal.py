"""The directions in which vectors vary most: fewer numbers for what needs few.

By numpy alone: the first picture of a map is not to wait for scikit-learn to load.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_FEW = 256  # rows or numbers: then all directions are found as quickly
_MORE = 10  # directions that are looked for beside those that are wanted
_TURNS = 7  # of the search for them, Halko, Martinsson and Tropp 2011


def in_principal_directions(vectors: NDArray[np.floating], *, count: int, seed: int = 0) -> Floats:
    """Vectors (n, d) less their mean in their first `count` principal directions, (n, k).

    There are at most n - 1 and d directions; all of them keep every distance.
    """
    rows = np.asarray(vectors, np.float32)
    most = min(count, rows.shape[1], max(1, len(rows) - 1))
    if len(rows) < 2:
        return np.zeros((len(rows), most), np.float32)
    rows = rows - rows.mean(axis=0)
    if most > min(rows.shape) // 2 or min(rows.shape) <= _FEW:
        _, _, directions = np.linalg.svd(rows, full_matrices=False)
    else:
        directions = _first_directions(rows, most, seed)
    return np.asarray(rows @ _turned(directions[:most]).T, np.float32)


def _first_directions(rows: Floats, count: int, seed: int) -> Floats:
    """The first directions (k, d) of rows (n, d), by turning random ones towards them."""
    within = min(count + _MORE, *rows.shape)
    random = np.random.default_rng(seed)
    basis = random.standard_normal((rows.shape[1], within)).astype(np.float32)
    for _ in range(_TURNS):
        basis, _ = np.linalg.qr(rows.T @ np.linalg.qr(rows @ basis)[0])
    _, _, found = np.linalg.svd(rows @ basis, full_matrices=False)
    return np.asarray(found @ basis.T, np.float32)


def _turned(directions: Floats) -> Floats:
    """Directions (k, d) so that the largest number of each is positive: always the same ones."""
    largest = np.abs(directions).argmax(axis=1)
    signs = np.sign(directions[np.arange(len(directions)), largest])
    return np.asarray(directions * np.where(signs == 0, 1, signs)[:, None], np.float32)


def without_empty_directions(vectors: NDArray[np.floating]) -> Floats:
    """The vectors (n, d) turned so that they need min(n, d) numbers; every product stays."""
    rows = np.asarray(vectors, np.float64)
    if rows.shape[1] <= rows.shape[0]:
        return np.asarray(rows, np.float32)
    basis, _ = np.linalg.qr(rows.T)
    return np.asarray(rows @ basis, np.float32)
