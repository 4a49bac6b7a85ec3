"""How well the encoder's own heads tell held-out clips apart, with the controls beside them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crimeview.core.job import Job, Step
from crimeview.core.manifest import Metric
from crimeview.core.metrics import average_precision, group_interval, roc_auc

LABELED: dict[str, str] = {"surveillance_fights": "fight", "car_crashes": "crash"}
MOTION = "motion statistics"
FACTS = "file facts"
DIFFERENCE = "frame difference"
_HALF = 0.5

Flags = NDArray[np.bool_]
Scores = NDArray[np.floating]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """Clips that were judged by networks which never saw their source.

    `positive` and `groups` are (n,), `scores` (seeds, n) probabilities by networks that differ in
    their seed only. `controls` are probabilities (n,) told without a network, by what they are told
    from; those that are no probabilities, but only rank clips, are in `rankings`.
    """

    title: str
    protocol: str
    positive: Flags
    groups: Sequence[str]
    scores: Scores
    controls: Mapping[str, Scores]
    rankings: Mapping[str, Scores]


def accuracy(positive: Flags, scores: Scores) -> float:
    """The share of clips on the right side of 0.5."""
    return float(((scores > _HALF) == positive).mean())


def balanced_accuracy(positive: Flags, scores: Scores) -> float:
    """The mean of both classes' accuracies; raises ValueError where there is only one class."""
    if positive.all() or not positive.any():
        raise ValueError("both classes are needed")
    right = (scores > _HALF) == positive
    return float((right[positive].mean() + right[~positive].mean()) / 2)


_Measure = Callable[[Flags, Scores], float]
_MEASURES: dict[str, _Measure] = {
    "accuracy": accuracy,
    "balanced accuracy": balanced_accuracy,
    "AUC": roc_auc,
    "AP": average_precision,
}


def report_trial(trial: Trial) -> Iterator[Metric]:
    """Mean over seeds with its interval, for the network, for each control, and the difference.

    Intervals are by bootstrap over groups; that of a difference is paired: both are measured on the
    same draw.
    """
    for name, measure in _MEASURES.items():
        yield _of_network(trial, name, measure)
    for name, scores in trial.controls.items():
        for measured in ("accuracy", "AUC"):
            yield from _of_control(trial, name, scores, measured)
    for name, scores in trial.rankings.items():
        yield from _of_control(trial, name, scores, "AUC")


def report_trials(trials: Sequence[Trial]) -> Job[tuple[Metric, ...]]:
    """The figures of all trials; a step is one figure, whose interval takes a while."""
    metrics: list[Metric] = []
    for number, trial in enumerate(trials):
        for found in report_trial(trial):
            metrics.append(found)
            yield Step(done=number, total=len(trials), message="Drawing intervals")
    return tuple(metrics)


def _of_network(trial: Trial, name: str, measure: _Measure) -> Metric:
    seeds = len(trial.scores)
    spread = np.std([measure(trial.positive, s) for s in trial.scores]) if seeds > 1 else 0.0
    several = f"mean of {seeds} seeds (deviation {spread:.3f})" if seeds > 1 else "one seed"
    return _metric(
        f"{trial.title} {name}",
        lambda rows: _mean(measure, trial, rows),
        trial.groups,
        f"{trial.protocol}; {several}; interval by bootstrap over groups",
    )


def _of_control(trial: Trial, name: str, scores: Scores, measured: str) -> Iterator[Metric]:
    measure, positive = _MEASURES[measured], trial.positive
    protocol = f"the same clips and interval, no network: {name}"
    yield _metric(
        f"{trial.title} {measured}, control: {name}",
        lambda rows: measure(positive[rows], scores[rows]),
        trial.groups,
        protocol,
    )
    yield _metric(
        f"{trial.title} {measured}, network minus {name}",
        lambda rows: _mean(measure, trial, rows) - measure(positive[rows], scores[rows]),
        trial.groups,
        "the difference of both on the same draw of groups (paired bootstrap)",
    )


def _mean(measure: _Measure, trial: Trial, rows: NDArray[np.intp]) -> float:
    positive = trial.positive[rows]
    return float(np.mean([measure(positive, scores[rows]) for scores in trial.scores]))


def _metric(
    name: str,
    statistic: Callable[[NDArray[np.intp]], float],
    groups: Sequence[str],
    protocol: str,
) -> Metric:
    low, high = group_interval(statistic, groups)
    return Metric(
        name=name,
        value=round(statistic(np.arange(len(groups))), 3),
        interval=(round(low, 3), round(high, 3)),
        protocol=protocol,
    )
