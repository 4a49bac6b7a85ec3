"""Model folders of networks that are ONNX files already, or were made one without training."""

import hashlib
from dataclasses import replace
from pathlib import Path

from crimeview.core.manifest import Check, Manifest, checked
from crimeview.nets.catalog import MANIFEST, ModelFolder
from crimeview.nets.session import file_runner
from crimeview.nets.verify import check_values, verify

_TOLERANCE = 1e-4  # of the largest output: what another processor may change


def write_model(folder: Path, data: bytes, *, draft: Manifest) -> ModelFolder:
    """Write an ONNX file and its manifest into a new folder, and check that they open.

    `draft` is the manifest but for `sha256` and `check`. Raises ModelError where the file is not
    what the draft says.
    """
    folder.mkdir(parents=True)
    file = folder / draft.file
    file.write_bytes(data)
    output = file_runner(file, threads=1)(check_values(draft))
    numbers = checked(output)
    largest = float(abs(numbers).max(initial=0.0))
    manifest = replace(
        draft,
        sha256=hashlib.sha256(data).hexdigest(),
        check=Check(
            expected=tuple(float(f"{v:.7g}") for v in numbers),
            tolerance=float(f"{max(1e-6, _TOLERANCE * largest):.3g}"),
        ),
    )
    (folder / MANIFEST).write_text(manifest.to_json(), encoding="utf-8")
    model = ModelFolder(folder=folder, manifest=Manifest.from_json(manifest.to_json()))
    verify(model)
    return model
