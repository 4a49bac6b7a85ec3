"""Which weights decay, when the rate changes and a run ends, how large its pictures are."""

from typing import Any, cast

import torch
from torch import Tensor, nn

from crimeview.training.recipe import EncoderRecipe

_STEPS = 100  # of a cycle's learning rate in an epoch
_FALL = 1 / 3  # of the rate on a plateau


class OneCycle:
    """The rate rises and falls once over a run of known length (Smith and Topin 2018).

    It moves by shares of an epoch instead of by batches, for epochs differ by a few windows.
    """

    def __init__(self, optimizer: torch.optim.Optimizer, recipe: EncoderRecipe) -> None:
        self._schedule = torch.optim.lr_scheduler.OneCycleLR(
            optimizer,
            max_lr=recipe.peak_rate,
            total_steps=recipe.epochs * _STEPS + 1,
            pct_start=recipe.warm_up,
        )

    def advance(self, epochs: float) -> None:
        """Go to where the rate is after so many epochs."""
        while self._schedule.last_epoch < int(epochs * _STEPS):
            self._schedule.step()

    def state_dict(self) -> dict[str, Any]:
        return self._schedule.state_dict()

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        self._schedule.load_state_dict(state_dict)


class EarlyStop:
    """Watches the validation loss: lowers the rate on a plateau, ends the run, keeps the best."""

    def __init__(self, optimizer: torch.optim.Optimizer, recipe: EncoderRecipe) -> None:
        self._plateau = torch.optim.lr_scheduler.ReduceLROnPlateau(
            optimizer, factor=_FALL, patience=recipe.plateau
        )
        self._patience = recipe.patience
        self._waited, self._loss = 0, float("inf")
        self._best: dict[str, Tensor] = {}

    @property
    def is_over(self) -> bool:
        return self._waited >= self._patience

    @property
    def best(self) -> dict[str, Tensor]:
        """The weights of the epoch with the lowest loss."""
        return self._best

    def take(self, loss: float, weights: dict[str, Tensor]) -> None:
        """Take in an epoch's validation loss and the weights that it was measured with."""
        self._plateau.step(loss)
        self._waited += 1
        if loss < self._loss:
            self._loss, self._waited = loss, 0
            self._best = {name: value.clone() for name, value in weights.items()}

    def state_dict(self) -> dict[str, Any]:
        return {
            "plateau": self._plateau.state_dict(),
            "waited": self._waited,
            "loss": self._loss,
            "best": self._best,
        }

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        self._plateau.load_state_dict(state_dict["plateau"])
        self._waited, self._loss = int(state_dict["waited"]), float(state_dict["loss"])
        self._best = cast("dict[str, Tensor]", state_dict["best"])


def size_at(epoch: int, *, epochs: int, sizes: tuple[int, ...]) -> int:
    """The side (pixels) of an epoch's pictures: each size for an equal share of the epochs."""
    return sizes[min(len(sizes) - 1, epoch * len(sizes) // epochs)]


def weight_groups(model: nn.Module, recipe: EncoderRecipe) -> list[dict[str, object]]:
    """Biases and batch norms do not decay."""
    weights = list(model.parameters())
    return [
        {"params": [w for w in weights if w.ndim > 1], "weight_decay": recipe.weight_decay},
        {"params": [w for w in weights if w.ndim <= 1], "weight_decay": 0.0},
    ]
