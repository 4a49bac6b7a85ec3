"""Real models, small enough to be made by a test: motion bursts score high.

The encoder's first feature is the mean difference between frames, the others are random convolution
features; the scorer looks at the first only. The frame classifier looks at the mean difference,
too, more often and in fewer frames.
"""

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper

from crimeview.core.clip import ClipSpec
from crimeview.core.manifest import Check, Input, Kind, Manifest, Output
from crimeview.jobs.models import ENCODER, SCORER, VIOLENCE, ModelPair
from crimeview.nets.catalog import ModelFolder
from crimeview.nets.session import run_file
from crimeview.nets.verify import check_values
from tests.made_model import drafted, network, vectors_of

SPEC = ClipSpec(frames=8, rate=10.0, step=8, resize=(24, 32), crop=(24, 24), color="gray")
VIOLENCE_SPEC = ClipSpec(frames=3, rate=10.0, step=2, resize=(16, 16), crop=(16, 16), color="gray")
DIMENSIONS = 8
THRESHOLD = 0.5
_STILL = 0.02  # mean difference between frames (of 1.0) that scores one half
_STEEPNESS = 400.0


def make_models(folder: Path, *, spec: ClipSpec = SPEC, seed: int = 0) -> ModelPair:
    """Write them into a folder of models, under the names of those that are used by default."""
    return ModelPair(
        encoder=_written(folder, _encoder_manifest(spec), _encoder(spec, seed)),
        scorer=_written(folder, _scorer_manifest(), _scorer()),
        violence=make_frame_classifier(folder),
    )


def make_frame_classifier(folder: Path) -> ModelFolder:
    """Write the frame classifier into a folder of models."""
    return _written(folder, _violence_manifest(), _violence())


def make_projection(folder: Path, name: str, *, space: str, weights: NDArray[np.float32]) -> None:
    """Write a projection by `weights` (d, k), for features of a space, into a folder of models."""
    size, width = weights.shape
    model = network(
        [helper.make_node("MatMul", ["vectors", "weights"], ["projected"])],
        wanted=("vectors", (None, size)),
        given=("projected", (None, width)),
        constants={"weights": weights},
    )
    manifest = _tiny(
        name,
        "projection",
        input=vectors_of(size, name="vectors"),
        output=Output(name="projected", shape=(None, width)),
        feature_space=space,
    )
    _written(folder, manifest, model)


def _encoder(spec: ClipSpec, seed: int) -> onnx.ModelProto:
    shape = (1, spec.channels, spec.frames, *spec.crop)
    weights = np.random.default_rng(seed).normal(0, 0.3, (DIMENSIONS - 1, spec.channels, 3, 3, 3))
    return network(
        [
            helper.make_node("Slice", ["clip", "one", "many", "time"], ["later"]),
            helper.make_node("Slice", ["clip", "zero", "minus_one", "time"], ["earlier"]),
            helper.make_node("Sub", ["later", "earlier"], ["change"]),
            helper.make_node("Abs", ["change"], ["motion"]),
            helper.make_node("GlobalAveragePool", ["motion"], ["mean_motion"]),
            helper.make_node("ReduceMean", ["mean_motion", "channel"], ["energy"]),
            helper.make_node("Conv", ["clip", "weights"], ["maps"]),
            helper.make_node("Relu", ["maps"], ["active"]),
            helper.make_node("GlobalAveragePool", ["active"], ["pooled"]),
            helper.make_node("Concat", ["energy", "pooled"], ["joined"], axis=1),
            helper.make_node("Flatten", ["joined"], ["features"]),
        ],
        wanted=("clip", shape),
        given=("features", (1, DIMENSIONS)),
        constants={
            "zero": np.array([0]),
            "one": np.array([1]),
            "many": np.array([spec.frames]),
            "minus_one": np.array([-1]),
            "time": np.array([2]),
            "channel": np.array([1]),
            "weights": weights.astype(np.float32),
        },
    )


def _violence() -> onnx.ModelProto:
    spec = VIOLENCE_SPEC
    return network(
        [
            helper.make_node("Slice", ["clip", "one", "many", "time"], ["later"]),
            helper.make_node("Slice", ["clip", "zero", "minus_one", "time"], ["earlier"]),
            helper.make_node("Sub", ["later", "earlier"], ["change"]),
            helper.make_node("Abs", ["change"], ["motion"]),
            helper.make_node("GlobalAveragePool", ["motion"], ["mean_motion"]),
            helper.make_node("Flatten", ["mean_motion"], ["energy"]),
            helper.make_node("Gemm", ["energy", "weights", "bias"], ["logit"]),
            helper.make_node("Sigmoid", ["logit"], ["probability"]),
        ],
        wanted=("clip", (1, 1, spec.frames, *spec.crop)),
        given=("probability", (1, 1)),
        constants={
            "zero": np.array([0]),
            "one": np.array([1]),
            "many": np.array([spec.frames]),
            "minus_one": np.array([-1]),
            "time": np.array([2]),
            "weights": np.array([[_STEEPNESS]], np.float32),
            "bias": np.array([-_STEEPNESS * _STILL], np.float32),
        },
    )


def _scorer() -> onnx.ModelProto:
    weights = np.zeros((DIMENSIONS, 1), np.float32)
    weights[0] = _STEEPNESS
    return network(
        [
            helper.make_node("Gemm", ["features", "weights", "bias"], ["logits"]),
            helper.make_node("Sigmoid", ["logits"], ["scores"]),
        ],
        wanted=("features", (None, DIMENSIONS)),
        given=("scores", (None, 1)),
        constants={"weights": weights, "bias": np.array([-_STEEPNESS * _STILL], np.float32)},
    )


def _encoder_manifest(spec: ClipSpec) -> Manifest:
    return _tiny(
        ENCODER,
        "encoder",
        clip=spec,
        input=_clips_of(spec),
        output=Output(name="features", shape=(1, DIMENSIONS)),
        feature_space="tiny-motion",
    )


def _scorer_manifest() -> Manifest:
    return _tiny(
        SCORER,
        "scorer",
        input=vectors_of(DIMENSIONS),
        output=Output(name="scores", shape=(None, 1)),
        feature_space="tiny-motion",
        threshold=THRESHOLD,
    )


def _violence_manifest() -> Manifest:
    return _tiny(
        VIOLENCE,
        "frame-classifier",
        clip=VIOLENCE_SPEC,
        input=_clips_of(VIOLENCE_SPEC),
        output=Output(name="probability", shape=(1, 1)),
        threshold=THRESHOLD,
    )


def _clips_of(spec: ClipSpec) -> Input:
    return Input(
        name="clip",
        shape=(1, spec.channels, spec.frames, *spec.crop),
        layout="NCTHW",
        scale=1 / 255,
        mean=(0.0,) * spec.channels,
        std=(1.0,) * spec.channels,
    )


def _tiny(name: str, kind: Kind, **known: Any) -> Manifest:
    return drafted(name, kind, file="tiny.onnx", check=_CHECK, **known)


_CHECK = Check(expected=(), tolerance=1e-4)


def _written(folder: Path, manifest: Manifest, model: onnx.ModelProto) -> ModelFolder:
    place = folder / manifest.name
    place.mkdir(parents=True)
    file = place / manifest.file
    file.write_bytes(model.SerializeToString())
    expected = tuple(map(float, run_file(file, check_values(manifest)).ravel()))
    manifest = replace(
        manifest,
        sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
        check=replace(manifest.check, expected=expected),
    )
    (place / "manifest.json").write_text(manifest.to_json(), encoding="utf-8")
    return ModelFolder(folder=place, manifest=manifest)
