"""The multiple-instance ranking loss of Sultani et al. 2018."""

import torch
from torch import Tensor


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
