"""Clips as wholes: is there an event in it or not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crimeview.core.metrics import roc_auc
from crimeview.evaluation.figure import DRAWS, Figure, Floats, Resampling
from crimeview.evaluation.labels import ClipLabel
from crimeview.evaluation.ranking import Ranked, Rows, rank

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Confusion:
    """Numbers of clips: true and false are whether the decision is right."""

    true_positive: int
    false_positive: int
    true_negative: int
    false_negative: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """What comes of calling clips positive whose score is at or above the threshold."""

    threshold: float
    accuracy: Figure
    balanced_accuracy: Figure
    recall: Figure
    false_alarm_rate: Figure
    precision: Figure
    confusion: Confusion


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassResult:
    """The clips of one label: the share called positive at the decision, and their mean score."""

    label: str
    clips: int
    called_positive: Figure
    mean_score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupResult:
    """The clips of one group; `roc_auc` is None where they are all of one kind."""

    group: str
    clips: int
    positive: int
    accuracy: float
    roc_auc: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipReport:
    """`decision` is at the threshold for clips, `alarm` at that for alarms.

    `baselines` are rankings by what needs no network, by name; `majority` is the accuracy of always
    saying what most clips are.
    """

    ranked: Ranked
    decision: Decisions
    alarm: Decisions
    baselines: dict[str, Ranked]
    majority: float
    classes: tuple[ClassResult, ...]
    groups: tuple[GroupResult, ...]
    clips: int
    positive: int
    group_count: int


def report_clips(
    labels: Sequence[ClipLabel],
    scores: Floats,
    *,
    decision: float,
    alarm: float,
    controls: Mapping[str, Floats],
) -> ClipReport:
    """Judge the scores (n,) of at least one clip at two thresholds; intervals are over groups.

    `controls` are numbers (n,) of the clips that need no network, by name.
    """
    positive = np.array([c.positive for c in labels])
    resampling = Resampling([c.group for c in labels])

    def ranked(values: Floats) -> Ranked:
        rows = Rows(scores=values, positive=positive, negative=~positive, units=resampling.units)
        return rank(rows, resampling)

    return ClipReport(
        ranked=ranked(scores),
        decision=_decisions(positive, scores, decision, resampling),
        alarm=_decisions(positive, scores, alarm, resampling),
        baselines={name: ranked(values) for name, values in controls.items()},
        majority=float(max(positive.mean(), 1 - positive.mean())),
        classes=_classes(labels, scores, decision, resampling),
        groups=_groups(labels, positive, scores, decision),
        clips=len(labels),
        positive=int(positive.sum()),
        group_count=resampling.count,
    )


def _decisions(
    positive: Flags, scores: Floats, threshold: float, resampling: Resampling
) -> Decisions:
    called = scores >= threshold
    right = called == positive
    every = np.ones(len(positive))
    return Decisions(
        threshold=threshold,
        accuracy=resampling.share(right, every),
        balanced_accuracy=_balanced(positive, right, resampling),
        recall=resampling.share(called & positive, positive),
        false_alarm_rate=resampling.share(called & ~positive, ~positive),
        precision=resampling.share(called & positive, called),
        confusion=Confusion(
            true_positive=int((called & positive).sum()),
            false_positive=int((called & ~positive).sum()),
            true_negative=int((~called & ~positive).sum()),
            false_negative=int((~called & positive).sum()),
        ),
    )


def _balanced(positive: Flags, right: Flags, resampling: Resampling) -> Figure:
    """The mean of the two kinds' accuracies; not defined where there is one kind only."""
    if positive.all() or not positive.any():
        return Figure(None, None)
    drawn = np.zeros(DRAWS)
    for kind in (positive, ~positive):
        part, whole = resampling.summed(right & kind), resampling.summed(kind)
        drawn += 0.5 * np.divide(part, whole, out=np.full(DRAWS, np.nan), where=whole > 0)
    return resampling.figure(float(right[positive].mean() + right[~positive].mean()) / 2, drawn)


def _classes(
    labels: Sequence[ClipLabel], scores: Floats, threshold: float, resampling: Resampling
) -> tuple[ClassResult, ...]:
    """One result for each label; `Normal` and `normal` are one, called as first written."""
    names = np.array([c.label.casefold() for c in labels])
    called = scores >= threshold
    _, firsts = np.unique(names, return_index=True)
    return tuple(
        ClassResult(
            label=labels[first].label,
            clips=int(own.sum()),
            called_positive=resampling.share(called & own, own),
            mean_score=float(scores[own].mean()),
        )
        for first in firsts
        for own in (names == names[first],)
    )


def _groups(
    labels: Sequence[ClipLabel], positive: Flags, scores: Floats, threshold: float
) -> tuple[GroupResult, ...]:
    """One result for each group of more than one clip; none where clips have no groups."""
    names = np.array([c.group for c in labels])
    right = (scores >= threshold) == positive
    results = []
    for name, count in zip(*np.unique(names, return_counts=True), strict=True):
        own = names == name
        both = positive[own].any() and not positive[own].all()
        results.append(
            GroupResult(
                group=str(name),
                clips=int(count),
                positive=int(positive[own].sum()),
                accuracy=float(right[own].mean()),
                roc_auc=roc_auc(positive[own], scores[own]) if both else None,
            )
        )
    return tuple(results) if len(results) < len(names) else ()
