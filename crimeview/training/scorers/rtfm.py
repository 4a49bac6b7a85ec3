"""Feature magnitudes with temporal attention, after RTFM (Tian et al. 2021)."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from crimeview.core.job import Job, Step
from crimeview.training.scorers.bag import BatchDraw, LabeledBag
from crimeview.training.scorers.brief_linear import BriefLinear

_WIDTH, _HIDDEN, _REACH = 512, 64, 4  # features inside, of the classifier, rows to either side


@dataclass(frozen=True, slots=True, kw_only=True)
class RtfmRecipe:
    """Section 4.2 with fewer iterations, for fewer recordings; `bags` of each label a batch.

    The `top` segments of a bag by magnitude speak for it. `margin` is where the magnitude of
    anomalous bags is pulled to, `magnitude` the weight of that term.
    """

    iterations: int = 60
    bags: int = 32
    rate: float = 5e-4
    decay: float = 5e-3
    top: int = 3
    margin: float = 100.0
    magnitude: float = 1e-4
    sparsity: float = 8e-5
    smoothness: float = 8e-5


class WindowAttention(nn.Module):
    """Features (..., n, d) plus what each row finds in the rows near it, by attention.

    A row sees `reach` rows to either side, the ends repeated outwards, where RTFM's attention sees
    them all: memory grows with n, not with its square.
    """

    def __init__(self, dimensions: int, *, reach: int) -> None:
        super().__init__()
        self._reach = reach
        self._scale = (dimensions // 4) ** -0.5
        self.query = nn.Linear(dimensions, dimensions // 4)
        self.key = nn.Linear(dimensions, dimensions // 4)
        self.value = nn.Linear(dimensions, dimensions)

    def forward(self, features: Tensor) -> Tensor:
        query, keys, values = self.query(features), self.key(features), self.value(features)
        padded_keys, padded_values = self._padded(keys), self._padded(values)
        near = [
            (query * self._shifted(padded_keys, features, shift)).sum(dim=-1) * self._scale
            for shift in range(2 * self._reach + 1)
        ]
        chances = torch.softmax(torch.stack(near, dim=-1), dim=-1)
        found = features
        for shift in range(2 * self._reach + 1):
            value = self._shifted(padded_values, features, shift)
            found = found + chances[..., shift : shift + 1] * value
        return found

    def _padded(self, rows: Tensor) -> Tensor:
        first, last = rows[..., :1, :], rows[..., -1:, :]
        return torch.cat([first] * self._reach + [rows] + [last] * self._reach, dim=-2)

    def _shifted(self, padded: Tensor, like: Tensor, shift: int) -> Tensor:
        return padded[..., shift : shift + like.shape[-2], :]


class MagnitudeScorer(nn.Module):
    """Features (..., n, d) to logits (..., n), by way of features whose length tells an event."""

    def __init__(self, dimensions: int) -> None:
        super().__init__()
        self.reduce = nn.Sequential(BriefLinear(dimensions, _WIDTH), nn.ReLU(), nn.Dropout(0.7))
        self.attention = WindowAttention(_WIDTH, reach=_REACH)
        self.classify = nn.Sequential(
            nn.Dropout(0.7), nn.Linear(_WIDTH, _HIDDEN), nn.ReLU(), nn.Linear(_HIDDEN, 1)
        )
        for layer in self.modules():
            if isinstance(layer, nn.Linear):
                nn.init.xavier_uniform_(layer.weight)
                nn.init.zeros_(layer.bias)

    def embed(self, features: Tensor) -> Tensor:
        """Features (..., n, 512), at least 0, that magnitudes are taken of."""
        return torch.relu(self.attention(self.reduce(nn.functional.normalize(features, dim=-1))))

    def forward(self, features: Tensor) -> Tensor:
        logits: Tensor = self.classify(self.embed(features))
        return logits.squeeze(-1)


def magnitude_loss(embedded: Tensor, logits: Tensor, *, recipe: RtfmRecipe) -> Tensor:
    """Equations 5 to 7 of a batch (2 b, n, ...), the first b bags anomalous.

    The bags' `top` rows by magnitude are taken: their mean magnitude is pulled to the margin for
    anomalous bags and to 0 for others, their mean score is held against the label.
    """
    picked = embedded.norm(dim=-1).topk(recipe.top, dim=1).indices
    rows = embedded.gather(1, picked[..., None].expand(-1, -1, embedded.shape[-1]))
    strong, weak = rows.mean(dim=1).norm(dim=-1).chunk(2)
    far = ((recipe.margin - strong).abs() + weak).square().mean()
    scores = torch.sigmoid(logits)
    chance = scores.gather(1, picked).mean(dim=1).clamp(1e-6, 1 - 1e-6)
    wanted = torch.cat([torch.ones(len(strong)), torch.zeros(len(weak))])
    anomalous = scores[: len(strong)]
    jumps = (anomalous[:, 1:] - anomalous[:, :-1]).square().sum(dim=1).mean()
    loss: Tensor = (
        nn.functional.binary_cross_entropy(chance, wanted)
        + recipe.magnitude * far
        + recipe.smoothness * jumps
        + recipe.sparsity * anomalous.sum(dim=1).mean()
    )
    return loss


def fit_rtfm(
    bags: Sequence[LabeledBag], *, seed: int, recipe: RtfmRecipe | None = None
) -> Job[nn.Module]:
    """Fit on bags of equally many segments, at least `top`; raises ValueError."""
    recipe = recipe or RtfmRecipe()
    torch.manual_seed(seed)
    draw = BatchDraw(bags, seed=seed)
    scorer = MagnitudeScorer(draw.dimensions).train()
    optimizer = torch.optim.AdamW(scorer.parameters(), lr=recipe.rate, weight_decay=recipe.decay)
    for iteration in range(recipe.iterations):
        embedded = scorer.embed(draw.draw(recipe.bags))
        logits = scorer.classify(embedded).squeeze(-1)
        loss = magnitude_loss(embedded, logits, recipe=recipe)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        yield Step(done=iteration + 1, total=recipe.iterations, message="Fitting the scorer")
    return scorer.eval()
