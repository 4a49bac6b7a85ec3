"""Networks from a segment's vector (any length) to another vector, or to probabilities of types."""

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import normalize

from crimeview.training.segments.frame import Floats, Frame

Network = nn.Module  # for those who only hand one on


def outputs(network: Network, rows: Floats) -> Floats:
    """What a network makes of vectors (n, d)."""
    with torch.inference_mode():
        return np.asarray(network(torch.from_numpy(rows)).numpy(), np.float32)


class FromVector(nn.Module):
    """Vectors (n, d), each taken at length one, to a linear map of their coordinates in a frame.

    Frame and map are one matrix; `weight` is (outputs, k), `bias` (outputs,).
    """

    def __init__(self, frame: Frame, weight: Floats, bias: Floats) -> None:
        super().__init__()
        matrix = weight @ frame.directions.T
        self.linear = nn.Linear(matrix.shape[1], matrix.shape[0])
        with torch.no_grad():
            self.linear.weight.copy_(torch.from_numpy(matrix))
            self.linear.bias.copy_(torch.from_numpy(bias - matrix @ frame.center))

    def forward(self, vectors: Tensor) -> Tensor:
        mapped: Tensor = self.linear(normalize(vectors, dim=-1))
        return mapped


class Directions(nn.Module):
    """Vectors to vectors of length one."""

    def __init__(self, map_: FromVector) -> None:
        super().__init__()
        self.map = map_

    def forward(self, vectors: Tensor) -> Tensor:
        turned: Tensor = normalize(self.map(vectors), dim=-1)
        return turned


class Beside(nn.Module):
    """Two vectors of length one beside each other, at length one: cosines are their mean."""

    def __init__(self, one: FromVector, other: FromVector) -> None:
        super().__init__()
        self.one = one
        self.other = other

    def forward(self, vectors: Tensor) -> Tensor:
        parts = [normalize(part(vectors), dim=-1) for part in (self.one, self.other)]
        beside: Tensor = torch.cat(parts, dim=-1) * 0.5**0.5
        return beside


class Probabilities(nn.Module):
    """Vectors to the probability of each type; logits are divided by the `temperature`."""

    temperature: Tensor

    def __init__(self, map_: FromVector, *, temperature: float) -> None:
        super().__init__()
        self.map = map_
        self.register_buffer("temperature", torch.tensor(temperature))

    def forward(self, vectors: Tensor) -> Tensor:
        chances: Tensor = torch.softmax(self.map(vectors) / self.temperature, dim=-1)
        return chances
