"""ROC and precision-recall of weighted rows, fast enough to draw a million frames a thousand times.

A draw does not sort again: rows are counted once by group and score, and a draw is a weighted sum
of those counts. Where there are more distinct scores than `_BINS` the draws use quantile bins,
whose ties count half: the value itself stays exact, an interval's ends may be off by less than
0.001.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crimeview.core.job import Job, Step
from crimeview.core.metrics import auc_of_counts, precision_of_counts
from crimeview.evaluation.figure import Figure, Floats, Resampling, weighed

_BINS = 4096
_BATCH = 250  # draws at a time
_CURVE_POINTS = 1000


@dataclass(frozen=True, slots=True)
class Ranked:
    """The figures of a ranking, and its curves (k,) for plots.

    `false` and `true` are rates from (0, 0) to (1, 1); `precision` belongs to `recall`. `share` is
    that of the positives: the average precision of chance. All are empty where a class is.
    """

    roc_auc: Figure
    average_precision: Figure
    share: float
    false: Floats
    true: Floats
    precision: Floats
    recall: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What is ranked, all (n,): scores, how much of each class a row is, and its group's number.

    A row that is nothing of either class does not count.
    """

    scores: NDArray[np.floating]
    positive: NDArray[np.generic]
    negative: NDArray[np.generic]
    units: NDArray[np.intp]


def rank(rows: Rows, resampling: Resampling) -> Ranked:
    """Rank rows whose `units` are groups of the resampling."""
    parts = rank_in_steps(rows, resampling, Step(done=0, total=None, message=""))
    while True:
        try:
            next(parts)
        except StopIteration as end:
            ranked: Ranked = end.value
            return ranked


def rank_in_steps(rows: Rows, resampling: Resampling, step: Step) -> Job[Ranked]:
    """As `rank`, with `step` yielded now and then: a million rows take a second."""
    there = rows.positive.astype(np.bool_) | rows.negative.astype(np.bool_)
    positive, negative, units = rows.positive[there], rows.negative[there], rows.units[there]
    levels, place = np.unique(-np.asarray(rows.scores[there], np.float64), return_inverse=True)
    yield step
    hits, rest = (weighed(place, w, len(levels)) for w in (positive, negative))
    share = float(hits.sum() / max(hits.sum() + rest.sum(), 1e-300))
    if not hits.any() or not rest.any():
        nothing = np.zeros(0)
        undefined = Figure(None, None)
        return Ranked(undefined, undefined, share, nothing, nothing, nothing, nothing)
    bins = _bins(hits, rest)
    by_group = [
        _counted(units, bins[place], w, (resampling.count, int(bins[-1]) + 1))
        for w in (positive, negative)
    ]
    areas, precisions = [], []
    for first in range(0, len(resampling.weights), _BATCH):
        weights = resampling.weights[first : first + _BATCH]
        yield step
        drawn = weights @ by_group[0], weights @ by_group[1]
        areas.append(auc_of_counts(*drawn))
        precisions.append(precision_of_counts(*drawn))
    true, false = np.cumsum(hits), np.cumsum(rest)
    points = _points(len(levels))
    return Ranked(
        roc_auc=resampling.figure(float(auc_of_counts(hits, rest)), np.concatenate(areas)),
        average_precision=resampling.figure(
            float(precision_of_counts(hits, rest)), np.concatenate(precisions)
        ),
        share=share,
        false=np.append(0.0, false[points] / false[-1]),
        true=np.append(0.0, true[points] / true[-1]),
        precision=true[points] / (true[points] + false[points]),
        recall=true[points] / true[-1],
    )


def _bins(hits: Floats, rest: Floats) -> NDArray[np.intp]:
    """The bin of each level (k,), ascending from 0 without gaps, half of them for each class.

    Few positives weigh much each: a level that crosses into another quantile is a bin of its own,
    or negatives below it would be tied with it and cost it precision.
    """
    if len(hits) <= _BINS:
        return np.arange(len(hits))
    passed = (np.cumsum(hits) / hits.sum() + np.cumsum(rest) / rest.sum()) / 2
    crossing = np.diff((passed * (_BINS // 2)).astype(np.intp), prepend=0) > 0
    begins = crossing | np.append(False, crossing[:-1])
    return np.cumsum(begins) - int(begins[0])


def _counted(
    units: NDArray[np.intp],
    bins: NDArray[np.intp],
    weights: NDArray[np.generic],
    shape: tuple[int, int],
) -> Floats:
    """Summed weights by group and bin."""
    groups, count = shape
    return weighed(units * count + bins, weights, groups * count).reshape(groups, count)


def _points(count: int) -> NDArray[np.intp]:
    """Which levels a curve shows: all, or evenly chosen ones and the ends."""
    if count <= _CURVE_POINTS:
        return np.arange(count)
    dense = np.geomspace(1, count, _CURVE_POINTS // 2)
    even = np.linspace(1, count, _CURVE_POINTS // 2)
    return np.unique(np.concatenate([dense, even]).astype(np.intp)) - 1
