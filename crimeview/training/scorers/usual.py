"""What is usual for one camera, taken off its scores."""

import torch
from torch import Tensor, nn


class AgainstUsual(nn.Module):
    """Logits (n,) of a recording, in order of time, less how far its usual level is too high.

    The level is the `share` quantile of the recording's own logits: a road at rush hour or a tree
    in the wind lifts all of them, and what stands out there stands out of that. Only the part of
    the level above `reference` is taken off, and of that n / (n + `patience`): a few clips do not
    show what is usual, and a clip of an event alone must not be held against itself. The order
    within a recording stays as it is.
    """

    def __init__(self, *, share: float, reference: float, patience: float) -> None:
        """`patience` is in clips."""
        super().__init__()
        self.share, self.reference, self.patience = share, reference, patience

    def forward(self, logits: Tensor) -> Tensor:
        # Counted from the values: a traced length would be a constant in the exported graph.
        count = torch.ones_like(logits).sum()
        place = ((count - 1) * self.share).floor().long()
        level = logits.sort().values.index_select(0, place[None])
        weight = count / (count + self.patience)
        return logits - weight * torch.relu(level - self.reference)
