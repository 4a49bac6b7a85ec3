"""Mixup (Zhang et al. 2018): clips laid over one another, and their targets mixed as much."""

import numpy as np
import torch
from torch import Tensor


def mix_up(
    clips: Tensor, targets: Tensor, *, alpha: float, random: np.random.Generator
) -> tuple[Tensor, Tensor]:
    """Each clip (N, ...) with another of the batch, by a share from Beta(alpha, alpha).

    `targets` (N, k) are soft: probabilities. With `alpha` 0 everything stays as it is.
    """
    if not alpha:
        return clips, targets
    share = torch.from_numpy(random.beta(alpha, alpha, len(clips)))
    other = torch.from_numpy(random.permutation(len(clips))).to(clips.device)
    return _mixed(clips, clips[other], share), _mixed(targets, targets[other], share)


def _mixed(one: Tensor, other: Tensor, share: Tensor) -> Tensor:
    weight = share.to(one).reshape(-1, *[1] * (one.ndim - 1))
    return weight * one + (1 - weight) * other
