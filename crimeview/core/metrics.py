"""How well scores separate: ROC, precision and recall, areas under them, intervals over groups."""

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
    """Area under the ROC: the chance that a positive outscores a negative, ties counting half.

    Raises ValueError where one of the two classes is empty.
    """
    _check(positive, scores)
    high, low = scores[positive], np.sort(scores[~positive])
    above = low.searchsorted(high, "left").sum() + low.searchsorted(high, "right").sum()
    return float(above / (2 * len(high) * len(low)))


def area_under(heights: Floats, places: Floats) -> float:
    """Area under the straight lines through points with ascending places, both (k,).

    Raises ValueError where the arrays do not match or the places descend.
    """
    if heights.shape != places.shape or heights.ndim != 1:
        raise ValueError(f"heights {heights.shape} and places {places.shape} do not match")
    if (np.diff(places) < 0).any():
        raise ValueError("the places must ascend")
    return float(np.trapezoid(heights, places))


def precision_recall_curve(positive: Flags, scores: Floats) -> tuple[Floats, Floats, Floats]:
    """Precision, recall and threshold, each (k,), one for each distinct score, from the highest.

    Raises ValueError where one of the two classes is empty.
    """
    _check(positive, scores)
    order = np.argsort(-scores, kind="stable")
    ranked, hits = scores[order], positive[order]
    last = np.append(np.flatnonzero(np.diff(ranked)), len(ranked) - 1)
    true = np.cumsum(hits)[last]
    return true / (last + 1), true / true[-1], ranked[last]


def average_precision(positive: Flags, scores: Floats) -> float:
    """Mean precision over steps of recall, without interpolation; chance is the positive share."""
    precision, recall, _ = precision_recall_curve(positive, scores)
    return float(np.sum(precision * np.diff(recall, prepend=0.0)))


def auc_of_counts(positive: Floats, negative: Floats) -> Floats:
    """Area under the ROC where weights are counted per score.

    `positive` and `negative` are (..., k): how much of each class has the k-th score, from the
    highest score to the lowest. The result is (...); NaN where a class has no weight.
    """
    below = negative.sum(axis=-1, keepdims=True) - np.cumsum(negative, axis=-1)
    pairs = positive.sum(axis=-1) * negative.sum(axis=-1)
    won = (positive * (below + 0.5 * negative)).sum(axis=-1)
    return _ratio(won, pairs)


def precision_of_counts(positive: Floats, negative: Floats) -> Floats:
    """Average precision of weights counted per score, shaped as in `auc_of_counts`."""
    true = np.cumsum(positive, axis=-1)
    precision = _ratio(true, true + np.cumsum(negative, axis=-1))
    summed = np.nansum(precision * positive, axis=-1)
    defined = negative.sum(axis=-1) > 0
    return np.asarray(np.where(defined, _ratio(summed, positive.sum(axis=-1)), np.nan))


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


def _ratio(above: Floats, below: Floats) -> Floats:
    """NaN where `below` is 0."""
    return np.asarray(
        np.divide(above, below, out=np.full(np.shape(below), np.nan), where=below > 0)
    )


def _check(positive: Flags, scores: Floats) -> None:
    if positive.shape != scores.shape or positive.ndim != 1:
        raise ValueError(f"labels {positive.shape} and scores {scores.shape} do not match")
    if positive.all() or not positive.any():
        raise ValueError("both classes are needed")
