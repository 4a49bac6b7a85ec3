"""Recurrent networks on landmarks over time."""

import torch
from torch import nn

from crimeview.training.choices import RecurrentName

_WIDTH = 32
_DROPOUT = 0.3
_LEAST_DEVIATION = 0.05


class SequenceNet(nn.Module):
    """LSTM (Hochreiter & Schmidhuber 1997) or GRU (Cho et al. 2014) over (n, frames, d).

    The last column says in which frames the person was found; the others do not count when the
    outputs over time are averaged. Gives logits (n, 1).
    """

    mean: torch.Tensor
    deviation: torch.Tensor

    def __init__(self, kind: RecurrentName, *, like: torch.Tensor) -> None:
        """`like` (n, frames, d) are the windows trained on, which say how numbers are scaled."""
        super().__init__()
        found = like[like[..., -1] > 0]
        self.register_buffer("mean", found.mean(0))
        self.register_buffer("deviation", found.std(0) + _LEAST_DEVIATION)
        self.enter = nn.Linear(like.shape[-1], _WIDTH)
        layers = {"lstm": nn.LSTM, "gru": nn.GRU}
        self.recurrent = layers[kind](_WIDTH, _WIDTH, batch_first=True)
        self.drop = nn.Dropout(_DROPOUT)
        self.leave = nn.Linear(_WIDTH, 1)

    def forward(self, windows: torch.Tensor) -> torch.Tensor:
        found = windows[..., -1:]
        scaled = (windows - self.mean) / self.deviation * found
        entered = self.drop(torch.relu(self.enter(scaled))) * found
        over_time, _ = self.recurrent(entered)
        mean = (over_time * found).sum(1) / found.sum(1).clamp(min=1)
        logits: torch.Tensor = self.leave(self.drop(mean))
        return logits
