"""The published scorers against numpy and against PyTorch by itself."""

import sys
import types
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from crimeview.core.errors import ModelError
from crimeview.jobs.import_model import Target, import_model
from crimeview.nets.catalog import find_model
from crimeview.nets.scorer import Scorer
from tests.jobs.finished import finished
from tests.training.importers.published import (
    AnomalyDetector,
    as_ekosman,
    numpy_scores,
    random_layers,
    write_architecture,
    write_mat,
)


@pytest.fixture
def features() -> NDArray[np.float32]:
    """As fc6 gives them: none below 0, half of them 0, of any length."""
    random = np.random.default_rng(3)
    return np.maximum(random.normal(0, 3, (40, 4096)), 0).astype(np.float32)


def imported_scores(file: Path, features: NDArray[np.float32], name: str) -> NDArray[np.float32]:
    models = file.parent / "models"
    finished(import_model(file, target=Target(models=models, name=None, overwrite=True)))
    with Scorer(find_model(name, models)) as scorer:
        return scorer.scores(features)


def test_sultanis_weights_score_as_numpy_does(
    tmp_path: Path, features: NDArray[np.float32]
) -> None:
    file = tmp_path / "weights_L1L2.mat"
    write_mat(file, random_layers())
    write_architecture(tmp_path / "model.json")
    found = imported_scores(file, features, "mil-sultani")
    wanted = numpy_scores(features, random_layers())
    assert wanted.max() - wanted.min() > 0.2
    np.testing.assert_allclose(found, wanted, rtol=0, atol=1e-4)
    manifest = find_model("mil-sultani", tmp_path / "models").manifest
    assert (manifest.segments, manifest.threshold, manifest.calibration) == (32, 0.5, None)
    assert manifest.feature_space == "c3d-sports1m-fc6"
    assert "weights_L1L2.mat" in manifest.origin.description


@pytest.mark.parametrize("stored", [torch.float16, torch.bfloat16, torch.float64])
def test_ekosmans_weights_score_as_pytorch_does(
    tmp_path: Path, features: NDArray[np.float32], stored: torch.dtype
) -> None:
    detector = as_ekosman(random_layers()).to(stored)
    file = tmp_path / "epoch_10.pt"
    parallel = {f"module.{name}": tensor for name, tensor in detector.state_dict().items()}
    torch.save({"epoch": 10, "state_dict": parallel, "optimizer": {"state": {}}}, file)
    found = imported_scores(file, features, "mil-ekosman")
    lengths = np.linalg.norm(features, axis=1, keepdims=True)
    with torch.inference_mode():
        wanted = detector.float()(torch.from_numpy(features / lengths))[:, 0].numpy()
    np.testing.assert_allclose(found, wanted, rtol=0, atol=1e-4)


def test_a_whole_network_is_read_without_its_code(
    tmp_path: Path, features: NDArray[np.float32], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "epoch_1000.pt"
    detector = as_ekosman(random_layers())
    place = types.ModuleType("network.anomaly_detector_model")
    place.AnomalyDetector = AnomalyDetector  # type: ignore[attr-defined]
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "network", types.ModuleType("network"))
        patch.setitem(sys.modules, place.__name__, place)
        patch.setattr(AnomalyDetector, "__module__", place.__name__)
        torch.save(detector, file)
    found = imported_scores(file, features, "mil-ekosman")
    wanted = numpy_scores(features, random_layers())
    np.testing.assert_allclose(found, wanted, rtol=0, atol=1e-4)
    assert not any(name.startswith("network") for name in sys.modules)


def test_another_activation_is_another_network(tmp_path: Path) -> None:
    file = tmp_path / "weights.mat"
    write_mat(file, random_layers())
    described = tmp_path / "other.json"
    write_architecture(described, middle="tanh")
    job = import_model(
        file, target=Target(models=tmp_path, name=None, overwrite=False), architecture=described
    )
    with pytest.raises(ModelError, match=r"“other.json” describes 512 relu, 32 tanh, 1 sigmoid"):
        finished(job)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"config": [{}]}', '{"config": 3}'])
def test_a_description_that_is_none_is_told(tmp_path: Path, text: str) -> None:
    file = tmp_path / "weights.mat"
    write_mat(file, random_layers())
    (tmp_path / "model.json").write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match=r"“model.json” does not describe a network"):
        finished(import_model(file, target=Target(models=tmp_path, name=None, overwrite=False)))
