"""What data sets hold, counted, with what may spoil a training."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from crimeview.core.metrics import roc_auc
from crimeview.training.data.data_sets import DataSet, Layout
from crimeview.training.data.examples import FOLDS, NORMAL, Example, Split

_TELLING = 0.6  # AUC from which length alone is a control that must be reported
_ENOUGH = 10  # examples of each side, to say so


@dataclass(frozen=True, slots=True, kw_only=True)
class PartSummary:
    """One part of a data set: recordings by label, sources, recordings in each fold, minutes."""

    name: str
    layout: Layout
    split: Split
    labels: Mapping[str, int]
    groups: int
    folds: tuple[int, ...]
    minutes: float


def summarize(
    data: DataSet, examples: Sequence[Example], lengths: Mapping[Path, float]
) -> list[PartSummary]:
    """The parts of a data set; `examples` are its own with their folds, `lengths` seconds."""
    parts = []
    for split in sorted({e.split for e in examples}, key=("train", "valid", "test").index):
        part = [e for e in examples if e.split == split]
        folds = Counter(e.fold for e in part)
        parts.append(
            PartSummary(
                name=data.name,
                layout=data.layout,
                split=split,
                labels=dict(Counter(e.label for e in part).most_common()),
                groups=len({e.group for e in part}),
                folds=tuple(folds[fold] for fold in range(FOLDS)) if split == "train" else (),
                minutes=sum(lengths.get(e.path, 0.0) for e in part) / 60,
            )
        )
    return parts


def find_problems(examples: Sequence[Example], lengths: Mapping[Path, float]) -> list[str]:
    """Sentences on what may spoil a training on these examples of one data set."""
    problems = [
        f"The source {group} is in the parts {' and '.join(splits)}."
        for group, splits in sorted(_shared_groups(examples).items())
    ]
    train = [e for e in examples if e.split == "train"]
    for label in sorted({e.label for e in train} - {NORMAL}):
        empty = FOLDS - len({e.fold for e in train if e.label == label})
        if empty:
            problems.append(f"{empty} of {FOLDS} folds have no example of “{label}”.")
    telling = _length_alone(examples, lengths)
    if telling is not None:
        problems.append(
            f"Length alone tells events from normal recordings with an AUC of {telling:.2f}; "
            "report this beside a model's figure, or use the middle of each only."
        )
    return problems


def _shared_groups(examples: Sequence[Example]) -> dict[str, list[str]]:
    """Sources of labeled clips that are in several parts; a single camera must be."""
    splits: dict[str, set[str]] = {}
    for example in examples:
        if example.central is not None:
            splits.setdefault(example.group, set()).add(example.split)
    return {group: sorted(found) for group, found in splits.items() if len(found) > 1}


def _length_alone(examples: Sequence[Example], lengths: Mapping[Path, float]) -> float | None:
    """How well length tells events, either way; None where it does not or there are too few."""
    known = [e for e in examples if e.path in lengths]
    positive = np.array([e.label != NORMAL for e in known], np.bool_)
    if min(positive.sum(), (~positive).sum()) < _ENOUGH:
        return None
    auc = roc_auc(positive, np.array([lengths[e.path] for e in known]))
    return max(auc, 1 - auc) if max(auc, 1 - auc) >= _TELLING else None
