"""MI-LR: logistic regression that learns, round by round, which segments its bags turn on."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from crimeview.core.job import Job, Step
from crimeview.training.scorers.bag import LabeledBag, parted
from crimeview.training.scorers.logistic import balanced_weights, fit_logistic
from crimeview.training.scorers.principal import principal_directions
from crimeview.training.scorers.smoothing import Smoothing

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class MilrRecipe:
    """`directions` are kept; the penalty is 1 / `cost`; each round refits on the `top` segments."""

    directions: int = 512
    cost: float = 0.01
    rounds: int = 3
    top: int = 8
    sigma: float = 1.0


class LinearScorer(nn.Module):
    """Features (n, d) to logits (n,): a linear map of features of length one, smoothed in time."""

    def __init__(self, weight: NDArray[np.floating], bias: float, *, sigma: float) -> None:
        super().__init__()
        self.linear = nn.Linear(len(weight), 1)
        with torch.no_grad():
            self.linear.weight.copy_(torch.from_numpy(weight.astype(np.float32))[None])
            self.linear.bias.fill_(bias)
        self.smoothing = Smoothing(sigma)

    def forward(self, features: Tensor) -> Tensor:
        logits: Tensor = self.linear(nn.functional.normalize(features, dim=-1))
        smoothed: Tensor = self.smoothing(logits.squeeze(-1))
        return smoothed


def fit_milr(
    bags: Sequence[LabeledBag], *, seed: int, recipe: MilrRecipe | None = None
) -> Job[nn.Module]:
    """Fit on bags of any length; `seed` only starts the search for directions.

    Features of length one, less their mean, in their principal directions, divided by one standard
    deviation for all; logistic regression, both labels weighing the same, on the means of the bags,
    then on the means of the segments that it scores highest. Raises ValueError.
    """
    recipe = recipe or MilrRecipe()
    parted(bags)
    rows = np.concatenate([_unit(bag.features) for bag in bags])
    mean = rows.mean(axis=0)
    rows -= mean
    directions = yield from principal_directions(rows, count=recipe.directions, seed=seed)
    values = rows @ directions
    deviation = float(values.std())
    values /= deviation
    limits = np.cumsum([len(bag.features) for bag in bags])[:-1]
    split = np.split(values, limits)
    positive = np.array([bag.positive for bag in bags])
    picked = np.stack([part.mean(axis=0) for part in split])
    smoothing = Smoothing(recipe.sigma)
    for done in range(recipe.rounds + 1):
        yield Step(done=done, total=recipe.rounds + 1, message="Fitting the scorer")
        coefficients, intercept = fit_logistic(
            picked,
            positive.astype(np.float64),
            weights=balanced_weights(positive),
            penalty=1 / recipe.cost,
        )
        picked = np.stack([_top_mean(p, coefficients, smoothing, recipe.top) for p in split])
    weight = directions @ coefficients / deviation
    return LinearScorer(weight, intercept - float(mean @ weight), sigma=recipe.sigma).eval()


def _unit(features: NDArray[np.floating]) -> Floats:
    values = np.asarray(features, np.float32)
    lengths = np.linalg.norm(values, axis=1, keepdims=True)
    unit: Floats = values / np.maximum(lengths, np.float32(1e-12))
    return unit


def _top_mean(
    values: Floats, coefficients: NDArray[np.float64], smoothing: Smoothing, top: int
) -> Floats:
    """Mean (d,) of the segments with the highest smoothed scores."""
    scores = smoothing(torch.from_numpy((values @ coefficients).astype(np.float32))).numpy()
    highest = np.argsort(-scores, kind="stable")[:top]
    mean: Floats = values[highest].mean(axis=0)
    return mean
