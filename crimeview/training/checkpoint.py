"""Checkpoints: everything that the rest of a training run depends on, in one file."""

import os
import pickle
from pathlib import Path
from typing import Any, Protocol

import torch

from crimeview.core.errors import UsageError


class Stateful(Protocol):
    """Anything that has a state: network, optimizer, schedule, log."""

    def state_dict(self) -> dict[str, Any]: ...

    def load_state_dict(self, state_dict: dict[str, Any]) -> Any: ...


def save(path: Path, parts: dict[str, Stateful], *, done: int, key: str) -> None:
    """Write the parts' states, PyTorch's random state and the count of rounds done, atomically.

    `key` says what the run is of (data and recipe), so that another run's checkpoint is not taken.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_suffix(".tmp")
    stored = {
        "parts": {name: part.state_dict() for name, part in parts.items()},
        "random": torch.get_rng_state(),
        "random_cuda": torch.cuda.get_rng_state_all() if torch.cuda.is_available() else [],
        "done": done,
        "key": key,
    }
    with scratch.open("wb") as stream:
        torch.save(stored, stream)
        stream.flush()
        os.fsync(stream.fileno())
    scratch.replace(path)


def restore(path: Path, parts: dict[str, Stateful], *, key: str) -> int:
    """Put back what `save` wrote and give the rounds done; 0 if there is none of this key.

    Raises UsageError for a damaged file.
    """
    if not path.is_file():
        return 0
    try:
        stored = torch.load(path, weights_only=True, map_location="cpu")
    except (RuntimeError, OSError, EOFError, pickle.UnpicklingError) as error:
        raise UsageError(
            f"The checkpoint {path} is damaged; delete it, and that part of the training is done "
            "anew."
        ) from error
    if stored["key"] != key:
        return 0
    for name, part in parts.items():
        part.load_state_dict(stored["parts"][name])
    torch.set_rng_state(stored["random"])
    if len(stored["random_cuda"]) == torch.cuda.device_count():
        torch.cuda.set_rng_state_all(stored["random_cuda"])
    return int(stored["done"])
