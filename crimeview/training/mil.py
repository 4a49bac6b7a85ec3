"""Multiple-instance ranking: the scorer of Sultani et al. 2018 and its loss."""

import math

import torch
from torch import Tensor, nn

SEGMENTS = 32  # instances a bag


class MilScorer(nn.Module):
    """Features (n, d) to scores (n,) in 0..1: fully connected d-512-32-1, section 3.3.

    ReLU after the first layer, sigmoid after the last, dropout of 0.6 between. Features are
    standardized first, with the mean and deviation of the training features, which the network
    keeps, and scaled to a length of about one. Sultani et al. make it exactly one, which blows up
    the noise of what hardly moves and gave worse figures here.
    """

    mean: Tensor
    deviation: Tensor

    def __init__(self, features: Tensor) -> None:
        """`features` (n, d) are the training features that mean and deviation are taken from."""
        super().__init__()
        self.register_buffer("mean", features.mean(dim=0))
        self.register_buffer("deviation", features.std(dim=0).clamp(min=1e-6))
        self.layers = nn.Sequential(
            nn.Linear(features.shape[1], 512),
            nn.ReLU(),
            nn.Dropout(0.6),
            nn.Linear(512, 32),
            nn.Dropout(0.6),
            nn.Linear(32, 1),
            nn.Sigmoid(),
        )
        for layer in self.layers:
            if isinstance(layer, nn.Linear):
                nn.init.xavier_normal_(layer.weight)
                nn.init.zeros_(layer.bias)

    def forward(self, features: Tensor) -> Tensor:
        standard = (features - self.mean) / self.deviation
        scores: Tensor = self.layers(standard / math.sqrt(features.shape[-1]))
        return scores.squeeze(-1)


def ranking_loss(
    anomalous: Tensor, normal: Tensor, *, smoothness: float = 8e-5, sparsity: float = 8e-5
) -> Tensor:
    """Equations 4 to 6: hinge on the bags' highest scores, smoothness and sparsity.

    `anomalous` and `normal` are scores (bags, instances), instances in the order of time. Every
    anomalous bag is held against every normal one; the two other terms concern anomalous bags only.
    The result is the mean over pairs plus the mean over bags.
    """
    highest, rival = anomalous.amax(dim=1), normal.amax(dim=1)
    hinge = torch.relu(1 - highest[:, None] + rival[None, :]).mean()
    jumps = (anomalous[:, 1:] - anomalous[:, :-1]).square().sum(dim=1).mean()
    total = anomalous.sum(dim=1).mean()
    return hinge + smoothness * jumps + sparsity * total


def weight_penalty(scorer: MilScorer) -> Tensor:
    """Equation 7: the Frobenius norm of all weights together."""
    weights = [p for p in scorer.parameters() if p.dim() > 1]
    return torch.sqrt(torch.stack([w.square().sum() for w in weights]).sum())
