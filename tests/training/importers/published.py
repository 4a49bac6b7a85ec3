"""Networks and files as their makers publish them, written anew from their descriptions.

Names and shapes are those of DavideA/c3d-pytorch, mmaction2, WaqasSultani/AnomalyDetectionCVPR2018
and ekosman/AnomalyDetectionCVPR2018-Pytorch. Nothing here is crimeview's.
"""

import json
import math
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.io import savemat
from torch import Tensor, nn
from torch.nn import functional

_CONVOLUTIONS = (
    (3, 64),
    (64, 128),
    (128, 256),
    (256, 256),
    (256, 512),
    (512, 512),
    (512, 512),
    (512, 512),
)
_DAVIDEA = ("conv1", "conv2", "conv3a", "conv3b", "conv4a", "conv4b", "conv5a", "conv5b")
_MMACTION2 = ("conv1a", "conv2a", "conv3a", "conv3b", "conv4a", "conv4b", "conv5a", "conv5b")
_POOLED = (0, 1, 3, 5, 7)


class PublishedC3D(nn.Module):
    """C3D with layers called as in DavideA/c3d-pytorch."""

    def __init__(self) -> None:
        super().__init__()
        for name, (wide, narrow) in zip(_DAVIDEA, _CONVOLUTIONS, strict=True):
            self.add_module(name, nn.Conv3d(wide, narrow, kernel_size=3, padding=1))
        self.fc6 = nn.Linear(8192, 4096)
        self.fc7 = nn.Linear(4096, 4096)
        self.fc8 = nn.Linear(4096, 487)

    def forward(self, clips: Tensor) -> Tensor:
        """Clips (N, 3, 16, 112, 112) to fc6 after its ReLU (N, 4096)."""
        values = clips
        for number, name in enumerate(_DAVIDEA):
            values = functional.relu(self.get_submodule(name)(values))
            if number in _POOLED:
                size = (1, 2, 2) if number == 0 else (2, 2, 2)
                padding = (0, 1, 1) if number == 7 else (0, 0, 0)
                values = functional.max_pool3d(values, size, size, padding)
        return functional.relu(self.fc6(values.view(-1, 8192)))


class AnomalyDetector(nn.Module):
    """The scorer with layers called as in ekosman/AnomalyDetectionCVPR2018-Pytorch."""

    def __init__(self) -> None:
        super().__init__()
        self.fc1 = nn.Linear(4096, 512)
        self.relu1 = nn.ReLU()
        self.dropout1 = nn.Dropout(0.6)
        self.fc2 = nn.Linear(512, 32)
        self.dropout2 = nn.Dropout(0.6)
        self.fc3 = nn.Linear(32, 1)
        self.sig = nn.Sigmoid()

    def forward(self, features: Tensor) -> Tensor:
        values = self.dropout1(self.relu1(self.fc1(features)))
        return self.sig(self.fc3(self.dropout2(self.fc2(values))))


def c3d_shapes() -> dict[str, tuple[int, ...]]:
    """All names and shapes of the DavideA checkpoint."""
    with torch.device("meta"):
        return {name: tuple(t.shape) for name, t in PublishedC3D().state_dict().items()}


def random_c3d() -> dict[str, Tensor]:
    """A DavideA checkpoint whose features of 0 to 255 pixels are of the order of 1.

    What comes after fc6 has names and shapes and takes no room.
    """
    torch.manual_seed(0)
    tensors = lazy(c3d_shapes())
    for name, (wide, _) in zip(_DAVIDEA, _CONVOLUTIONS, strict=True):
        spread = math.sqrt(2 / (27 * wide)) / (255 if name == "conv1" else 1)
        tensors[f"{name}.weight"] = torch.empty(c3d_shapes()[f"{name}.weight"]).normal_(0, spread)
    tensors["fc6.weight"] = torch.empty(4096, 8192).normal_(0, math.sqrt(2 / 8192))
    for name, tensor in tensors.items():
        if name.endswith("bias") and not name.startswith(("fc7", "fc8")):
            tensors[name] = torch.empty(tensor.shape).normal_(0, 0.01)
    return tensors


def lazy(shapes: dict[str, tuple[int, ...]]) -> dict[str, Tensor]:
    """Tensors of these shapes in the room of one number each, also in a file."""
    return {name: torch.zeros(()).expand(shape) for name, shape in shapes.items()}


def as_mmaction2(
    tensors: dict[str, Tensor], *, classes: int | None = None, prefix: str = "backbone."
) -> dict[str, Tensor]:
    """A DavideA checkpoint in mmaction2's names, with a classifier for so many classes."""
    found = {}
    for name, tensor in tensors.items():
        layer, part = name.split(".")
        if layer in _DAVIDEA:
            found[f"{prefix}{_MMACTION2[_DAVIDEA.index(layer)]}.conv.{part}"] = tensor
        elif layer != "fc8":
            found[f"{prefix}{name}"] = tensor
    if classes is not None:
        found |= lazy(
            {"cls_head.fc_cls.weight": (classes, 4096), "cls_head.fc_cls.bias": (classes,)}
        )
    return found


def random_layers(seed: int = 0) -> list[tuple[NDArray[np.float32], NDArray[np.float32]]]:
    """Weights (in, out) and biases (out,) of the scorer's three layers."""
    random = np.random.default_rng(seed)
    return [
        (
            random.normal(0, gain / math.sqrt(wide), (wide, narrow)).astype(np.float32),
            random.normal(0, 0.2, narrow).astype(np.float32),
        )
        # Features of length one are small numbers.
        for wide, narrow, gain in ((4096, 512, 60.0), (512, 32, 2.0), (32, 1, 2.0))
    ]


def write_mat(path: Path, layers: list[tuple[NDArray[np.float32], NDArray[np.float32]]]) -> None:
    """As `save_model` of TrainingAnomalyDetector_public.py: dropout has a number and no weights."""
    content = {}
    for number in range(5):
        arrays = layers[number // 2] if number % 2 == 0 else ()
        cells = np.zeros(len(arrays), dtype=object)
        cells[:] = arrays
        content[str(number)] = cells
    savemat(path, content)


def write_architecture(path: Path, *, middle: str = "linear") -> None:
    """Keras 1's model.json; `middle` is the second layer's activation."""
    dense = [(512, "relu"), (32, middle), (1, "sigmoid")]
    layers: list[dict[str, object]] = []
    for outputs, activation in dense:
        config = {"output_dim": outputs, "activation": activation, "init": "glorot_normal"}
        layers.append({"class_name": "Dense", "config": config})
        layers.append({"class_name": "Dropout", "config": {"p": 0.6}})
    described = {"class_name": "Sequential", "keras_version": "1.1.0", "config": layers[:-1]}
    path.write_text(json.dumps(described), encoding="utf-8")


def numpy_scores(
    features: NDArray[np.float32], layers: list[tuple[NDArray[np.float32], NDArray[np.float32]]]
) -> NDArray[np.float64]:
    """The published scores (n,) of features (n, 4096), in double precision."""
    values = features.astype(np.float64)
    values /= np.linalg.norm(values, axis=1, keepdims=True)
    (first, a), (second, b), (third, c) = layers
    values = np.maximum(values @ first + a, 0) @ second + b
    return 1 / (1 + np.exp(-(values @ third + c)[:, 0]))


def as_ekosman(
    layers: list[tuple[NDArray[np.float32], NDArray[np.float32]]],
) -> AnomalyDetector:
    detector = AnomalyDetector()
    tensors = {}
    for number, (weight, bias) in enumerate(layers, start=1):
        tensors[f"fc{number}.weight"] = torch.from_numpy(np.ascontiguousarray(weight.T))
        tensors[f"fc{number}.bias"] = torch.from_numpy(bias)
    detector.load_state_dict(tensors)
    return detector.eval()
