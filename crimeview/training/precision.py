"""Where a network is trained, and in which arithmetic."""

from contextlib import AbstractContextManager
from typing import cast

import torch

from crimeview.core.errors import CrimeviewError, UsageError
from crimeview.training.choices import DeviceName, PrecisionName


class DivergedError(CrimeviewError):
    """A training run whose loss is no longer a number."""


class Arithmetic:
    """The device and number format of a training run.

    Raises UsageError for a GPU that is not there, and for half precision on a CPU, where bfloat16
    turned a loss into NaN within an epoch.
    """

    def __init__(self, device: DeviceName = "auto", precision: PrecisionName = "auto") -> None:
        self.device = _device(device)
        self._format = _format(self.device, precision)
        # Only float16 has so small a range that gradients vanish in it.
        self.scaler = torch.amp.GradScaler(self.device.type, enabled=self._format is torch.float16)

    def forward_pass(self) -> AbstractContextManager[None]:
        """Within it forward passes are computed in this format."""
        return cast(
            "AbstractContextManager[None]",
            torch.autocast(
                self.device.type,
                dtype=self._format or torch.bfloat16,
                enabled=self._format is not None,
            ),
        )


def check_loss(loss: float) -> float:
    """The loss; raises DivergedError where it is not a number."""
    if not abs(loss) < float("inf"):  # also for NaN
        raise DivergedError(
            "The training diverged: its loss is no longer a number; "
            "try --precision fp32, or fewer data sets to find the clip that does it."
        )
    return loss


def _device(name: DeviceName) -> torch.device:
    there = torch.cuda.is_available()
    if name == "cuda" and not there:
        raise UsageError("PyTorch finds no CUDA device here; leave --device out to use the CPU.")
    return torch.device("cuda" if there and name != "cpu" else "cpu")


def _format(device: torch.device, name: PrecisionName) -> torch.dtype | None:
    """None is float32 throughout."""
    if device.type == "cpu":
        if name in ("fp16", "bf16"):
            raise UsageError("Half precision diverges on a CPU; leave --precision out.")
        return None
    if name == "auto":
        name = "bf16" if torch.cuda.is_bf16_supported() else "fp16"
    return {"fp32": None, "fp16": torch.float16, "bf16": torch.bfloat16}[name]
