"""Recordings with published features as examples to learn from, scored where they were not seen."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.core.job import Job
from crimeview.jobs.phases import phase
from crimeview.training.data.ucf_features import (
    FOLDS,
    NORMAL_CLASS,
    FeatureTable,
    read_ucf_features,
)
from crimeview.training.scorers.bag import LabeledBag, bag_logits
from crimeview.training.scorers.milr import MilrRecipe, fit_milr
from crimeview.training.segments.examples import Example

FEATURE_SPACE = "c3d-sports1m-fc6"
DATA = "UCF-Crime, official training recordings, C3D fc6"
SCORED = (
    "segments scored by MI-LR that was fitted on the other three given folds, from the label of "
    "recordings (anomalous or not) alone"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples:
    """The table, and its recordings as examples, in its order."""

    table: FeatureTable
    examples: tuple[Example, ...]

    @property
    def labeled(self) -> NDArray[np.intp]:
        """The numbers of the examples whose type is known."""
        return np.flatnonzero([e.label is not None for e in self.examples])


def read_examples(data: Path, *, work: Path) -> Job[Examples]:
    """Read `data` and score its segments; scores are kept in `work`. Raises UsageError."""
    table = read_ucf_features(data)
    scores = yield from _held_out_scores(table, work / "segment-scores.npz")
    return Examples(
        table=table,
        examples=tuple(
            Example(
                clips=features,
                scores=own,
                label=None if label == NORMAL_CLASS else label,
                group=group,
            )
            for features, own, label, group in zip(
                table.features, scores, table.classes, table.groups, strict=True
            )
        ),
    )


def _held_out_scores(table: FeatureTable, file: Path) -> Job[NDArray[np.float32]]:
    """The score of each segment (recordings, segments), by a fit that has not seen its fold."""
    key = _key(table)
    if file.is_file():
        with np.load(file) as stored:
            if str(stored["key"]) == key:
                return np.asarray(stored["scores"], np.float32)
    bags = [
        LabeledBag(features=features, positive=bool(positive))
        for features, positive in zip(table.features, table.positive, strict=True)
    ]
    scores = np.zeros(table.features.shape[:2], np.float32)
    for fold in range(FOLDS):
        rest = [bag for bag, at in zip(bags, table.folds, strict=True) if at != fold]
        network = yield from phase(fit_milr(rest, seed=fold), number=fold, count=FOLDS)
        for row in np.flatnonzero(table.folds == fold):
            scores[row] = 1 / (1 + np.exp(-bag_logits(network, bags[row])))
    file.parent.mkdir(parents=True, exist_ok=True)
    scratch = file.with_suffix(".tmp")
    with scratch.open("wb") as stream:
        np.savez(stream, scores=scores, key=np.array(key))
    scratch.replace(file)
    return scores


def _key(table: FeatureTable) -> str:
    """What the scores depend on."""
    digest = hashlib.sha256(np.ascontiguousarray(table.features).tobytes())
    digest.update(repr((table.positive.tolist(), table.folds.tolist(), MilrRecipe())).encode())
    return digest.hexdigest()
