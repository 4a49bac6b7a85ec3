"""A wide first layer that does not take most of the training's time."""

import torch
from torch import Tensor, nn


class BriefLinear(nn.Linear):
    """A linear layer that multiplies in bfloat16 while it is trained, and in float32 in use.

    Sums, weights and their updates are float32 always. For features of length one, what the
    product loses is far below what dropout adds; processors that multiply in bfloat16 are three to
    four times as fast at it, and training on 4096 numbers a segment is little else.
    """

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002
        if not self.training:
            return super().forward(input)
        half = torch.bfloat16
        product = nn.functional.linear(input.to(half), self.weight.to(half))
        return product.to(input.dtype) + self.bias
