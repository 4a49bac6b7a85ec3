"""The encoder's own opinion as a scorer."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn


class EventHead(nn.Module):
    """Features (n, d) to logits (n,) of “an event”: a linear head, as the encoder was trained."""

    def __init__(self, weight: NDArray[np.float32], bias: float) -> None:
        """`weight` is (d,)."""
        super().__init__()
        self.linear = nn.Linear(len(weight), 1)
        with torch.no_grad():
            self.linear.weight.copy_(torch.from_numpy(weight)[None])
            self.linear.bias.fill_(bias)

    def forward(self, features: Tensor) -> Tensor:
        logits: Tensor = self.linear(features)
        return logits.squeeze(-1)
