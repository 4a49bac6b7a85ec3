"""Logistic regression by Newton's method, to machine precision."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_STEPS = 100
_ENOUGH = 1e-9  # largest part of the gradient, for each unit of weight


def fit_logistic(
    values: NDArray[np.floating],
    targets: NDArray[np.floating],
    *,
    weights: NDArray[np.floating],
    penalty: float,
) -> tuple[Floats, float]:
    """Coefficients (d,) and intercept that minimize the penalized weighted cross-entropy.

    The sum over rows of `weights` times the cross-entropy of `targets` (n,), each 0 to 1, given
    `values` (n, d), plus `penalty` times half the squared length of the coefficients. The intercept
    goes free. Raises ValueError where no minimum is reached.
    """
    rows = np.column_stack([values, np.ones(len(values))]).astype(np.float64)
    ridge = np.append(np.full(rows.shape[1] - 1, penalty), 0.0)
    found = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        chances = (1 + np.tanh(rows @ found / 2)) / 2  # the sigmoid, without overflow
        gradient = rows.T @ (weights * (chances - targets)) + ridge * found
        if np.abs(gradient).max() <= _ENOUGH * max(1.0, float(weights.sum())):
            return found[:-1], float(found[-1])
        curvature = (rows.T * (weights * chances * (1 - chances))) @ rows + np.diag(ridge)
        step = np.linalg.solve(curvature, gradient)
        found = _descended(found, step, gradient, rows, targets, weights, ridge)
    raise ValueError("the logistic regression has no minimum")


def balanced_weights(positive: NDArray[np.bool_]) -> Floats:
    """Weights (n,) by which both labels weigh the same and all together n."""
    share = float(positive.mean())
    weights: Floats = np.where(positive, 0.5 / share, 0.5 / (1 - share))
    return weights


def _descended(
    at: Floats,
    step: Floats,
    gradient: Floats,
    rows: Floats,
    targets: NDArray[np.floating],
    weights: NDArray[np.floating],
    ridge: Floats,
) -> Floats:
    """The place after a Newton step that is halved until the loss falls as it should."""

    def loss(place: Floats) -> float:
        logits = rows @ place
        entropy = np.logaddexp(0, logits) - targets * logits
        return float(weights @ entropy + ridge @ np.square(place) / 2)

    start, slope, share = loss(at), float(gradient @ step), 1.0
    while loss(at - share * step) > start - 1e-4 * share * slope and share > 1e-6:
        share /= 2
    return at - share * step
