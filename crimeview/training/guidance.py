"""Guidance: features should also tell the motion statistics of their clip.

Few clips are labeled, but every one of them moves somehow: that is more to learn from.
"""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from crimeview.training.data.examples import Example
from crimeview.training.data.framecache import Frames
from crimeview.training.motion_statistics import STATISTICS, motion_statistics

_LARGEST = 3.0  # deviations from the mean


class Guide:
    """The standardized statistics of labeled clips; longer recordings have none of their own."""

    def __init__(
        self, examples: Sequence[Example], frames: Sequence[Frames], device: torch.device
    ) -> None:
        rows = np.full((len(examples), STATISTICS), np.nan)
        for row, example, seen in zip(rows, examples, frames, strict=True):
            if example.central is not None:
                row[:] = motion_statistics(seen, float(seen.times[0, 0] + seen.times[-1, 1]) / 2)
        known = rows[~np.isnan(rows[:, 0])]
        scaled = (rows - known.mean(axis=0)) / (known.std(axis=0) + 1e-6)
        self._targets = torch.from_numpy(scaled).float().clamp(-_LARGEST, _LARGEST).to(device)

    def loss(self, told: Tensor, examples: Sequence[int]) -> Tensor:
        """Of what was told (N, statistics) about the examples numbered so; 0 where none has any."""
        targets = self._targets[list(examples)]
        known = ~targets.isnan()
        losses = functional.smooth_l1_loss(told, targets.nan_to_num(), reduction="none")
        return (losses * known).sum() / known.sum().clamp(min=1)
