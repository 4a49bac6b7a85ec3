"""A projection learned without labels, after SLIC.

Khorasgani, Chen and Shkurti, “SLIC: Self-Supervised Learning with Iterative Clustering for Human
Action Videos”, CVPR 2022: group what there is by FINCH, then learn from triplets whose positives
are parts of one recording (neighboring times) and recordings of one cluster, whose negatives are
others; and again with the clusters of what was learned. Here on features that exist, with a linear
map, and by InfoNCE or by triplets.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, normalize, relu

from crimeview.core.embedding import Pooling, pooling_weights
from crimeview.core.job import Job, Step
from crimeview.training.segments.examples import Example, vectors
from crimeview.training.segments.frame import Views, fit_frame
from crimeview.training.segments.networks import Directions, FromVector

Floats = NDArray[np.float32]
Labels = NDArray[np.intp]
Cluster = Callable[[Floats], Labels]
Loss = Literal["contrast", "triplets"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlicRecipe:
    """How it is learned.

    In each of `rounds` the vectors are clustered anew and `steps` batches are learned from. A view
    is the mean of `window` neighboring clips, weighted by score; its positive is another view of
    the same recording, or, with the chance `across`, of one in the same cluster. `temperature` is
    that of InfoNCE, `margin` that of triplets.
    """

    directions: int = 256
    dimensions: int = 128
    rounds: int = 6
    steps: int = 30
    batch: int = 128
    window: int = 8
    across: float = 0.5
    loss: Loss = "contrast"
    temperature: float = 0.2
    margin: float = 0.2
    rate: float = 1e-4
    decay: float = 1e-2
    dropout: float = 0.2


def fit_slic(
    examples: Sequence[Example], *, cluster: Cluster, seed: int, recipe: SlicRecipe | None = None
) -> Job[nn.Module]:
    """Learn from the examples without their labels; `cluster` is FINCH's first partition.

    Gives a network from vectors (n, d) to vectors (n, dimensions) of length one. Raises ValueError
    where there are fewer than four examples.
    """
    recipe = recipe or SlicRecipe()
    if len(examples) < 4:
        raise ValueError("at least four examples are needed")
    frame = fit_frame(examples, count=recipe.directions)
    views = _Drawn(examples, Views(examples, frame), recipe, seed)
    whole = torch.from_numpy(frame.coordinates(vectors(examples)))
    learned = _network(whole.shape[1], recipe, seed)
    optimizer = torch.optim.AdamW(learned.parameters(), lr=recipe.rate, weight_decay=recipe.decay)
    for round_ in range(recipe.rounds):
        labels = cluster(_projected(learned, whole))
        learned.train()
        for step in range(recipe.steps):
            done = round_ * recipe.steps + step
            if step % 10 == 0:
                yield Step(done=done, total=recipe.rounds * recipe.steps, message="Fitting")
            one, other, rows = views.pair(labels)
            loss = _loss(learned(one), learned(other), labels[rows], recipe)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
    weight = _linear(learned).weight.detach().numpy()
    return Directions(FromVector(frame, weight, np.zeros(len(weight), np.float32))).eval()


def _network(size: int, recipe: SlicRecipe, seed: int) -> nn.Sequential:
    """It begins as the first coordinates themselves: what is not learned stays as it is."""
    torch.manual_seed(seed)
    linear = nn.Linear(size, min(recipe.dimensions, size), bias=False)
    with torch.no_grad():
        linear.weight.copy_(torch.eye(*linear.weight.shape))
    return nn.Sequential(nn.Dropout(recipe.dropout), linear)


def _linear(network: nn.Sequential) -> nn.Linear:
    last = network[-1]
    if not isinstance(last, nn.Linear):
        raise TypeError("the last layer must be linear")
    return last


def _projected(network: nn.Module, rows: Tensor) -> Floats:
    network.eval()
    with torch.inference_mode():
        found: Floats = normalize(network(rows), dim=-1).numpy()
    return found


def _loss(one: Tensor, other: Tensor, labels: Labels, recipe: SlicRecipe) -> Tensor:
    """Each row's positive is the row of that number; what is in its cluster is no negative."""
    alike = normalize(one, dim=-1) @ normalize(other, dim=-1).T
    same = torch.from_numpy(labels[:, None] == labels[None])
    if recipe.loss == "triplets":  # the hardest negative of the batch
        hardest = alike.masked_fill(same, -2.0).max(dim=1).values
        return relu(recipe.margin + hardest - alike.diagonal()).mean()
    itself = torch.eye(len(labels), dtype=torch.bool)
    logits = (alike / recipe.temperature).masked_fill(same & ~itself, -torch.inf)
    return cross_entropy(logits, torch.arange(len(labels)))


class _Drawn:
    """Batches of pairs of views."""

    def __init__(
        self, examples: Sequence[Example], views: Views, recipe: SlicRecipe, seed: int
    ) -> None:
        self._weights = [pooling_weights(e.scores, pooling=Pooling.SOFTMAX) for e in examples]
        self._views = views
        self._recipe = recipe
        self._random = np.random.default_rng(seed)

    def pair(self, labels: Labels) -> tuple[Tensor, Tensor, Labels]:
        """Two batches of views, row by row positives of each other, and the rows of the first."""
        count = min(self._recipe.batch, len(labels))
        rows = self._random.choice(len(labels), count, replace=False)
        across = self._random.random(count) < self._recipe.across
        partners = [
            self._random.choice(np.flatnonzero(labels == labels[row])) if far else row
            for row, far in zip(rows, across, strict=True)
        ]
        return self._batch(rows), self._batch(np.array(partners)), rows

    def _batch(self, rows: Labels) -> Tensor:
        return torch.from_numpy(np.stack([self._view(row) for row in rows]))

    def _view(self, row: int) -> Floats:
        weights = self._weights[row]
        start = int(self._random.integers(max(1, len(weights) - self._recipe.window + 1)))
        part = np.zeros_like(weights)
        part[start : start + self._recipe.window] = 1
        return self._views.coordinates(row, weights * part)
