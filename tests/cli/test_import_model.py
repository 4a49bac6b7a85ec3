"""`crimeview models import`, from the words to the model."""

import json
from pathlib import Path

import pytest
import torch

from crimeview.cli.main import main
from tests.training.importers.published import (
    as_ekosman,
    random_layers,
    write_architecture,
    write_mat,
)


def run(*arguments: object) -> int:
    words = ["models", "import", *map(str, arguments)]
    return main(words, open_window=lambda *_, **__: 1)


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "models"
    monkeypatch.setenv("CRIMEVIEW_MODELS", str(folder))
    return folder


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    path = tmp_path / "epoch_1.pt"
    torch.save(as_ekosman(random_layers()).state_dict(), path)
    return path


def test_an_import_says_what_it_is_and_how_it_is_used(
    weights: Path, models: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(weights) == 0
    captured = capsys.readouterr()
    assert captured.out == "mil-ekosman: scorer, c3d-sports1m-fc6\n"
    assert "imported from “epoch_1.pt” (SHA-256 " in captured.err
    assert "crimeview analyze --scorer mil-ekosman" in captured.err
    assert (models / "mil-ekosman" / "manifest.json").exists()


def test_the_places_that_out_and_name_mean(weights: Path, models: Path, tmp_path: Path) -> None:
    assert run(weights, "--name", "mine") == 0
    assert run(weights, "--out", tmp_path / "a" / "own") == 0
    assert run(weights, "--out", tmp_path / "b", "--name", "mine") == 0
    assert run(weights, "--out", tmp_path / "c" / "mine", "--name", "mine") == 0
    for folder in (models / "mine", tmp_path / "a/own", tmp_path / "b/mine", tmp_path / "c/mine"):
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        assert manifest["name"] == folder.name


def test_a_taken_name_is_wrong_usage(
    weights: Path, models: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(weights) == 0
    assert run(weights) == 2
    assert "--replace" in capsys.readouterr().err
    assert run(weights, "--replace") == 0


def test_the_layers_of_a_matlab_file(
    models: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_mat(tmp_path / "weights.mat", random_layers())
    described = tmp_path / "layers.json"
    write_architecture(described, middle="relu")
    assert run(tmp_path / "weights.mat", "--json", described) == 1
    assert "“layers.json” describes" in capsys.readouterr().err
    write_architecture(described)
    assert run(tmp_path / "weights.mat", "--json", described) == 0


def test_what_is_not_known_is_told(
    models: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notes.txt").write_text("weights", encoding="utf-8")
    assert run(tmp_path / "notes.txt") == 1
    assert "“notes.txt” is no file of weights" in capsys.readouterr().err
    assert not list(models.glob("*"))
