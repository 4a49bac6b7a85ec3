"""Vectors in few coordinates: less a center, in the directions in which they vary most."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crimeview.core.embedding import Pooling, unit
from crimeview.training.segments.examples import Example, vectors

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Frame:
    """`center` (d,), of vectors at length one, and orthonormal `directions` (d, k)."""

    center: Floats
    directions: Floats

    def coordinates(self, rows: NDArray[np.floating]) -> Floats:
        """Coordinates (n, k) of vectors (n, d)."""
        return np.asarray((unit(rows) - self.center) @ self.directions, np.float32)


def fit_frame(examples: Sequence[Example], *, count: int) -> Frame:
    """The frame of the examples' vectors, scored and whole; at most `count` directions."""
    rows = np.concatenate([vectors(examples), vectors(examples, pooling=Pooling.WHOLE)])
    center = rows.mean(axis=0)
    values, parts = np.linalg.eigh(np.asarray((rows - center) @ (rows - center).T, np.float64))
    kept = np.argsort(-values)[: min(count, len(rows) - 1, rows.shape[1])]
    kept = kept[values[kept] > 1e-9 * values.max()]
    directions = (rows - center).T @ parts[:, kept] / np.sqrt(values[kept])
    return Frame(np.asarray(center, np.float32), np.asarray(directions, np.float32))


class Views:
    """Coordinates of parts of an example: of some of its clips alone."""

    def __init__(self, examples: Sequence[Example], frame: Frame) -> None:
        self._origin = frame.center @ frame.directions
        self._turned = []
        self._alike = []
        for example in examples:
            clips = unit(example.clips)
            self._turned.append(clips @ frame.directions)
            self._alike.append(clips @ clips.T)

    def coordinates(self, number: int, weights: NDArray[np.floating]) -> Floats:
        """Coordinates (k,) of the mean of an example's clips weighted by `weights` (n,)."""
        shares = np.asarray(weights, np.float32)
        length = np.sqrt(max(float(shares @ self._alike[number] @ shares), 1e-12))
        found: Floats = shares @ self._turned[number] / np.float32(length) - self._origin
        return found
