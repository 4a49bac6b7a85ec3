"""Gaussian smoothing along time, as a layer."""

import torch
from torch import Tensor, nn

_REACH = 4  # sigmas


class Smoothing(nn.Module):
    """Values (n,) to weighted averages of their neighbors (n,), the ends repeated outwards."""

    kernel: Tensor

    def __init__(self, sigma: float) -> None:
        """`sigma` is in rows, above 0; weights beyond four times it are cut off."""
        super().__init__()
        self._reach = round(_REACH * sigma)
        offsets = torch.arange(-self._reach, self._reach + 1, dtype=torch.float32)
        weights = torch.exp(-offsets.square() / (2 * sigma * sigma))
        self.register_buffer("kernel", (weights / weights.sum())[None, None])

    def forward(self, values: Tensor) -> Tensor:
        padded = nn.functional.pad(values[None, None], (self._reach, self._reach), mode="replicate")
        return nn.functional.conv1d(padded, self.kernel)[0, 0]
