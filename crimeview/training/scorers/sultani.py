"""Multiple-instance ranking as published: Sultani et al. 2018 and its authors' own code."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from crimeview.core.job import Job, Step
from crimeview.training.mil import ranking_loss
from crimeview.training.scorers.bag import BatchDraw, LabeledBag
from crimeview.training.scorers.brief_linear import BriefLinear


@dataclass(frozen=True, slots=True, kw_only=True)
class SultaniRecipe:
    """Section 4.2: Adagrad at 0.01, `bags` of each label a batch.

    `decay` is the authors' penalty on squared weights, against a loss that they sum over the
    anomalous bags where ours is a mean; `iterations` are few because more only fit the bags by
    heart.
    """

    iterations: int = 300
    bags: int = 32
    rate: float = 0.01
    decay: float = 0.001


class RankingScorer(nn.Module):
    """Features (n, d) to logits (n,): d-512-32-1, section 3.3, on features of length one.

    ReLU after the first layer, dropout of 0.6 after the first two. The sigmoid that the paper ends
    with is left to the loss and the calibration.
    """

    def __init__(self, dimensions: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            BriefLinear(dimensions, 512),
            nn.ReLU(),
            nn.Dropout(0.6),
            nn.Linear(512, 32),
            nn.Dropout(0.6),
            nn.Linear(32, 1),
        )
        for layer in self.layers:
            if isinstance(layer, nn.Linear):
                nn.init.xavier_normal_(layer.weight)
                nn.init.zeros_(layer.bias)

    def forward(self, features: Tensor) -> Tensor:
        logits: Tensor = self.layers(nn.functional.normalize(features, dim=-1))
        return logits.squeeze(-1)


def fit_sultani(
    bags: Sequence[LabeledBag], *, seed: int, recipe: SultaniRecipe | None = None
) -> Job[nn.Module]:
    """Fit on bags of equally many segments (32 in the paper); raises ValueError."""
    recipe = recipe or SultaniRecipe()
    torch.manual_seed(seed)
    draw = BatchDraw(bags, seed=seed)
    scorer = RankingScorer(draw.dimensions).train()
    weights = [p for p in scorer.parameters() if p.dim() > 1]
    optimizer = torch.optim.Adagrad(scorer.parameters(), lr=recipe.rate)
    for iteration in range(recipe.iterations):
        anomalous, normal = torch.sigmoid(scorer(draw.draw(recipe.bags))).chunk(2)
        penalty = torch.stack([w.square().sum() for w in weights]).sum()
        loss = ranking_loss(anomalous, normal) + recipe.decay / recipe.bags * penalty
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        yield Step(done=iteration + 1, total=recipe.iterations, message="Fitting the scorer")
    return scorer.eval()
