"""Telling that a vector is like none of those that a network has learned from."""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.functional import normalize

from crimeview.training.segments.examples import Example, vectors
from crimeview.training.segments.frame import Frame
from crimeview.training.segments.networks import Probabilities

Floats = NDArray[np.float32]

DIRECTIONS = 24  # in which distances are measured: more vary too little to be told from noise
_LEAST = 1e-3  # of a deviation, as a share of the largest


class Reach(nn.Module):
    """How far vectors (n, d) lie from the examples' mean, in deviations of theirs, (n,).

    The distance of Mahalanobis in the frame's first directions, divided by its square root of the
    number of them: 1 is usual.
    """

    center: Tensor
    directions: Tensor

    def __init__(self, frame: Frame, deviations: Floats) -> None:
        super().__init__()
        count = len(deviations)
        scaled = frame.directions[:, :count] / deviations / np.sqrt(count)
        self.register_buffer("center", torch.from_numpy(frame.center.astype(np.float32)))
        self.register_buffer("directions", torch.from_numpy(scaled.astype(np.float32)))

    def forward(self, rows: Tensor) -> Tensor:
        placed = (normalize(rows, dim=-1) - self.center) @ self.directions
        return placed.square().sum(dim=-1).clamp_min(1e-12).sqrt()


class UnknownWhereFar(nn.Module):
    """Probabilities of types; all the same, so that none is told, beyond `radius`."""

    radius: Tensor

    def __init__(self, chances: Probabilities, reach: Reach, *, radius: float) -> None:
        super().__init__()
        self.chances = chances
        self.reach = reach
        self.register_buffer("radius", torch.tensor(radius))

    def forward(self, rows: Tensor) -> Tensor:
        found: Tensor = self.chances(rows)
        is_far = (self.reach(rows) > self.radius).unsqueeze(-1)
        even = torch.full_like(found, 1.0 / found.shape[-1])
        return torch.where(is_far, even, found)


def fit_reach(examples: Sequence[Example], frame: Frame) -> Reach:
    """The distance from these examples."""
    placed = frame.coordinates(vectors(examples))[:, :DIRECTIONS]
    deviations = placed.std(axis=0)
    return Reach(frame, np.maximum(deviations, _LEAST * deviations.max()).astype(np.float32))
