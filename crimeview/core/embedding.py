"""One vector for a segment, from the features of its clips."""

import numpy as np
from numpy.typing import NDArray


def segment_embedding(
    features: NDArray[np.floating], scores: NDArray[np.floating]
) -> NDArray[np.float32]:
    """The mean of clip features (n, d), weighted by their scores (n,), of length one: (d,).

    Where no clip has a score above zero all count alike. Raises ValueError where there is no clip,
    or where no feature differs from zero: such a segment has no direction.
    """
    if features.ndim != 2 or len(features) == 0 or len(features) != len(scores):
        raise ValueError(f"features {features.shape} and scores {scores.shape} do not match")
    weights = np.maximum(np.nan_to_num(scores.astype(np.float64)), 0.0)
    if not weights.any():
        weights = np.ones(len(features))
    mean = weights @ features.astype(np.float64)
    length = float(np.linalg.norm(mean))
    if not np.isfinite(length) or length == 0.0:
        raise ValueError("features that are all zero, or not finite, have no direction")
    return np.asarray(mean / length, np.float32)
