"""A detector of the YOLO family, as its makers export it, as a model folder."""

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.core.detection import DetectionSpec
from crimeview.core.errors import ModelError
from crimeview.core.job import Job, Step
from crimeview.core.manifest import Check, Input, Manifest, Origin, Output, check_input
from crimeview.jobs.import_model import Target, placed
from crimeview.jobs.new_models import write_model
from crimeview.nets.box_layouts import recognized
from crimeview.nets.catalog import ModelFolder
from crimeview.nets.onnx_file import OnnxFile, read_onnx_file

_STEPS = 3
_NO_LICENSE = "not stated in the file; see where it is from"
_KINDS: Mapping[str, str] = {
    "yolox-grid": "YOLOX",
    "yolox": "YOLOX, decoded",
    "v5": "YOLOv5 or v7",
    "v8": "YOLOv8 or v11",
    "v8-rows": "YOLOv8 or v11, transposed",
    "end-to-end": "end to end, after suppression",
}


@dataclass(frozen=True, slots=True)
class _Found:
    """A file that is a detector: how it is read, and the size of its input."""

    spec: DetectionSpec
    size: tuple[int, int]


def import_detector(path: Path, *, target: Target) -> Job[ModelFolder]:
    """Make a model of an ONNX file that has no manifest; its layout is told by shape and values.

    Raises ModelError where it is no detector of the YOLO family or finds no people, and UsageError
    where the target is taken or cannot be written.
    """
    yield _step(0, f"Reading {path.name}")
    file = read_onnx_file(path)
    yield _step(1, f"Looking at what {path.name} gives for a picture")
    found = _found(file)
    name = target.name or _name_of(path)
    place = target.models / name
    with placed(place, overwrite=target.overwrite) as new:
        yield _step(2, f"Checking {name}")
        model = write_model(new, path.read_bytes(), draft=_draft(file, found, name))
    return ModelFolder(folder=place, manifest=model.manifest)


def _found(file: OnnxFile) -> _Found:
    size = _size_of(file)
    names = _names(file.metadata)
    return _Found(recognized(file.run(_picture(size)), size=size, names=names), size)


def _size_of(file: OnnxFile) -> tuple[int, int]:
    shape = file.inputs[0].shape
    if len(file.inputs) != 1 or len(file.outputs) != 1:
        raise ModelError(
            f"{file.path.name} has {len(file.inputs)} inputs and {len(file.outputs)} outputs where "
            "a detector here has one of each; export it without masks and without suppression."
        )
    if len(shape) != 4 or shape[1] != 3 or not file.inputs[0].is_float32:
        raise ModelError(
            f"The input of {file.path.name} is not a float32 picture (1, 3, height, width), so it "
            "is no detector; write a manifest.json beside the ONNX file if it is another model."
        )
    if shape[0] not in (1, None) or shape[2] is None or shape[3] is None:
        raise ModelError(
            f"The input of {file.path.name} has no fixed size; export it again with a fixed height "
            "and width and a batch of 1."
        )
    return shape[2], shape[3]


def _picture(size: tuple[int, int]) -> NDArray[np.float32]:
    """Gray with noise: a picture that no layout has boxes at one end of only."""
    noise = check_input((1, 3, *size)).astype(np.float32)
    return np.float32(114) + (noise - np.float32(128)) / np.float32(8)


def _names(metadata: Mapping[str, str]) -> dict[int, str] | None:
    """The classes as the Ultralytics exporters write them: a Python dictionary as text."""
    try:
        names = ast.literal_eval(metadata["names"])
    except (KeyError, ValueError, SyntaxError, RecursionError, MemoryError):
        return None
    if isinstance(names, list):
        names = dict(enumerate(names))
    if not isinstance(names, dict) or not all(isinstance(n, int) for n in names):
        return None
    return {number: str(name) for number, name in names.items()}


def _name_of(path: Path) -> str:
    name = re.sub(r"[^a-z0-9.-]+", "-", path.stem.lower()).strip("-.")
    return name or "detector"


def _draft(file: OnnxFile, found: _Found, name: str) -> Manifest:
    port, output = file.inputs[0], file.outputs[0]
    metadata = file.metadata
    scale = 1.0 if found.spec.color == "bgr" else 1 / 255
    what = metadata.get("description") or f"Detector imported from {file.path.name}"
    author = f", by {metadata['author']}" if metadata.get("author") else ""
    return Manifest(
        name=name,
        kind="detector",
        file=f"{name}.onnx",
        sha256="0" * 64,
        clip=None,
        input=Input(
            name=port.name,
            shape=port.shape,
            layout="NCHW",
            scale=scale,
            mean=(0.0,) * 3,
            std=(1.0,) * 3,
        ),
        output=Output(name=output.name, shape=output.shape),
        feature_space=None,
        segments=None,
        threshold=None,
        calibration=None,
        metrics=(),
        origin=Origin(
            data=(),
            license=metadata.get("license") or _NO_LICENSE,
            commit="-",
            date=datetime.now(UTC).date().isoformat(),
            description=f"{what}{author}. Layout of its output: {_KINDS[found.spec.layout]}.",
        ),
        check=Check(expected=(), tolerance=0.0),
        variants=(),
        detection=found.spec,
    )


def _step(done: int, message: str) -> Step:
    return Step(done=done, total=_STEPS, message=message)
