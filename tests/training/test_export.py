"""Parity of PyTorch and ONNX for every form, and what a written model folder holds."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra “train” is not installed")

from crimeview.core.clip import ClipSpec  # noqa: E402
from crimeview.core.errors import ModelError  # noqa: E402
from crimeview.core.manifest import Input, Manifest, Output  # noqa: E402
from crimeview.nets.catalog import read_model  # noqa: E402
from crimeview.nets.session import run_file  # noqa: E402
from crimeview.nets.verify import check_values, verify  # noqa: E402
from crimeview.training.catform import CatForm  # noqa: E402
from crimeview.training.export import (  # noqa: E402
    add_variant,
    export_model,
    weights_digest,
    write_onnx,
)
from crimeview.training.networks import C3D, initialize, motion_c3d, paper_c3d  # noqa: E402
from tests.made_model import drafted  # noqa: E402


def _draft(*, frames: int, size: int, channels: int, dimensions: int) -> Manifest:
    return drafted(
        "tested",
        "encoder",
        clip=ClipSpec(
            frames=frames,
            rate=12.5,
            step=frames,
            resize=(size, size),
            crop=(size, size),
            color="gray" if channels == 1 else "rgb",
        ),
        input=Input(
            name="clip",
            shape=(1, channels, frames, size, size),
            layout="NCTHW",
            scale=1 / 255,
            mean=(0.0,) * channels,
            std=(1.0,) * channels,
        ),
        output=Output(name="features", shape=(1, dimensions)),
        feature_space="tested",
    )


def _motion_draft() -> Manifest:
    return _draft(frames=17, size=32, channels=1, dimensions=128)


def _trained_motion() -> C3D:
    """A small network whose batch norms have seen something."""
    network = motion_c3d()
    initialize(network, seed=1)
    with torch.no_grad():
        network(torch.rand(4, 1, 17, 32, 32))
    return network.eval()


def _paper(width: float) -> Callable[[], C3D]:
    def build() -> C3D:
        network = paper_c3d(width=width)
        initialize(network, seed=1)
        return network.eval()

    return build


@pytest.mark.parametrize(
    ("build", "shape", "dimensions"),
    [
        (_trained_motion, (1, 1, 17, 64, 64), 128),
        (_paper(0.25), (1, 3, 16, 112, 112), 1024),
        (_paper(0.5), (1, 3, 16, 112, 112), 2048),
        (_paper(1.0), (1, 3, 16, 112, 112), 4096),
    ],
    ids=["motion", "quarter", "half", "full"],
)
def test_the_cat_form_in_onnx_gives_what_the_network_gives(
    tmp_path: Path, build: Callable[[], C3D], shape: tuple[int, ...], dimensions: int
) -> None:
    network = build()
    values = np.random.default_rng(0).random(shape, np.float32)
    with torch.inference_mode():
        wanted = network(torch.from_numpy(values)).numpy()
    file = tmp_path / "cat.onnx"
    draft = _draft(frames=shape[2], size=shape[3], channels=shape[1], dimensions=dimensions)
    write_onnx(CatForm(network), file, draft=draft, example=values)
    found = run_file(file, values)
    assert found.shape == wanted.shape == (1, dimensions)
    assert np.abs(found - wanted).max() <= 3e-6 * np.abs(wanted).max()


def test_folding_the_batch_norm_changes_nothing() -> None:
    network = _trained_motion()
    clip = torch.rand(1, 1, 17, 64, 64)
    with torch.inference_mode():
        wanted = network(clip)
        for fold in (True, False):
            found = CatForm(network, fold_batch_norm=fold)(clip)
            assert (found - wanted).abs().max() <= 1e-6 * wanted.abs().max()


def test_a_network_in_training_has_no_cat_form() -> None:
    with pytest.raises(ValueError, match="evaluation mode"):
        CatForm(motion_c3d().train())


def test_an_exported_encoder_verifies(tmp_path: Path) -> None:
    draft = _motion_draft()
    manifest = export_model(
        CatForm(_trained_motion()),
        draft=draft,
        check_values=check_values(draft),
        run=run_file,
        folder=tmp_path / "tested",
    )
    model = read_model(tmp_path / "tested")
    assert model.manifest == manifest
    assert manifest.sha256 == hashlib.sha256(model.file.read_bytes()).hexdigest()
    assert verify(model) == 0.0
    assert sorted(p.name for p in model.folder.iterdir()) == ["manifest.json", "tested.onnx"]


def test_an_exported_scorer_verifies_and_takes_any_number_of_rows(tmp_path: Path) -> None:
    torch.manual_seed(0)
    scorer = torch.nn.Sequential(torch.nn.Linear(6, 1), torch.nn.Flatten(0)).eval()
    draft = replace(
        _motion_draft(),
        kind="scorer",
        clip=None,
        input=Input(name="features", shape=(None, 6), layout=None, scale=1.0, mean=(), std=()),
        output=Output(name="scores", shape=(None,)),
        threshold=0.5,
    )
    rows = np.random.default_rng(0).random((8, 6), np.float32)
    manifest = export_model(
        scorer, draft=draft, check_values=rows, run=run_file, folder=tmp_path / "tested"
    )
    assert len(manifest.check.expected) == 8
    many = np.random.default_rng(1).random((300, 6), np.float32)
    found = run_file(tmp_path / "tested" / "tested.onnx", many)
    np.testing.assert_allclose(found, scorer(torch.from_numpy(many)).detach().numpy(), atol=1e-6)


def test_what_an_older_model_left_goes(tmp_path: Path) -> None:
    draft, folder = _motion_draft(), tmp_path / "tested"
    values = check_values(draft)
    network = CatForm(_trained_motion())
    export_model(network, draft=draft, check_values=values, run=run_file, folder=folder)
    file = tmp_path / "other.onnx"
    file.write_bytes((folder / "tested.onnx").read_bytes())
    manifest = add_variant(
        file, precision="int8", metrics=(), check_values=values, run=run_file, folder=folder
    )
    assert [v.file for v in manifest.variants] == ["tested-int8.onnx"]
    assert read_model(folder).manifest == manifest
    export_model(network, draft=draft, check_values=values, run=run_file, folder=folder)
    assert sorted(p.name for p in folder.iterdir()) == ["manifest.json", "tested.onnx"]


def test_without_parity_nothing_is_written_and_the_old_model_stays(tmp_path: Path) -> None:
    draft, folder = _motion_draft(), tmp_path / "tested"
    network = CatForm(_trained_motion())
    values = check_values(draft)
    export_model(network, draft=draft, check_values=values, run=run_file, folder=folder)
    before = {p.name: p.read_bytes() for p in folder.iterdir()}

    def wrong(file: Path, inputs: np.ndarray) -> np.ndarray:
        return run_file(file, inputs) + np.float32(0.01)

    with pytest.raises(ModelError, match="nothing was written"):
        export_model(network, draft=draft, check_values=values, run=wrong, folder=folder)
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before


def test_other_weights_are_another_feature_space() -> None:
    one, two = _trained_motion(), _trained_motion()
    assert weights_digest(one) == weights_digest(two)
    with torch.no_grad():
        next(two.parameters()).view(-1)[0] += 1e-3
    assert weights_digest(one) != weights_digest(two)
