"""C3D at full size, against PyTorch by itself."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch

from crimeview.jobs.import_model import Target, import_model
from crimeview.nets.catalog import find_model
from crimeview.nets.encoder import Encoder
from crimeview.training.importers.c3d import BUILDS, import_c3d
from crimeview.training.importers.source import Source
from tests.jobs.finished import finished
from tests.training.importers.published import PublishedC3D, as_mmaction2, random_c3d

SOURCE = Source(path=Path("c3d.pth"), sha256="0" * 64, start=b"")


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("published") / "c3d.pickle"
    torch.save(random_c3d(), path)
    yield path
    path.unlink()  # a quarter of a gigabyte


def published(path: Path) -> PublishedC3D:
    with torch.device("meta"):
        network = PublishedC3D()
    network.load_state_dict(torch.load(path, weights_only=True, mmap=True), assign=True)
    return network.eval()


def test_features_of_davideas_build_are_those_of_pytorch(checkpoint: Path, tmp_path: Path) -> None:
    target = Target(models=tmp_path, name=None, overwrite=False)
    imported = finished(import_model(checkpoint, target=target))
    model = find_model("c3d-sports1m", tmp_path)
    assert model == imported
    assert "classes" not in model.manifest.origin.description
    frames = np.random.default_rng(1).integers(0, 256, (16, 112, 112, 3), np.uint8)
    with Encoder(model) as encoder:
        found = encoder.features(frames)
    with torch.inference_mode():
        clip = torch.from_numpy(frames.astype(np.float32).transpose(3, 0, 1, 2)[None].copy())
        wanted = published(checkpoint)(clip)[0].numpy()
    assert 0.5 < wanted.max() < 50
    np.testing.assert_allclose(found, wanted, rtol=0, atol=1e-4)
    shutil.rmtree(model.folder)


def test_mmaction2s_names_are_the_same_network_on_colors_about_a_mean(checkpoint: Path) -> None:
    tensors = as_mmaction2(torch.load(checkpoint, weights_only=True, mmap=True), classes=101)
    imported = import_c3d(tensors, BUILDS[1], SOURCE)
    clip = torch.rand(1, 3, 16, 112, 112, generator=torch.Generator().manual_seed(2)) * 255 - 110
    with torch.inference_mode():
        found, wanted = imported.network(clip), published(checkpoint)(clip)
    torch.testing.assert_close(found, wanted, rtol=0, atol=1e-4)
    manifest = imported.draft
    assert manifest.clip is not None
    assert (manifest.clip.resize, manifest.clip.crop) == ((128, 171), (112, 112))
    assert (manifest.clip.frames, manifest.clip.rate, manifest.clip.step) == (16, None, 16)
    assert (manifest.input.scale, manifest.input.mean) == (1.0, (104.0, 117.0, 128.0))
    assert manifest.feature_space == "c3d-sports1m-fc6"
    assert manifest.origin.license == "unknown"
    assert "it gives 101 classes" in manifest.origin.description
