"""What is usual for one camera, taken off its scores."""

import torch
from torch import Tensor, nn
from torch.nn import functional


class AgainstUsual(nn.Module):
    """Logits (n,) of a recording, in order of time, less how far its usual level is too high.

    Usual is what a camera shows again and again: a road where trucks pass every half minute, a tree
    in the wind. The level is what the highest logits of stretches of `stretch` clips reach in all
    but `share` of them; an event, however long, does not count as usual while it leaves that many
    stretches alone. Only the part of the level above `reference` is taken off, and of that
    n / (n + `patience`): a few clips do not show what is usual, and a clip of an event alone must
    not be held against itself. The order within a recording stays as it is.
    """

    def __init__(self, *, stretch: int, share: float, reference: float, patience: float) -> None:
        """`stretch` and `patience` are in clips."""
        super().__init__()
        self.stretch, self.share = stretch, share
        self.reference, self.patience = reference, patience

    def forward(self, logits: Tensor) -> Tensor:
        level = self.level(logits)
        # Counted from the values: a traced length would be a constant in the exported graph.
        count = torch.ones_like(logits).sum()
        weight = count / (count + self.patience)
        return logits - weight * torch.relu(level - self.reference)

    def level(self, logits: Tensor) -> Tensor:
        """The usual level (1,) of logits (n,)."""
        highest = functional.max_pool1d(logits[None, None], self.stretch, ceil_mode=True)[0, 0]
        place = ((torch.ones_like(highest).sum() - 1) * self.share).floor().long()
        return highest.sort().values.index_select(0, place[None])
