"""Which models there are: a model is a folder with a manifest."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from crimeview.core.errors import ModelError
from crimeview.core.files import is_folder
from crimeview.core.manifest import Check, Manifest
from crimeview.core.places import shipped

MANIFEST = "manifest.json"
# What a model can be run at: fp32 is its main file, anything else a variant that it may have.
Precision = Literal["fp32", "int8"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkFile:
    """One ONNX file of a model, with what its manifest says of it."""

    path: Path
    sha256: str
    check: Check


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFolder:
    """A model where it lies; its ONNX file is checked when a session opens it."""

    folder: Path
    manifest: Manifest

    @property
    def file(self) -> Path:
        return self.folder / self.manifest.file

    @property
    def precisions(self) -> tuple[Precision, ...]:
        return ("fp32", *(variant.precision for variant in self.manifest.variants))

    def network(self, precision: Precision) -> NetworkFile:
        """The file for a precision; raises ModelError where the model has none."""
        manifest = self.manifest
        if precision == "fp32":
            return NetworkFile(path=self.file, sha256=manifest.sha256, check=manifest.check)
        for variant in manifest.variants:
            if variant.precision == precision:
                path = self.folder / variant.file
                return NetworkFile(path=path, sha256=variant.sha256, check=variant.check)
        raise ModelError(f"The model “{manifest.name}” has no {precision} variant; run it in fp32.")


def models_folder() -> Path:
    """The folder of the models: `CRIMEVIEW_MODELS` where set, else the one the program ships."""
    override = os.environ.get("CRIMEVIEW_MODELS")
    return Path(override) if override else shipped("models")


def read_model(folder: Path) -> ModelFolder:
    """Read one model's manifest; raises ModelError."""
    try:
        text = (folder / MANIFEST).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ModelError(
            f"{folder} is not a model: it has no {MANIFEST}; copy the whole model folder there."
        ) from error
    except OSError as error:
        raise ModelError(
            f"{folder / MANIFEST} cannot be read ({error.strerror}); allow reading that folder or "
            "copy the model again."
        ) from error
    except UnicodeDecodeError as error:
        raise ModelError(f"{folder / MANIFEST} is damaged; copy the model again.") from error
    try:
        manifest = Manifest.from_json(text)
    except ModelError as error:
        raise ModelError(f"{error} Correct {folder / MANIFEST} or copy the model again.") from error
    if manifest.name != folder.name:  # it is found by one and shown by the other
        raise ModelError(
            f"The model in {folder} calls itself “{manifest.name}”; give its folder that name."
        )
    return ModelFolder(folder=folder, manifest=manifest)


def list_models(folder: Path | None = None) -> list[ModelFolder]:
    """All models in a folder of models, by name; raises ModelError for one that is damaged."""
    place = models_folder() if folder is None else folder
    if not is_folder(place):
        raise ModelError(f"There is no folder of models at {place}; set CRIMEVIEW_MODELS to one.")
    return [read_model(path.parent) for path in sorted(place.glob(f"*/{MANIFEST}"))]


def find_model(name: str, folder: Path | None = None) -> ModelFolder:
    """The model in the folder called `name`; raises ModelError."""
    place = models_folder() if folder is None else folder
    if not is_folder(place / name):
        known = ", ".join(sorted(p.parent.name for p in place.glob(f"*/{MANIFEST}"))) or "none"
        raise ModelError(f"There is no model “{name}” in {place}; known there: {known}.")
    return read_model(place / name)
