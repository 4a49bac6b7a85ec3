"""Fitting a scorer on our own encoder's features: event head or multiple instances, then time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from crimeview.core.errors import ModelError
from crimeview.core.job import Job, Step
from crimeview.training.bags import Bags
from crimeview.training.calibration import Calibrated, fit_platt
from crimeview.training.classifier import Classifier
from crimeview.training.data.composition import CompositionRecipe
from crimeview.training.data.examples import NORMAL
from crimeview.training.scorers.bag import FitScorer, LabeledBag
from crimeview.training.scorers.event_head import EventHead
from crimeview.training.scorers.milr import MilrRecipe, fit_milr
from crimeview.training.scorers.rtfm import fit_rtfm
from crimeview.training.scorers.smoothing import Smoothing
from crimeview.training.scorers.sultani import fit_sultani
from crimeview.training.scorers.usual import AgainstUsual
from crimeview.training.tracks import FeatureTrack, ScoredTrack

OwnMethod = Literal["head", "sultani", "rtfm", "milr"]
OWN_METHODS: dict[OwnMethod, str] = {
    "head": "the encoder's own head for “something happens”, linear in the features",
    "sultani": "multiple-instance ranking (Sultani et al. 2018), d-512-32-1",
    "rtfm": "feature magnitudes with attention to near clips (after RTFM, Tian et al. 2021)",
    "milr": "multiple-instance logistic regression, linear in the features",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorerRecipe:
    """How a scorer is made.

    Multiple-instance methods learn from `bags` of each kind. Logits are smoothed over `sigma` clips
    (0: not at all) and held against what is usual in the recording: see `AgainstUsual`, whose
    reference is the lower quartile of the levels of held-out quiet recordings. The default
    threshold is the lowest with at most `alarms_an_hour` false alarms on the backgrounds of what is
    `composed`.
    """

    method: OwnMethod = "head"
    bags: int = 300
    sigma: float = 0.0
    stretch: int = 64
    share: float = 0.4
    patience: float = 200.0
    alarms_an_hour: float = 2.0
    composed: CompositionRecipe = field(default_factory=CompositionRecipe)
    seed: int = 0


def learns(recipe: ScorerRecipe) -> bool:
    """Whether the method needs training tracks; the encoder's own head is there already."""
    return recipe.method != "head"


def fit_base(
    tracks: Sequence[FeatureTrack], *, encoder: Classifier | None, recipe: ScorerRecipe
) -> Job[nn.Module]:
    """Features (n, d) of consecutive clips to logits (n,), smoothed over time.

    Without an encoder the one feature of the control is taken as it is.
    """
    smoothing = [Smoothing(recipe.sigma)] if recipe.sigma else []
    if encoder is None:
        return nn.Sequential(nn.Flatten(0), *smoothing).eval()
    if not learns(recipe):
        yield Step(done=1, total=1, message="Fitting the scorer")
        return nn.Sequential(event_head(encoder), *smoothing).eval()
    bags = Bags(tracks).labeled(recipe.bags, seed=recipe.seed)
    network = yield from FITS[recipe.method](bags, seed=recipe.seed)
    return nn.Sequential(network, *smoothing).eval()


def event_head(encoder: Classifier) -> EventHead:
    """What the head “normal” says, the other way round."""
    row = encoder.tasks.heads.index(NORMAL)
    weight, bias = (p.detach()[row].cpu() for p in (encoder.heads.weight, encoder.heads.bias))
    return EventHead(-weight.numpy(), -float(bias))


def usual_reference(quiet: Sequence[ScoredTrack], *, recipe: ScorerRecipe) -> float:
    """The lower quartile over quiet recordings of the level that `AgainstUsual` finds in them.

    A recording as calm as that keeps its scores.
    """
    usual = _against_usual(0.0, recipe)
    levels = [float(usual.level(torch.from_numpy(t.scores))) for t in quiet]
    return float(np.quantile(levels, 0.25))


def in_context(base: nn.Module, *, reference: float, recipe: ScorerRecipe) -> nn.Module:
    """The scorer's logits, held against what is usual in the recording."""
    return nn.Sequential(base, _against_usual(reference, recipe)).eval()


def _against_usual(reference: float, recipe: ScorerRecipe) -> AgainstUsual:
    return AgainstUsual(
        stretch=recipe.stretch,
        share=recipe.share,
        reference=reference,
        patience=recipe.patience,
    )


@dataclass(frozen=True, slots=True)
class Calibration:
    """Slope and offset of logits, and the number of clips that they were fitted on."""

    slope: float
    offset: float
    clips: int

    def applied(self, network: nn.Module) -> nn.Module:
        return Calibrated(network, slope=self.slope, offset=self.offset).eval()


def calibrate(held: Sequence[ScoredTrack]) -> Calibration:
    """Fit probabilities to logits of footage that the networks of each fold had not seen.

    Events and ordinary clips weigh the same, and within them each data set, whatever its length.
    Raises ModelError where events score lower than ordinary clips.
    """
    logits = np.concatenate([t.scores for t in held])
    positive = np.concatenate([t.track.anomalous for t in held])
    names = np.concatenate([[t.track.example.data] * len(t.scores) for t in held])
    slope, offset = fit_platt(logits, positive, weights=_weights(positive, names))
    if not slope > 0:
        raise ModelError(
            "The scorer ranks ordinary clips above events where it has not seen them; train the "
            "encoder longer or on more data."
        )
    return Calibration(slope, offset, len(logits))


def _weights(positive: NDArray[np.bool_], names: NDArray[np.str_]) -> NDArray[np.float64]:
    weights = np.zeros(len(positive))
    for label in (True, False):
        sets = np.unique(names[positive == label])
        for name in sets:
            rows = (positive == label) & (names == name)
            weights[rows] = len(positive) / (2 * len(sets) * rows.sum())
    return weights


def _few_clips(bags: Sequence[LabeledBag], *, seed: int) -> Job[nn.Module]:
    """MI-LR for bags of clips: an event here is a clip or two, not a quarter of a recording."""
    recipe = MilrRecipe(directions=64, top=2, sigma=0.5)
    return fit_milr(bags, seed=seed, recipe=recipe)


FITS: dict[OwnMethod, FitScorer] = {"sultani": fit_sultani, "rtfm": fit_rtfm, "milr": _few_clips}
