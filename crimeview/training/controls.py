"""Controls: what can be told without a network. A net's figures mean nothing without them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from crimeview.training.data.framecache import Frames

_RIDGE = 1.0


def difference_percentile(frames: Frames, span: tuple[float, float]) -> float:
    """The 99th percentile of absolute differences between successive frames within a span (s)."""
    inside = (frames.times[:, 0] >= span[0]) & (frames.times[:, 0] < span[1])
    pictures = frames.pictures[inside].astype(np.int16)
    return float(np.percentile(np.abs(np.diff(pictures, axis=0)), 99))


def cross_validated(
    features: NDArray[np.floating], positive: NDArray[np.bool_], folds: Sequence[int]
) -> NDArray[np.float64]:
    """Scores (n,) of a ridge logistic regression on features (n, k), each from the other folds."""
    fold, scores = np.asarray(folds), np.zeros(len(positive))
    for held_out in np.unique(fold):
        train, test = fold != held_out, fold == held_out
        mean, deviation = features[train].mean(axis=0), features[train].std(axis=0) + 1e-9
        weights = _logistic(_with_ones((features[train] - mean) / deviation), positive[train])
        scores[test] = _with_ones((features[test] - mean) / deviation) @ weights
    return scores


def _with_ones(features: NDArray[np.floating]) -> NDArray[np.floating]:
    return np.column_stack([np.ones(len(features)), features])


def _logistic(features: NDArray[np.floating], positive: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Newton's method; the penalty spares the intercept."""
    weights = np.zeros(features.shape[1])
    penalty = _RIDGE * np.diag([0.0, *np.ones(features.shape[1] - 1)])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-features @ weights))
        slope = features.T @ (chance - positive) + penalty @ weights
        curve = (features * (chance * (1 - chance))[:, None]).T @ features + penalty
        weights = weights - np.linalg.solve(curve, slope)
    return np.asarray(weights)
