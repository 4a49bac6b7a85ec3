"""Variants for the tiny models: the same network again, or one that computes something else."""

import hashlib
from dataclasses import replace
from pathlib import Path

from crimeview.core.manifest import Variant
from crimeview.nets.catalog import ModelFolder
from tests.tiny_models import make_models


def with_variant(model: ModelFolder, *, of: ModelFolder | None = None) -> ModelFolder:
    """Give the model an int8 variant in its folder, with the network of another model or its own.

    A trailing field that no reader knows makes its checksum another than that of float32.
    """
    source = of or model
    data = source.file.read_bytes() + b"\xa2\x06\x01x"
    (model.folder / "eight.onnx").write_bytes(data)
    variant = Variant(
        precision="int8",
        file="eight.onnx",
        sha256=hashlib.sha256(data).hexdigest(),
        metrics=(),
        check=source.manifest.check,
    )
    manifest = replace(model.manifest, variants=(variant,))
    (model.folder / "manifest.json").write_text(manifest.to_json(), encoding="utf-8")
    return ModelFolder(folder=model.folder, manifest=manifest)


def with_wrong_variant(model: ModelFolder, scratch: Path) -> ModelFolder:
    """The variant does what its own check says, but not what float32 does."""
    return with_variant(model, of=make_models(scratch, seed=1).encoder)
