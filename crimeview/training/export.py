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
from crimeview.core.manifest import Check, Manifest, Metric, Precision, Variant, checked

Run = Callable[[Path, NDArray[np.float32]], NDArray[np.float32]]
OPSET = 18
MANIFEST = "manifest.json"
# What the order of float32 sums may change: of the largest output, and at least.
_RELATIVE_TOLERANCE, _ABSOLUTE_TOLERANCE = 1e-5, 1e-6
# What another processor may change, as a share of the largest output. In integers a sum that falls
# on the other side of a step moves a whole step of 1/256.
_CHECK_TOLERANCE = {"fp32": 1e-4, "int8": 0.05}


def export_model(
    network: nn.Module,
    *,
    draft: Manifest,
    check_values: NDArray[np.float32],
    run: Run,
    folder: Path,
    random_inputs: int = 3,
) -> Manifest:
    """Write `folder`/manifest.json and its ONNX file; give the finished manifest.

    `draft` is the manifest but for `sha256` and `check`, which are filled in here. `check_values`
    is the network input that the check is computed on; its output and that of `random_inputs` must
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
        _compare(network, expected, check_values, draft.name)
        for values in _random_inputs(check_values, count=random_inputs):
            _compare(network, run(file, values), values, draft.name)
        manifest = replace(draft, sha256=_sha256(file), check=_check(expected, "fp32"))
        _publish(file, manifest, folder)
    _remove_others(manifest, folder)
    return manifest


def add_variant(
    file: Path,
    *,
    precision: Precision,
    metrics: tuple[Metric, ...],
    check_values: NDArray[np.float32],
    run: Run,
    folder: Path,
) -> Manifest:
    """Add `file` to the model in `folder` as its variant of that precision; give the new manifest.

    An older variant of the precision is replaced. `metrics` are what the variant loses, measured by
    the caller, who also decides that it is little enough. Raises ModelError where the manifest in
    `folder` is not valid.
    """
    manifest = Manifest.from_json((folder / MANIFEST).read_text(encoding="utf-8"))
    variant = Variant(
        precision=precision,
        file=f"{manifest.name}-{precision}.onnx",
        sha256=_sha256(file),
        metrics=metrics,
        check=_check(run(file, check_values), precision),
    )
    kept = tuple(v for v in manifest.variants if v.precision != precision)
    manifest = replace(manifest, variants=(*kept, variant))
    with tempfile.TemporaryDirectory(dir=folder, prefix=".export-") as scratch:
        copy = Path(scratch) / variant.file
        copy.write_bytes(file.read_bytes())
        _publish(copy, manifest, folder)
    _remove_others(manifest, folder)
    return manifest


def add_metrics(metrics: tuple[Metric, ...], *, folder: Path) -> Manifest:
    """Add figures that were measured after the export to the manifest in `folder`."""
    manifest = Manifest.from_json((folder / MANIFEST).read_text(encoding="utf-8"))
    names = {m.name for m in metrics}
    kept = tuple(m for m in manifest.metrics if m.name not in names)
    manifest = replace(manifest, metrics=(*kept, *metrics))
    with tempfile.TemporaryDirectory(dir=folder, prefix=".export-") as scratch:
        _publish_manifest(manifest, Path(scratch), folder)
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


def _random_inputs(like: NDArray[np.float32], *, count: int) -> list[NDArray[np.float32]]:
    random = np.random.default_rng(0)
    low, high = float(like.min()), float(like.max())
    return [random.uniform(low, high, like.shape).astype(np.float32) for _ in range(count)]


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


def _check(expected: NDArray[np.float32], precision: str) -> Check:
    share = _CHECK_TOLERANCE[precision]
    return Check(
        expected=tuple(float(f"{v:.9g}") for v in checked(expected)),
        tolerance=float(f"{max(1e-6, share * np.abs(expected).max()):.3g}"),
    )


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _publish(file: Path, manifest: Manifest, folder: Path) -> None:
    """Put a network and the manifest that goes with it into the folder, the manifest last."""
    _flush(file)
    file.replace(folder / file.name)
    _publish_manifest(manifest, file.parent, folder)


def _publish_manifest(manifest: Manifest, scratch: Path, folder: Path) -> None:
    text = scratch / MANIFEST
    text.write_text(manifest.to_json(), encoding="utf-8")
    Manifest.from_json(text.read_text(encoding="utf-8"))  # what is written must be readable
    _flush(text)
    text.replace(folder / MANIFEST)


def _remove_others(manifest: Manifest, folder: Path) -> None:
    """Remove networks that the manifest does not know: variants of what was there before."""
    known = {manifest.file, *(variant.file for variant in manifest.variants)}
    for path in folder.glob("*.onnx"):
        if path.name not in known:
            path.unlink()


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
