"""The part of a classifier that goes into use: one head's logit."""

import numpy as np
from numpy.typing import NDArray
from torch import Tensor, nn

from crimeview.training.calibration import fit_platt
from crimeview.training.classifier import Classifier

Floats = NDArray[np.float64]


class FrameLogit(nn.Module):
    """Clips in, logits (N, 1) of one head out."""

    def __init__(self, classifier: Classifier, *, head: str) -> None:
        super().__init__()
        self.encoder, self.heads = classifier.encoder, nn.Linear(classifier.dimensions, 1)
        row = classifier.tasks.heads.index(head)
        self.heads.weight.data = classifier.heads.weight.data[row : row + 1].clone()
        self.heads.bias.data = classifier.heads.bias.data[row : row + 1].clone()

    def forward(self, clips: Tensor) -> Tensor:
        logits: Tensor = self.heads(self.encoder(clips))
        return logits


def sigmoid(logits: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-logits)))


def fit_frames(logits: list[Floats], positive: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and offset of Platt's sigmoid for frames of violent clips and of others (n,).

    Clips weigh the same however many frames they have, and so do both kinds.
    """
    counts = np.array([len(values) for values in logits])
    share = np.where(positive, 0.5 / positive.sum(), 0.5 / (~positive).sum())
    weights = np.repeat(share / counts, counts)
    flags = np.repeat(positive, counts)
    return fit_platt(np.concatenate(logits), flags, weights=weights * len(flags))


def calibrated_by_folds(
    logits: list[Floats], positive: NDArray[np.bool_], folds: NDArray[np.intp]
) -> list[Floats]:
    """Probabilities of each clip's frames, calibrated on the clips of the other folds."""
    found: list[Floats] = [np.zeros(0)] * len(logits)
    for fold in np.unique(folds):
        rest = np.flatnonzero(folds != fold)
        slope, offset = fit_frames([logits[n] for n in rest], positive[rest])
        for n in np.flatnonzero(folds == fold):
            found[n] = sigmoid(logits[n] * slope + offset)
    return found
