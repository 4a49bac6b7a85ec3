"""How well the encoder's own classifier tells held-out clips apart, with the controls beside it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from crimeview.core.clip import ClipSpec
from crimeview.core.manifest import Metric
from crimeview.core.metrics import group_interval, roc_auc
from crimeview.training.controls import cross_validated, difference_percentile
from crimeview.training.examples import LABELS, Example
from crimeview.training.fit_encoder import Classifier, Prepare, embed
from crimeview.training.framecache import Frames
from crimeview.training.sampling import test_starts
from crimeview.training.windows import usable_span

_SETS = {"surveillance_fights": "fight", "car_crashes": "crash"}
_PROTOCOL = (
    "{data}: {count} clips, {groups} groups, each scored by a network trained without its group's "
    "fold (5 folds by group), 1 - P(normal) averaged over three windows of the middle 2 s; one "
    "seed; interval by bootstrap over groups"
)
_CONTROL = "the same clips, folds and interval; no network: {what}"


def report_encoder(
    models: Sequence[Classifier],
    examples: Sequence[Example],
    frames: Sequence[Frames],
    *,
    spec: ClipSpec,
    prepare: Prepare,
    facts: NDArray[np.float64],
) -> tuple[Metric, ...]:
    """Figures of the held-out clips of each labelled set; `models[k]` was fitted without fold k.

    `facts` (examples, k) are numbers of each file without its pictures: size, rate, length.
    """
    metrics: list[Metric] = []
    for data, event in _SETS.items():
        rows = [n for n, e in enumerate(examples) if e.data == data]
        part = [examples[n] for n in rows]
        positive = np.array([e.label == event for e in part])
        groups = [e.group for e in part]
        scores = np.array(
            [
                _event_chance(models[examples[n].fold], examples[n], frames[n], spec, prepare)
                for n in rows
            ]
        )
        spans = [usable_span(frames[n].times, examples[n].central) for n in rows]
        moved = np.array(
            [difference_percentile(frames[n], s) for n, s in zip(rows, spans, strict=True)]
        )
        told = cross_validated(facts[rows], positive, [e.fold for e in part])
        protocol = _PROTOCOL.format(data=data, count=len(part), groups=len(set(groups)))
        metrics += [
            _auc(f"{event} AUC", positive, scores, groups, protocol),
            _accuracy(f"{event} accuracy", positive, scores, groups, f"{protocol}; threshold 0.5"),
            _auc(
                f"{event} AUC, control: frame difference",
                positive,
                moved,
                groups,
                _CONTROL.format(what="99th percentile of the frame difference"),
            ),
            _auc(
                f"{event} AUC, control: file facts",
                positive,
                told,
                groups,
                _CONTROL.format(
                    what="logistic regression on width, height, frame rate, length, file size"
                ),
            ),
        ]
    return tuple(metrics)


def _event_chance(
    model: Classifier, example: Example, frames: Frames, spec: ClipSpec, prepare: Prepare
) -> float:
    starts = test_starts(example, frames, spec)
    batches = embed(model, frames, starts, spec=spec, prepare=prepare)
    chances = np.concatenate([chances for _, chances in batches])
    return float(1 - chances[:, LABELS.index("normal")].mean())


def _auc(
    name: str,
    positive: NDArray[np.bool_],
    scores: NDArray[np.floating],
    groups: Sequence[str],
    protocol: str,
) -> Metric:
    interval = group_interval(lambda rows: roc_auc(positive[rows], scores[rows]), groups)
    return _metric(name, roc_auc(positive, scores), interval, protocol)


def _accuracy(
    name: str,
    positive: NDArray[np.bool_],
    scores: NDArray[np.floating],
    groups: Sequence[str],
    protocol: str,
) -> Metric:
    right = (scores > 0.5) == positive
    interval = group_interval(lambda rows: float(right[rows].mean()), groups)
    return _metric(name, float(right.mean()), interval, protocol)


def _metric(name: str, value: float, interval: tuple[float, float], protocol: str) -> Metric:
    low, high = interval
    return Metric(
        name=name,
        value=round(value, 3),
        interval=(round(low, 3), round(high, 3)),
        protocol=protocol,
    )
