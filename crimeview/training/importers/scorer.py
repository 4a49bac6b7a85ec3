"""The published scorer of Sultani et al. 2018: features of segments in, anomaly scores out.

Section 3.3: fully connected 4096-512-32-1, ReLU after the first layer, nothing after the second,
sigmoid after the third; the features of each segment have a length of one.
"""

import itertools
from collections.abc import Mapping, Sequence
from typing import Literal

import torch
from torch import Tensor, nn
from torch.nn import functional

from crimeview.core.manifest import Check, Input, Manifest, Output
from crimeview.training.importers.imported import C3D_FC6, DIMENSIONS, Imported, origin_of
from crimeview.training.importers.source import Source
from crimeview.training.importers.weights import Wanted, take_weights

Activation = Literal["relu", "linear", "sigmoid"]
SIZES = (DIMENSIONS, 512, 32, 1)
ACTIVATIONS: tuple[Activation, ...] = ("relu", "linear", "sigmoid")
_SEGMENTS = 32
_THRESHOLD = 0.5
_AS_PUBLISHED = "Scores are as published and no probabilities."


class PublishedScorer(nn.Module):
    """Features (n, 4096) of segments to scores (n,); lengths are made one first."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.ModuleList(
            nn.Linear(wide, narrow) for wide, narrow in itertools.pairwise(SIZES)
        )

    def forward(self, features: Tensor) -> Tensor:
        first, second, third = self.layers
        values = torch.relu(first(functional.normalize(features, dim=1)))
        return torch.sigmoid(third(second(values))).squeeze(-1)


def import_scorer(
    tensors: Mapping[str, Tensor],
    layers: Sequence[str],
    source: Source,
    *,
    name: str,
    what: str,
    notes: tuple[str, ...] = (),
) -> Imported:
    """The scorer from tensors (out, in) and (out,) that `layers` names; raises ModelError."""
    with torch.device("meta"):
        network = PublishedScorer()
    wanted = {
        f"layers.{number}.{part}": Wanted(f"{layer}.{part}", shape)
        for number, layer in enumerate(layers)
        for part, shape in (
            ("weight", (SIZES[number + 1], SIZES[number])),
            ("bias", (SIZES[number + 1],)),
        )
    }
    network.load_state_dict(
        take_weights(tensors, wanted, title=f"{source.title} ({what})"), assign=True
    )
    network.eval().requires_grad_(requires_grad=False)
    draft = _draft(source, name=name, what=what, notes=notes)
    return Imported(network=network, plain=None, draft=draft)


def _draft(source: Source, *, name: str, what: str, notes: tuple[str, ...]) -> Manifest:
    return Manifest(
        name=name,
        kind="scorer",
        file=f"{name}.onnx",
        sha256="",
        clip=None,
        input=Input(
            name="features", shape=(None, DIMENSIONS), layout=None, scale=1.0, mean=(), std=()
        ),
        output=Output(name="scores", shape=(None,)),
        feature_space=C3D_FC6,
        segments=_SEGMENTS,
        threshold=_THRESHOLD,
        calibration=None,
        metrics=(),
        origin=origin_of(
            source,
            what=what,
            data=("UCF-Crime (Sultani et al. 2018)",),
            notes=(_AS_PUBLISHED, *notes),
        ),
        check=Check(expected=(0.0,) * _SEGMENTS, tolerance=0.0),
        variants=(),
    )
