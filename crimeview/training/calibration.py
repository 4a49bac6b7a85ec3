"""From logits to probabilities, and from probabilities to a threshold."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from crimeview.training.scorers.logistic import fit_logistic


class Calibrated(nn.Module):
    """A network's logits as probabilities: the sigmoid of `slope` times the logit plus `offset`."""

    slope: Tensor
    offset: Tensor

    def __init__(self, network: nn.Module, *, slope: float, offset: float) -> None:
        """Raises ValueError for a slope that would turn the order of scores round."""
        super().__init__()
        if not slope > 0:
            raise ValueError(f"a slope of {slope} turns the order of scores round")
        self.network = network
        self.register_buffer("slope", torch.tensor(slope))
        self.register_buffer("offset", torch.tensor(offset))

    def forward(self, values: Tensor) -> Tensor:
        logits: Tensor = self.network(values)
        return torch.sigmoid(logits * self.slope + self.offset)


def fit_platt(
    logits: NDArray[np.floating],
    positive: NDArray[np.bool_],
    *,
    weights: NDArray[np.floating],
) -> tuple[float, float]:
    """Slope and offset of Platt 1999 that fit held-out logits (n,) to their labels (n,).

    `weights` (n,) say which prior the probabilities are for: weights that balance the labels give
    the chance of an event were both equally frequent. Targets lie a little inside 0 and 1 as in
    section 2.2, so that logits that separate the labels perfectly have a finite fit. Raises
    ValueError where a label is missing.
    """
    hits, rest = int(positive.sum()), int((~positive).sum())
    if not hits or not rest:
        raise ValueError("both labels are needed")
    # One unit of spread, so that Newton's first step is a good one whatever the logits' scale.
    middle, spread = float(np.mean(logits)), max(float(np.std(logits)), 1e-12)
    (slope,), offset = fit_logistic(
        ((logits - middle) / spread)[:, None],
        np.where(positive, (hits + 1) / (hits + 2), 1 / (rest + 2)),
        weights=weights,
        penalty=0.0,
    )
    return float(slope) / spread, offset - float(slope) * middle / spread


def threshold_for_share(scores: NDArray[np.floating], *, share: float) -> float:
    """The lowest threshold that at most this share of quiet recordings' scores (n,) reaches.

    In steps of 0.01 from 0.01 to 0.99; 0.99 where none is high enough.
    """
    steps = np.arange(1, 100) / 100
    reached = (scores[:, None] >= steps).mean(axis=0)
    return float(steps[min(int((reached > share).sum()), len(steps) - 1)])
