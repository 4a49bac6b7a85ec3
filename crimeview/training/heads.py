"""Several tasks on one encoder: which head learns from which data set, and their losses.

A data set says something about the kinds of event that it labels and nothing about the others: a
clip that is “normal” among fights may well show a crash. Only footage in which nothing happens at
all says “no” to every kind.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp
from typing import Any, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from crimeview.training.data.examples import NORMAL, Example


@dataclass(frozen=True, slots=True)
class Tasks:
    """The heads of a classifier: “normal” and one for each kind of event.

    `kinds` are in alphabetical order; `labeled` says by data set which of them it has labels for.
    """

    kinds: tuple[str, ...]
    labeled: Mapping[str, tuple[str, ...]]

    @property
    def heads(self) -> tuple[str, ...]:
        return (NORMAL, *self.kinds)

    def targets(self, data: str, label: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """For a window of a data set: 1 where a head should say yes, and 1 where it should learn.

        Both are (heads,). The head “normal” learns from everything.
        """
        known = self.labeled[data] or self.kinds
        wanted = np.array([head == label for head in self.heads], np.float32)
        learns = np.array([head == NORMAL or head in known for head in self.heads], np.float32)
        return wanted, learns


def find_tasks(examples: Sequence[Example]) -> Tasks:
    """The kinds of event that occur, and which data set has which."""
    labeled: dict[str, set[str]] = {}
    for example in examples:
        labeled.setdefault(example.data, set()).update({example.label} - {NORMAL})
    kinds = sorted(set().union(*labeled.values()))
    return Tasks(tuple(kinds), {data: tuple(sorted(labeled[data])) for data in sorted(labeled)})


def masked_loss(logits: Tensor, wanted: Tensor, learns: Tensor, *, margin: float) -> Tensor:
    """Binary cross-entropy of logits (N, heads), averaged where `learns` is 1.

    Targets are `margin` and 1 - `margin` in place of 0 and 1.
    """
    targets = wanted * (1 - 2 * margin) + margin
    losses = functional.binary_cross_entropy_with_logits(logits, targets, reduction="none")
    return (losses * learns).sum() / learns.sum().clamp(min=1)


def balanced_bias(wanted: Tensor, learns: Tensor) -> Tensor:
    """What to add to logits (heads,) for yes and no to be equally likely beforehand.

    From the targets (N, heads) of what was learned from; 0 for a head that only ever saw one.
    """
    share = (wanted * learns).sum(dim=0) / learns.sum(dim=0).clamp(min=1)
    return torch.where((share > 0) & (share < 1), -share.logit(), torch.zeros_like(share))


class SourceHead(nn.Module):
    """Tells from features which data set a clip is of, and trains the encoder not to show it.

    Gradient reversal: Ganin et al. 2016, section 4.2. The head itself learns as any other would.
    """

    def __init__(self, dimensions: int, sources: int) -> None:
        super().__init__()
        self.linear = nn.Linear(dimensions, sources)

    def forward(self, features: Tensor, weight: float) -> Tensor:
        """Logits (N, sources); what flows back into the features is turned and weighted."""
        reversed_ = cast("Tensor", _Reversed.apply(features, weight))  # type: ignore[no-untyped-call]
        return cast("Tensor", self.linear(reversed_))


def reversal_weight(share: float, largest: float) -> float:
    """How strongly to reverse when `share` of the training is done (Ganin et al., section 5.2.2).

    Nothing at first: as long as the source head knows nothing, what it says is noise.
    """
    return largest * (2 / (1 + exp(-10 * share)) - 1)


class _Reversed(torch.autograd.Function):
    """Forward the values as they are, backward the gradient times minus `weight`."""

    @staticmethod
    def forward(context: Any, values: Tensor, weight: float) -> Tensor:
        context.weight = weight
        return values.view_as(values)

    @staticmethod
    def backward(context: Any, gradient: Tensor) -> tuple[Tensor, None]:
        return -context.weight * gradient, None
