"""How well scores separate: ROC, the area under it, and intervals over groups."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
Flags = NDArray[np.bool_]


def roc_curve(positive: Flags, scores: Floats) -> tuple[Floats, Floats, Floats]:
    """False positive rate, true positive rate and threshold, each (k + 1,), from (0, 0) to (1, 1).

    `positive` and `scores` are (n,); equal scores move together, so that ties cost half.
    Raises ValueError where one of the two classes is empty.
    """
    _check(positive, scores)
    order = np.argsort(-scores, kind="stable")
    ranked, hits = scores[order], positive[order]
    last = np.append(np.flatnonzero(np.diff(ranked)), len(ranked) - 1)  # last row of each tie
    true = np.cumsum(hits)[last]
    false = last + 1 - true
    return (
        np.concatenate([[0.0], false / false[-1]]),
        np.concatenate([[0.0], true / true[-1]]),
        np.concatenate([[np.inf], ranked[last]]),
    )


def roc_auc(positive: Flags, scores: Floats) -> float:
    """Area under the ROC: the chance that a positive outscores a negative, ties counting half."""
    false, true, _ = roc_curve(positive, scores)
    return float(np.trapezoid(true, false))


def group_interval(
    statistic: Callable[[NDArray[np.intp]], float],
    groups: Sequence[str],
    *,
    draws: int = 1000,
    seed: int = 0,
) -> tuple[float, float]:
    """The 95 % interval of a statistic by bootstrap over groups.

    `statistic` gets row numbers (with repeats) and may raise ValueError for a draw that it is not
    defined on (a class is empty): such draws are left out.
    """
    names = np.asarray(groups)
    members = [np.flatnonzero(names == name) for name in np.unique(names)]
    random = np.random.default_rng(seed)
    values = []
    for _ in range(draws):
        picked = random.integers(len(members), size=len(members))
        try:
            values.append(statistic(np.concatenate([members[i] for i in picked])))
        except ValueError:
            continue
    if not values:
        raise ValueError("the statistic is not defined on any draw")
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def _check(positive: Flags, scores: Floats) -> None:
    if positive.shape != scores.shape or positive.ndim != 1:
        raise ValueError(f"labels {positive.shape} and scores {scores.shape} do not match")
    if positive.all() or not positive.any():
        raise ValueError("both classes are needed")
