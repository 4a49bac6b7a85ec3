"""What scorers learn from: recordings known only to hold an event, or none, as bags of features."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from crimeview.core.job import Job


@dataclass(frozen=True, slots=True, kw_only=True)
class LabeledBag:
    """Features (n, d) of a recording's clips or segments in order of time, and its label."""

    features: NDArray[np.floating]
    positive: bool


class FitScorer(Protocol):
    """A way to fit a scorer: the network maps features (n, d), any n, to logits (n,).

    The same bags and seed give the same network. Raises ValueError where a label is missing.
    """

    def __call__(self, bags: Sequence[LabeledBag], *, seed: int) -> Job[nn.Module]: ...


def parted(bags: Sequence[LabeledBag]) -> tuple[list[LabeledBag], list[LabeledBag]]:
    """Positive and negative bags; raises ValueError if there are none of a kind."""
    positive, negative = [b for b in bags if b.positive], [b for b in bags if not b.positive]
    if not positive or not negative:
        raise ValueError("bags of both labels are needed")
    return positive, negative


class BatchDraw:
    """Draws batches of equally long bags, without repeats where there are enough of a label."""

    def __init__(self, bags: Sequence[LabeledBag], *, seed: int) -> None:
        """Raises ValueError where a label is missing or the bags differ in length."""
        self._parts = [torch.from_numpy(_stacked(part)) for part in parted(bags)]
        self._random = np.random.default_rng(seed)

    @property
    def dimensions(self) -> int:
        return int(self._parts[0].shape[-1])

    def draw(self, count: int) -> Tensor:
        """`count` positive bags, then as many negative ones: (2 * count, n, d)."""
        drawn = [
            part[torch.from_numpy(self._random.choice(len(part), count, replace=len(part) < count))]
            for part in self._parts
        ]
        return torch.cat(drawn).float()


def bag_logits(scorer: nn.Module, bag: LabeledBag) -> NDArray[np.float32]:
    """Logits (n,) of a bag's rows."""
    with torch.inference_mode():
        values = torch.from_numpy(np.asarray(bag.features, np.float32))
        logits: NDArray[np.float32] = scorer(values).numpy()
    return logits


def _stacked(bags: Sequence[LabeledBag]) -> NDArray[np.floating]:
    if len(lengths := {len(b.features) for b in bags}) > 1:
        raise ValueError(f"bags of {sorted(lengths)} rows; average them into equally many segments")
    return np.stack([b.features for b in bags])
