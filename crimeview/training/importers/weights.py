"""Taking a network's weights out of a file: names, shapes, numbers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from crimeview.core.errors import ModelError

_LISTED = 4  # names that a sentence mentions


@dataclass(frozen=True, slots=True)
class Wanted:
    """A tensor that a file must have: its name there, its shape there."""

    name: str
    shape: tuple[int, ...]


def take_weights(
    tensors: Mapping[str, Tensor],
    wanted: Mapping[str, Wanted],
    *,
    title: str,
    unused: Collection[str] = (),
) -> dict[str, Tensor]:
    """The tensors of `wanted` under its keys, in float32.

    `title` names file and network in sentences, `unused` are names that may be there and are not
    taken. Raises ModelError where one is missing or has another shape or numbers that are not
    finite, and where there are others, for then it is another network.
    """
    missing = [w.name for w in wanted.values() if w.name not in tensors]
    if missing:
        raise ModelError(
            f"{title} is incomplete: {listed(missing)} missing (it has {listed(tensors)}); get the "
            "file again."
        )
    known = {w.name for w in wanted.values()} | set(unused)
    if others := [name for name in tensors if name not in known]:
        raise ModelError(
            f"{title} has weights that the published network has not ({listed(others)}), so it is "
            "another network; import the published weights, or export yours to ONNX and write a "
            "manifest."
        )
    return {key: _taken(tensors[w.name], w, title) for key, w in wanted.items()}


def listed(names: Collection[str]) -> str:
    """Some names for a sentence, and how many more there are."""
    first = [str(name) for name in list(names)[:_LISTED]]
    more = len(names) - len(first)
    return ", ".join(first) + (f" and {more} more" if more else "")


def _taken(tensor: Tensor, wanted: Wanted, title: str) -> Tensor:
    if tuple(tensor.shape) != wanted.shape or not tensor.is_floating_point():
        raise ModelError(
            f"{title} does not fit: {wanted.name} must be {_shape(wanted.shape)} floating-point "
            f"numbers, but is {_shape(tensor.shape)} of {str(tensor.dtype).removeprefix('torch.')};"
            " import the published weights."
        )
    taken = tensor.detach().to(torch.float32)
    if not torch.isfinite(taken).all():
        raise ModelError(
            f"{title} is damaged: {wanted.name} has numbers that are not finite; get the file "
            "again."
        )
    return taken


def _shape(shape: tuple[int, ...]) -> str:
    return "×".join(map(str, shape)) or "1"
