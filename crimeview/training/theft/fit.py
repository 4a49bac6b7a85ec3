"""Fitting a sequence classifier: a few dozen windows, a few seconds."""

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from crimeview.training.choices import RecurrentName
from crimeview.training.theft.network import SequenceNet

_REPORT = 10  # epochs
_PEAK_RATE, _DECAY, _CLIP = 6e-3, 0.05, 5.0
_SOFT = 0.05  # targets are this far from 0 and 1
_NOISE = 0.03  # half heights of the person
_DROPPED = 0.1  # of the frames of a window are taken away while training


@dataclass(frozen=True, slots=True, kw_only=True)
class SequenceRecipe:
    """Which network, how long it is trained, from which seed."""

    kind: RecurrentName = "lstm"
    epochs: int = 120
    seed: int = 0


def fit_sequences(
    windows: NDArray[np.float32], positive: NDArray[np.bool_], *, recipe: SequenceRecipe
) -> Generator[int, None, SequenceNet]:
    """Fit on windows (n, frames, d); yields the epochs done and gives the network, to be used.

    All windows are one batch. Classes weigh the same however many windows each has.
    """
    torch.manual_seed(recipe.seed)
    values = torch.from_numpy(windows)
    targets = torch.from_numpy(positive.astype(np.float32))
    weights = _balanced(targets)
    network = SequenceNet(recipe.kind, like=values)
    optimizer = torch.optim.AdamW(network.parameters(), lr=_PEAK_RATE, weight_decay=_DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, _PEAK_RATE, total_steps=recipe.epochs)
    network.train()
    for epoch in range(recipe.epochs):
        logits = network(_disturbed(values))[:, 0]
        soft = targets * (1 - 2 * _SOFT) + _SOFT
        loss = nn.functional.binary_cross_entropy_with_logits(logits, soft, weight=weights)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(network.parameters(), _CLIP)
        optimizer.step()
        schedule.step()
        if epoch % _REPORT == 0:
            yield epoch
    return network.eval()


def logits_of(network: SequenceNet, windows: NDArray[np.float32]) -> NDArray[np.float64]:
    """(n,) for windows (n, frames, d)."""
    with torch.inference_mode():
        logits: torch.Tensor = network(torch.from_numpy(windows))
    return np.asarray(logits[:, 0].numpy(), np.float64)


def _balanced(targets: torch.Tensor) -> torch.Tensor:
    share = targets.mean().clamp(0.01, 0.99)
    return torch.where(targets > 0, 0.5 / share, 0.5 / (1 - share))


def _disturbed(values: torch.Tensor) -> torch.Tensor:
    """Landmarks a little elsewhere, and some frames without any: what masks are for."""
    noisy = values.clone()
    noisy[..., :-1] += torch.randn_like(noisy[..., :-1]) * _NOISE * values[..., -1:]
    kept = (torch.rand(values.shape[:2]) >= _DROPPED).float()
    return noisy * kept[..., None]
