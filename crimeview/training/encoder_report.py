"""How well the encoder's own classifier tells held-out clips apart, with the controls beside it."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crimeview.core.clip import ClipSpec
from crimeview.core.job import Step
from crimeview.core.manifest import Metric
from crimeview.core.metrics import group_interval, roc_auc
from crimeview.training.controls import cross_validated, difference_percentile
from crimeview.training.data.examples import NORMAL, Example
from crimeview.training.data.framecache import Frames
from crimeview.training.data.sampling import starts_to_judge
from crimeview.training.data.windows import usable_span
from crimeview.training.fit_encoder import LABELS, Classifier, Prepare, embed

LABELED: dict[str, str] = {"surveillance_fights": "fight", "car_crashes": "crash"}
_PROTOCOL = (
    "{data}: {count} clips, {groups} groups, each scored by a network trained without its group's "
    "fold (5 folds by group), 1 - P(normal) averaged over three windows of the middle 2 s; one "
    "seed; interval by bootstrap over groups"
)
_CONTROL = "the same clips and interval, no network: {what}"


@dataclass(frozen=True, slots=True)
class Judged:
    """A held-out clip: the network's score, and the controls' numbers.

    `moved` is the 99th percentile of the frame difference, `facts` are of the file (see
    `jobs.gather`).
    """

    example: Example
    score: float
    moved: float
    facts: NDArray[np.float64]


def judge_clips(
    models: Sequence[Classifier],
    examples: Sequence[Example],
    frames: Sequence[Frames],
    facts: NDArray[np.float64],
    *,
    spec: ClipSpec,
    prepare: Prepare,
) -> Generator[Step, None, list[Judged]]:
    """Judge the clips of the labeled sets; `models[k]` was fitted without fold k."""
    judged = []
    for number, (example, seen) in enumerate(zip(examples, frames, strict=True)):
        if example.data in LABELED:
            starts = starts_to_judge(example, seen, spec)
            batches = embed(models[example.fold], seen, starts, spec=spec, prepare=prepare)
            chances = np.concatenate([chances for _, chances in batches])
            score = float(1 - chances[:, LABELS.index(NORMAL)].mean())
            span = usable_span(seen.times, example.central)
            judged.append(Judged(example, score, difference_percentile(seen, span), facts[number]))
        yield Step(done=number + 1, total=len(examples), message="Judging held-out clips")
    return judged


def report_encoder(judged: Sequence[Judged]) -> tuple[Metric, ...]:
    """AUC and accuracy for each labeled set, and the AUC of its controls."""
    return tuple(
        metric
        for data, event in LABELED.items()
        for metric in _of_set([j for j in judged if j.example.data == data], event)
    )


def _of_set(clips: Sequence[Judged], event: str) -> list[Metric]:
    positive = np.array([c.example.label == event for c in clips])
    groups = [c.example.group for c in clips]
    scores = np.array([c.score for c in clips])
    moved = np.array([c.moved for c in clips])
    facts = np.stack([c.facts for c in clips])
    told = cross_validated(facts, positive, [c.example.fold for c in clips])
    protocol = _PROTOCOL.format(
        data=clips[0].example.data, count=len(clips), groups=len(set(groups))
    )
    rows = [
        (f"{event} AUC", scores, protocol),
        (
            f"{event} AUC, control: frame difference",
            moved,
            _CONTROL.format(what="99th percentile of the frame difference"),
        ),
        (
            f"{event} AUC, control: file facts",
            told,
            _CONTROL.format(
                what="logistic regression on width, height, frame rate, length and file size, "
                "cross-validated in the same folds"
            ),
        ),
    ]
    metrics = [_auc(name, positive, values, groups, text) for name, values, text in rows]
    right = (scores > 0.5) == positive
    interval = group_interval(lambda rows: float(right[rows].mean()), groups)
    metrics.append(
        _metric(f"{event} accuracy", right.mean(), interval, f"{protocol}; threshold 0.5")
    )
    return metrics


def _auc(
    name: str,
    positive: NDArray[np.bool_],
    scores: NDArray[np.floating],
    groups: Sequence[str],
    protocol: str,
) -> Metric:
    interval = group_interval(lambda rows: roc_auc(positive[rows], scores[rows]), groups)
    return _metric(name, roc_auc(positive, scores), interval, protocol)


def _metric(name: str, value: float, interval: tuple[float, float], protocol: str) -> Metric:
    low, high = interval
    return Metric(
        name=name,
        value=round(float(value), 3),
        interval=(round(low, 3), round(high, 3)),
        protocol=protocol,
    )
