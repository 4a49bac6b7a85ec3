"""Controls: what can be told without a network. A net's figures mean nothing without them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from crimeview.training.data.framecache import Frames

_MOST_STEPS, _CLOSE = 12, 1e-4
_RIDGES = (3.0, 30.0, 300.0, 3000.0)  # penalties to choose from

Floats = NDArray[np.floating]
Flags = NDArray[np.bool_]


def difference_percentile(frames: Frames, span: tuple[float, float]) -> float:
    """The 99th percentile of absolute differences between successive frames within a span (s)."""
    inside = (frames.times[:, 0] >= span[0]) & (frames.times[:, 0] < span[1])
    pictures = frames.pictures[inside].astype(np.int16)
    return float(np.percentile(np.abs(np.diff(pictures, axis=0)), 99))


def cross_validated(features: Floats, positive: Flags, folds: Sequence[int]) -> NDArray[np.float64]:
    """Probabilities (n,) by logistic regression on features (n, k), each from the other folds."""
    fold, chances = np.asarray(folds), np.zeros(len(positive))
    for held_out in np.unique(fold):
        train, test = fold != held_out, fold == held_out
        chances[test] = transferred(
            features[train], positive[train], fold[train].tolist(), features[test]
        )
    return chances


def transferred(
    features: Floats, positive: Flags, folds: Sequence[int], others: Floats
) -> NDArray[np.float64]:
    """Probabilities (m,) for features (m, k) by logistic regression on features (n, k).

    Features are standardized. The penalty is the one under which the `folds` (n,) tell best about
    each other: with as many features as clips a control without it would be a weak one.
    """
    mean, deviation = features.mean(axis=0), features.std(axis=0) + 1e-9
    standard, clipped = (features - mean) / deviation, np.clip((others - mean) / deviation, -5, 5)
    if features.shape[1] > len(features):
        axes = _spanned(standard)
        standard, clipped = standard @ axes, clipped @ axes
    known, asked = _with_ones(standard), _with_ones(clipped)
    ridge = _best_ridge(known, positive, np.asarray(folds))
    return _chances(asked, _weights(known, positive, ridge))


def _spanned(features: Floats) -> Floats:
    """Axes (k, n) at right angles in which all rows of features (n, k) lie, where n is below k.

    Weights under a penalty on their squares are a sum of the rows, so that nothing is lost, and n
    numbers are to be found instead of k (Hastie and Tibshirani 2004, Efficient quadratic
    regularization for expression arrays).
    """
    return np.linalg.qr(features.T)[0]


def _best_ridge(features: Floats, positive: Flags, fold: NDArray[np.intp]) -> float:
    """The penalty with the lowest loss over the folds; the strongest where there is one fold."""
    losses = dict.fromkeys(_RIDGES, 0.0)
    parts = np.unique(fold)
    for held_out in parts if len(parts) > 1 else ():
        train, test = fold != held_out, fold == held_out
        for ridge in _RIDGES:
            chances = _chances(features[test], _weights(features[train], positive[train], ridge))
            right = np.where(positive[test], chances, 1 - chances)
            losses[ridge] -= float(np.log(right.clip(1e-6)).sum())
    return min(reversed(_RIDGES), key=lambda ridge: losses[ridge])


def _with_ones(features: Floats) -> Floats:
    return np.column_stack([np.ones(len(features)), features])


def _chances(features: Floats, weights: Floats) -> NDArray[np.float64]:
    return np.asarray(1 / (1 + np.exp(-np.clip(features @ weights, -30, 30))))


def _weights(features: Floats, positive: Flags, ridge: float) -> NDArray[np.float64]:
    """Newton's method; the penalty spares the intercept."""
    weights = np.zeros(features.shape[1])
    penalty = ridge * np.diag([0.0, *np.ones(features.shape[1] - 1)])
    for _ in range(_MOST_STEPS):
        chance = _chances(features, weights)
        slope = features.T @ (chance - positive) + penalty @ weights
        curve = (features * (chance * (1 - chance) + 1e-6)[:, None]).T @ features + penalty
        step = np.linalg.solve(curve, slope)
        weights = weights - step
        if np.abs(step).max() < _CLOSE:
            break
    return np.asarray(weights)
