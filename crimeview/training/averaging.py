"""The exponential moving average of a network's weights (Polyak averaging)."""

from typing import Any, cast

import torch
from torch import Tensor, nn


class WeightAverage:
    """An average over the steps of a training run; early ones weigh less than `decay` says.

    At step n the decay is at most (n + 1) / (n + 10), so that a short run does not keep the random
    weights it began with. Counters, such as those of batch norm, are taken as they are.
    """

    def __init__(self, network: nn.Module, *, decay: float) -> None:
        self._decay, self._steps = decay, 0
        self._weights = {name: value.clone() for name, value in network.state_dict().items()}

    def update(self, network: nn.Module) -> None:
        """Take in the weights after one step."""
        self._steps += 1
        decay = min(self._decay, self._steps / (self._steps + 9))
        with torch.no_grad():
            for name, value in network.state_dict().items():
                if value.dtype.is_floating_point:
                    self._weights[name].mul_(decay).add_(value, alpha=1 - decay)
                else:
                    self._weights[name].copy_(value)

    def weights(self) -> dict[str, Tensor]:
        """A copy of the averages, for the network's `load_state_dict`."""
        return {name: value.clone() for name, value in self._weights.items()}

    def state_dict(self) -> dict[str, Any]:
        return {"steps": self._steps, "weights": self._weights}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        self._steps = int(state_dict["steps"])
        stored = cast("dict[str, Tensor]", state_dict["weights"])
        for name, value in self._weights.items():
            value.copy_(stored[name])
