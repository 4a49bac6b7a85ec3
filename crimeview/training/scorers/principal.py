"""The directions in which features vary most, found in steps short enough to stop between."""

import numpy as np
from numpy.typing import NDArray

from crimeview.core.job import Job, Step

Floats = NDArray[np.float32]
_ROUNDS = 8
_MARGIN = 32  # directions more than wanted, which make the wanted ones settle sooner
_ROWS = 512


def principal_directions(rows: Floats, *, count: int, seed: int) -> Job[Floats]:
    """The first `count` principal directions (d, count) of centered rows (n, d).

    By subspace iteration on the covariance from a random start, as its full decomposition takes
    many seconds at once. At most min(n, d) directions.
    """
    size = rows.shape[1]
    count = min(count, *rows.shape)
    covariance = np.zeros((size, size), np.float32)
    starts = range(0, len(rows), _ROWS)
    for number, first in enumerate(starts):
        part = rows[first : first + _ROWS]
        covariance += part.T @ part / np.float32(len(rows))
        yield _step(number + 1, of=len(starts))
    random = np.random.default_rng(seed)
    basis = random.normal(size=(size, min(count + _MARGIN, size))).astype(np.float32)
    for number in range(_ROUNDS):
        basis = np.linalg.qr(covariance @ basis)[0].astype(np.float32)
        yield _step(len(starts) + number + 1, of=len(starts))
    values, turn = np.linalg.eigh(basis.T @ covariance @ basis)
    largest = np.argsort(-values)[:count]
    directions: Floats = (basis @ turn[:, largest]).astype(np.float32)
    return directions


def _step(done: int, *, of: int) -> Step:
    return Step(done=done, total=of + _ROUNDS, message="Finding principal directions")
