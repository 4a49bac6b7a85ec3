"""An int8 variant is added, opened and verified where it is good enough; else it is refused."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="the extra “train” is not installed")

from crimeview.core.errors import ModelError
from crimeview.core.manifest import Manifest
from crimeview.jobs.int8 import Judging, add_int8
from crimeview.nets.agreement import LEAST_COSINE
from crimeview.nets.catalog import ModelFolder, read_model
from crimeview.nets.choice import Running
from crimeview.nets.encoder import Encoder
from crimeview.nets.preprocess import network_input
from crimeview.nets.session import Session
from crimeview.nets.verify import verify
from tests.tiny_models import SPEC, make_models

EIGHT = Running(precision="int8")


def _clips(encoder: ModelFolder, count: int, *, seed: int) -> list[np.ndarray]:
    random = np.random.default_rng(seed)
    return [
        network_input(
            random.integers(0, 1 + 255 * (n % 2), (8, 24, 24, 1)).astype(np.uint8),
            SPEC,
            encoder.manifest.input,
        )
        for n in range(count)
    ]


def _separates(features: np.ndarray) -> float:
    """Every other clip is still."""
    moving, still = features[1::2, 0], features[0::2, 0]
    return float((moving[:, None] > still[None, :]).mean())


def _run(folder: Path, auc: Callable[[np.ndarray], float], clips: list[np.ndarray]) -> Manifest:
    judging = Judging(inputs=clips[8:], auc=auc, protocol="every other clip moves")
    job = add_int8(folder, calibration=clips[:8], judging=judging)
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value


def test_a_good_variant_is_added_and_opened(tmp_path: Path) -> None:
    encoder = make_models(tmp_path).encoder
    clips = _clips(encoder, 28, seed=0)
    manifest = _run(encoder.folder, _separates, clips)
    (variant,) = manifest.variants
    assert variant.file == f"{manifest.name}-int8.onnx"
    figures = {m.name: m.value for m in variant.metrics}
    assert figures["AUC, fp32"] == figures["AUC, int8"] == 1.0
    assert figures["centered cosine to fp32"] >= LEAST_COSINE
    model = read_model(encoder.folder)
    assert model.precisions == ("fp32", "int8")
    assert verify(model, precision="int8") == 0.0
    frames = np.random.default_rng(3).integers(0, 255, (8, 24, 24, 1), np.uint8)
    with Encoder(model) as fp32, Encoder(model, running=EIGHT) as eight:
        wanted, found = fp32.features(frames), eight.features(frames)
    assert 0 < np.abs(wanted - found).max() < 0.05 * np.abs(wanted).max()
    again = _run(encoder.folder, _separates, clips)
    assert [v.precision for v in again.variants] == ["int8"]


def test_a_variant_that_loses_too_much_is_not_shipped_and_the_manifest_says_so(
    tmp_path: Path,
) -> None:
    encoder = make_models(tmp_path).encoder
    calls: list[int] = []

    def falling(_features: np.ndarray) -> float:
        calls.append(1)
        return 0.9 if len(calls) == 1 else 0.89

    manifest = _run(encoder.folder, falling, _clips(encoder, 12, seed=0))
    assert manifest.variants == ()
    refused = {m.name: m.value for m in manifest.metrics if m.name.startswith("int8, refused")}
    assert refused["int8, refused: AUC, int8"] == 0.89
    with pytest.raises(ModelError, match="has no int8 variant; run it in fp32"):
        Session(read_model(encoder.folder), running=EIGHT)


def test_a_damaged_variant_is_refused_and_fp32_still_opens(tmp_path: Path) -> None:
    encoder = make_models(tmp_path).encoder
    _run(encoder.folder, _separates, _clips(encoder, 12, seed=0))
    model = read_model(encoder.folder)
    path = model.network("int8").path
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(ModelError, match="is damaged"):
        verify(model, precision="int8")
    assert verify(model) == 0.0


def test_a_variant_that_computes_something_else_is_refused(tmp_path: Path) -> None:
    encoder = make_models(tmp_path).encoder
    _run(encoder.folder, _separates, _clips(encoder, 12, seed=0))
    model = read_model(encoder.folder)
    (variant,) = model.manifest.variants
    check = replace(variant.check, expected=tuple(v + 1 for v in variant.check.expected))
    changed = replace(model.manifest, variants=(replace(variant, check=check),))
    with pytest.raises(ModelError, match="in int8 does not reproduce its check"):
        verify(replace(model, manifest=changed), precision="int8")
