"""PyTorch checkpoints: the tensors in them by name, and nothing else.

A checkpoint is a pickle, and a pickle is a program. Only torch's weights-only loader reads it here,
which runs nothing but what builds tensors. A checkpoint of a whole network names the classes of its
layers as well: for those of an anomaly scorer the loader is given classes without any code, so that
its tensors can be read like all others.
"""

import re
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import torch
from torch import Tensor

from crimeview.core.errors import ModelError
from crimeview.training.importers.source import Source

_WRAPPERS = ("state_dict", "model_state_dict", "model", "net")
_PARALLEL = "module."  # before each name in what DataParallel saved
_SCORER_CLASS = re.compile(
    r"(\w+\.)*AnomalyDetector|torch\.nn\.modules\.(linear\.Linear|activation\.(ReLU|Sigmoid)"
    r"|dropout\.Dropout)|torch\.nn\.parallel\.data_parallel\.DataParallel"
)


class _Layer:
    """Stands for a layer's class while a whole network is read: it holds what it is given."""


def read_checkpoint(source: Source) -> dict[str, Tensor]:
    """The tensors of a checkpoint by name, on the CPU, as stored; large files stay on disk.

    Names lose the prefixes of DataParallel; dictionaries such as {"state_dict": ...} are opened.
    Raises ModelError for what is no checkpoint, has no named tensors, or asks for code.
    """
    content = _opened(_loaded(source))
    tensors = {str(name): value for name, value in content if isinstance(value, Tensor)}
    if not tensors:
        raise ModelError(
            f"{source.title} is a PyTorch file without named weights; save the network's "
            "state_dict() and import that."
        )
    while all(name.startswith(_PARALLEL) for name in tensors):
        tensors = {name.removeprefix(_PARALLEL): value for name, value in tensors.items()}
    return tensors


def _loaded(source: Source) -> object:
    zipped = zipfile.is_zipfile(source.path)
    layers: list[Callable[..., Any] | tuple[Callable[..., Any], str]] = [
        (_Layer, name) for name in sorted(_classes(source) if zipped else ())
    ]
    try:
        with warnings.catch_warnings(), torch.serialization.safe_globals(layers):
            warnings.simplefilter("ignore")  # about old formats, which are read all the same
            return torch.load(source.path, map_location="cpu", weights_only=True, mmap=zipped)
    except Exception as error:  # a damaged pickle can raise anything
        raise _refusal(source, str(error)) from error


def _classes(source: Source) -> set[str]:
    """The classes of a scorer's layers that the file names; it is not loaded for that."""
    try:
        named = torch.serialization.get_unsafe_globals_in_checkpoint(source.path)
    except Exception:  # whatever is wrong with it, loading says it
        return set()
    return {name for name in named if _SCORER_CLASS.fullmatch(name)}


def _refusal(source: Source, reason: str) -> ModelError:
    asked = re.search(r"GLOBAL (\S+)", reason)
    if asked is not None:
        return ModelError(
            f"{source.title} was not loaded, and nothing in it was run, for it asks to run code "
            f"({asked[1]}) beside its weights; use it only where you trust its maker, to save its "
            "state_dict() alone, and import that."
        )
    if "TorchScript" in reason:
        return ModelError(
            f"{source.title} is a TorchScript program; save the network's state_dict() and import "
            "that."
        )
    return ModelError(
        f"{source.title} cannot be read as a PyTorch checkpoint; it may be damaged or of another "
        "kind: copy it again, or save the network's state_dict() and import that."
    )


def _opened(loaded: object) -> Iterator[tuple[object, object]]:
    """Names and values inside what was loaded."""
    if isinstance(loaded, _Layer):
        yield from _parameters(loaded, "")
        return
    if not isinstance(loaded, Mapping):
        return
    for wrapper in _WRAPPERS:
        if isinstance(loaded.get(wrapper), Mapping | _Layer):
            yield from _opened(loaded[wrapper])
            return
    yield from loaded.items()


def _parameters(layer: _Layer, prefix: str) -> Iterator[tuple[str, object]]:
    state: dict[str, Any] = vars(layer)
    for name, value in (state.get("_parameters") or {}).items():
        yield f"{prefix}{name}", value
    for name, child in (state.get("_modules") or {}).items():
        if isinstance(child, _Layer):
            yield from _parameters(child, f"{prefix}{name}.")
