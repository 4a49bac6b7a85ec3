"""What a theft model's figures must be held against: things that cannot know what theft is."""

import numpy as np
from numpy.typing import NDArray

from crimeview.core.boxes import Boxes

Floats = NDArray[np.float64]


def box_numbers(boxes: Boxes) -> Floats:
    """Eight numbers (8,) of a person's boxes (frames, 4) alone: where, how large, how that varies.

    No landmark and no picture is in them.
    """
    sides = boxes[:, 2:] - boxes[:, :2]
    seen = np.concatenate([(boxes[:, :2] + boxes[:, 2:]) / 2, sides], axis=1)
    seen = seen[np.isfinite(seen).all(axis=1)]
    if not len(seen):
        return np.zeros(8)
    return np.concatenate([seen.mean(axis=0), seen.std(axis=0)]).astype(np.float64)


def shuffled(windows: NDArray[np.float32], *, seed: int) -> NDArray[np.float32]:
    """Windows (n, frames, d) with their frames in another order, the same for all."""
    order = np.random.default_rng(seed).permutation(windows.shape[1])
    return np.ascontiguousarray(windows[:, order])
