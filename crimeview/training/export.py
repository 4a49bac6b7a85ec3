"""From PyTorch to a model folder. The only writer of manifests, and only after parity."""

import hashlib
import os
import tempfile
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from crimeview.core.errors import ModelError
from crimeview.core.manifest import Check, Manifest

Run = Callable[[Path, NDArray[np.float32]], NDArray[np.float32]]
OPSET = 18
# What the order of float32 sums may change: of the largest output, and at least.
_RELATIVE_TOLERANCE, _ABSOLUTE_TOLERANCE = 1e-5, 1e-6


def export_model(
    network: nn.Module,
    *,
    draft: Manifest,
    check_values: NDArray[np.float32],
    run: Run,
    folder: Path,
) -> Manifest:
    """Write `folder`/manifest.json and its ONNX file; give the finished manifest.

    `draft` is the manifest but for `sha256` and `check`, which are filled in here. `check_values`
    is the network input that the check is computed on; its output and that of random inputs must
    agree between PyTorch and the ONNX file as `run` computes it, or a ModelError is raised and
    nothing is written. Both files replace older ones at once, the manifest last: a folder that was
    caught between the two is refused on opening because of its checksum.
    """
    network.eval()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".export-") as scratch:
        file = Path(scratch) / draft.file
        write_onnx(network, file, draft=draft, example=check_values)
        expected = run(file, check_values)
        for values in (check_values, *_random_inputs(check_values)):
            _compare(network, run(file, values), values, draft.name)
        manifest = replace(
            draft,
            sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
            check=Check(
                expected=tuple(float(f"{v:.9g}") for v in expected.ravel()),
                tolerance=float(f"{max(1e-6, 1e-4 * np.abs(expected).max()):.3g}"),
            ),
        )
        text = Path(scratch) / "manifest.json"
        text.write_text(manifest.to_json(), encoding="utf-8")
        Manifest.from_json(text.read_text(encoding="utf-8"))  # what is written must be readable
        for path in (file, text):
            _flush(path)
            path.replace(folder / path.name)
    return manifest


def write_onnx(
    network: nn.Module, file: Path, *, draft: Manifest, example: NDArray[np.float32]
) -> None:
    """Write the network as one ONNX file with the names and free axes of the manifest."""
    free = {
        put.name: {axis: f"{put.name}_{axis}" for axis, n in enumerate(put.shape) if n is None}
        for put in (draft.input, draft.output)
    }
    with warnings.catch_warnings():
        # The TorchScript exporter is deprecated, but gives these plain graphs without onnxscript's
        # rewriting, and the version of torch is pinned.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network,
            (torch.from_numpy(example),),
            str(file),
            input_names=[draft.input.name],
            output_names=[draft.output.name],
            dynamic_axes={name: axes for name, axes in free.items() if axes},
            opset_version=OPSET,
            dynamo=False,
        )


def weights_digest(network: nn.Module) -> str:
    """Eight hex digits that differ wherever the weights do: part of an encoder's feature space."""
    digest = hashlib.sha256()
    for name, tensor in sorted(network.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.detach().cpu().contiguous().numpy().tobytes())
    return digest.hexdigest()[:8]


def _random_inputs(like: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    random = np.random.default_rng(0)
    low, high = float(like.min()), float(like.max())
    return [random.uniform(low, high, like.shape).astype(np.float32) for _ in range(3)]


def _compare(
    network: nn.Module, found: NDArray[np.float32], values: NDArray[np.float32], name: str
) -> None:
    with torch.inference_mode():
        wanted = network(torch.from_numpy(values)).numpy()
    worst = float(np.abs(found - wanted).max()) if found.shape == wanted.shape else np.inf
    if not worst <= _ABSOLUTE_TOLERANCE + _RELATIVE_TOLERANCE * float(np.abs(wanted).max()):
        raise ModelError(
            f"The exported model “{name}” does not give what the trained network gives (off by "
            f"{worst:.3g}); nothing was written."
        )


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
