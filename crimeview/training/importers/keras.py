"""Sultani's own scorer: weights in a MATLAB file and, beside it, Keras 1's `model.json`.

`TrainingAnomalyDetector_public.py` of WaqasSultani/AnomalyDetectionCVPR2018 saves a cell array for
each layer, under the layer's number: empty for dropout, else the weights (in, out) and the biases
(1, out). `Test_Anomaly_Detector_public.py` reads them back.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.io import loadmat
from torch import Tensor

from crimeview.core.errors import ModelError
from crimeview.training.importers.imported import Imported
from crimeview.training.importers.scorer import ACTIVATIONS, SIZES, import_scorer
from crimeview.training.importers.source import Source
from crimeview.training.importers.weights import listed

TITLE = "the scorer of WaqasSultani/AnomalyDetectionCVPR2018"
_DENSE = ("0", "2", "4")  # between them dropout, which has no weights
_ARCHITECTURE = "model.json"


def import_keras(source: Source, *, architecture: Path | None) -> Imported:
    """The scorer from a MATLAB file; raises ModelError.

    `architecture` is the model.json to check it against; None takes the one beside the file, or the
    published layers where there is none.
    """
    beside = source.path.parent / _ARCHITECTURE
    described = architecture or (beside if beside.is_file() else None)
    if described is not None:
        _check_architecture(described)
    return import_scorer(_tensors(source), _DENSE, source, name="mil-sultani", what=TITLE)


def _tensors(source: Source) -> dict[str, Tensor]:
    try:
        content: dict[str, Any] = loadmat(source.path)
    except Exception as error:  # a damaged file can raise anything
        raise ModelError(
            f"{source.title} is a MATLAB file that cannot be read; copy it again."
        ) from error
    names = [name for name in content if not name.startswith("__")]
    layers = {name: _cells(content[name]) for name in names}
    dense = {name: cells for name, cells in layers.items() if cells}
    if tuple(dense) != _DENSE or any(len(cells) != 2 for cells in dense.values()):
        raise ModelError(
            f"{source.title} is a MATLAB file, but not {TITLE}: that has weights and biases under "
            f"{', '.join(_DENSE)}, this has {listed(names) or 'nothing'}; give the file of the "
            "weights, such as weights_L1L2.mat."
        )
    tensors: dict[str, Tensor] = {}
    for name, (weight, bias) in dense.items():
        tensors[f"{name}.weight"] = _tensor(weight.T)
        tensors[f"{name}.bias"] = _tensor(bias).reshape(-1)
    return tensors


def _cells(value: object) -> list[NDArray[Any]]:
    """The arrays in a cell array; none where it is something else."""
    if not isinstance(value, np.ndarray) or value.dtype != object:
        return []
    return [cell for cell in value.ravel() if isinstance(cell, np.ndarray)]


def _tensor(array: NDArray[Any]) -> Tensor:
    if array.dtype.kind not in "fiu":
        return torch.zeros(array.shape, dtype=torch.bool)  # refused as no floating-point numbers
    return torch.from_numpy(np.ascontiguousarray(array, np.float32))


def _check_architecture(path: Path) -> None:
    """Raise ModelError unless the file describes the published layers."""
    try:
        layers = _dense_layers(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(
            f"“{path.name}” does not describe a network as Keras does; give the model.json that "
            "was published beside the weights."
        ) from error
    wanted = list(zip(SIZES[1:], ACTIVATIONS, strict=True))
    if layers != wanted:
        raise ModelError(
            f"“{path.name}” describes {_layers_text(layers)}, but {TITLE} has "
            f"{_layers_text(wanted)}; give the model.json that was published beside the weights."
        )


def _dense_layers(model: Mapping[str, Any]) -> list[tuple[int, str]]:
    """Outputs and activation of each dense layer, in Keras 1's words or Keras 2's."""
    config = model["config"]
    layers = config["layers"] if isinstance(config, Mapping) else config
    found = []
    for layer in layers:
        if layer["class_name"] in ("Dropout", "InputLayer"):
            continue
        about = layer["config"]
        found.append((about.get("output_dim", about.get("units")), about.get("activation")))
    return found


def _layers_text(layers: Sequence[tuple[object, object]]) -> str:
    return ", ".join(f"{outputs} {activation}" for outputs, activation in layers) or "no layers"
