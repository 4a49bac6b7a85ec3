"""Guidance: features should also tell the motion statistics of their clip.

Few clips are labeled, but every one of them moves somehow: that is more to learn from.
"""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

_LARGEST = 3.0  # deviations from the mean


class Guide:
    """The standardized statistics of labeled clips; longer recordings have none of their own."""

    def __init__(self, statistics: NDArray[np.float64], device: torch.device) -> None:
        """`statistics` is (n, k), a row of NaN for an example that has none."""
        known = statistics[~np.isnan(statistics[:, 0])]
        scaled = (statistics - known.mean(axis=0)) / (known.std(axis=0) + 1e-6)
        self._targets = torch.from_numpy(scaled).float().clamp(-_LARGEST, _LARGEST).to(device)

    def loss(self, told: Tensor, examples: Sequence[int]) -> Tensor:
        """Of what was told (N, statistics) about the examples numbered so; 0 where none has any."""
        targets = self._targets[list(examples)]
        known = ~targets.isnan()
        losses = functional.smooth_l1_loss(told, targets.nan_to_num(), reduction="none")
        return (losses * known).sum() / known.sum().clamp(min=1)


def make_guide(
    statistics: NDArray[np.float64] | None, weight: float, device: torch.device
) -> Guide | None:
    """A guide where its loss has a weight."""
    if not weight:
        return None
    if statistics is None:
        raise ValueError("guidance needs the motion statistics of the examples")
    return Guide(statistics, device)
