"""MI-LR beside what the whole recording holds: which segment, and which recording."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from crimeview.core.job import Job, Step
from crimeview.training.scorers.bag import LabeledBag, bag_logits
from crimeview.training.scorers.logistic import balanced_weights, fit_logistic
from crimeview.training.scorers.milr import MilrRecipe, fit_milr

_LEAST = 1e-6  # of the kernel's largest eigenvalue: what lies below is rounding


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextRecipe:
    """`local` is how the segments' own scores are fitted.

    Of what a recording holds, `directions` are kept; the kernel's `width` is a squared distance in
    units of the training recordings' median one, its penalty 1 / `cost`.
    """

    local: MilrRecipe
    directions: int = 96
    width: float = 1.0
    cost: float = 32.0


class RecordingKernel(nn.Module):
    """Features (n, d) of a recording to its likeness to each training recording (m,), 0 to 1.

    Recordings are compared by the maximum over time of each feature, after rows are scaled to
    length one: a Gaussian of the distance in the directions kept.
    """

    mean: Tensor
    directions: Tensor
    support: Tensor
    rate: Tensor

    def __init__(self, bags: Sequence[LabeledBag], *, directions: int, width: float) -> None:
        super().__init__()
        highest = torch.stack([_highest(torch.from_numpy(_float32(bag.features))) for bag in bags])
        mean = highest.mean(dim=0)
        turns = torch.linalg.svd(highest - mean, full_matrices=False).Vh
        kept = turns[:directions].T.contiguous()
        support = (highest - mean) @ kept
        squared = torch.cdist(support, support).square()
        self.register_buffer("mean", mean)
        self.register_buffer("directions", kept)
        self.register_buffer("support", support)
        self.register_buffer("rate", 1 / (width * squared.median()))

    def forward(self, features: Tensor) -> Tensor:
        place = (_highest(features) - self.mean) @ self.directions
        squared = (place - self.support).square().sum(dim=-1)
        return torch.exp(-squared * self.rate)


class ContextScorer(nn.Module):
    """Features (n, d) to logits (n,): each row's own, plus one number of the recording's."""

    coefficients: Tensor
    bias: Tensor
    scales: Tensor

    def __init__(
        self,
        local: nn.Module,
        kernel: RecordingKernel,
        coefficients: NDArray[np.floating],
        *,
        bias: float,
        scales: tuple[float, float],
    ) -> None:
        """`scales` divide the rows' own logits and the recording's, to make them comparable."""
        super().__init__()
        self.local, self.kernel = local, kernel
        self.register_buffer("coefficients", torch.from_numpy(_float32(coefficients)))
        self.register_buffer("bias", torch.tensor(bias))
        self.register_buffer("scales", torch.tensor(scales))

    def forward(self, features: Tensor) -> Tensor:
        whole = self.kernel(features) @ self.coefficients + self.bias
        logits: Tensor = self.local(features) / self.scales[0] + whole / self.scales[1]
        return logits


def fit_context(
    bags: Sequence[LabeledBag], *, seed: int, recipe: ContextRecipe | None = None
) -> Job[nn.Module]:
    """Fit MI-LR, and logistic regression on the recordings' kernel; raises ValueError."""
    recipe = recipe or ContextRecipe(local=MilrRecipe())
    local = yield from fit_milr(bags, seed=seed, recipe=recipe.local)
    positive = np.array([bag.positive for bag in bags])
    with torch.inference_mode():
        kernel = RecordingKernel(bags, directions=recipe.directions, width=recipe.width)
        yield Step(done=1, total=2, message="Fitting the scorer")
        rows = [kernel(torch.from_numpy(_float32(bag.features))) for bag in bags]
        values = torch.stack(rows).numpy().astype(np.float64)
    coefficients, bias = _fit_kernel(values, positive, cost=recipe.cost)
    peaks = np.array([bag_logits(local, bag).max() for bag in bags])
    scales = float(peaks.std()), float((values @ coefficients).std())
    return ContextScorer(local, kernel, coefficients, bias=bias, scales=scales).eval()


def _fit_kernel(
    values: NDArray[np.float64], positive: NDArray[np.bool_], *, cost: float
) -> tuple[NDArray[np.float64], float]:
    """Coefficients of the kernel's values (m, m) and intercept, penalized in the kernel's space."""
    spread, turn = np.linalg.eigh((values + values.T) / 2)
    kept = spread > _LEAST * spread[-1]
    roots = np.sqrt(spread[kept])
    coefficients, bias = fit_logistic(
        turn[:, kept] * roots,
        positive.astype(np.float64),
        weights=balanced_weights(positive),
        penalty=1 / cost,
    )
    return turn[:, kept] @ (coefficients / roots), bias


def _highest(features: Tensor) -> Tensor:
    return nn.functional.normalize(features, dim=-1).amax(dim=0)


def _float32(values: NDArray[np.floating]) -> NDArray[np.float32]:
    return np.asarray(values, np.float32)
