"""An analysis with other models than the default ones, from their import on."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from crimeview.cli.main import main
from crimeview.jobs.models import ENCODER, SCORER
from crimeview.nets.catalog import read_model
from crimeview.store.case import open_case
from tests.bursts import write_bursts


@pytest.fixture
def models(tiny_models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The default pair, and elsewhere one of another feature space whose scorer has segments."""
    folder = tmp_path / "models"
    shutil.copytree(tiny_models, folder)
    monkeypatch.setenv("CRIMEVIEW_MODELS", str(folder))
    for name in (ENCODER, SCORER):
        model = read_model(shutil.copytree(tiny_models / name, tmp_path / "others" / name))
        segments = 2 if name == SCORER else None
        manifest = replace(model.manifest, feature_space="other", segments=segments)
        (model.folder / "manifest.json").write_text(manifest.to_json(), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_bursts(
        tmp_path_factory.mktemp("recordings") / "short.mp4", duration=20.0, bursts=[(4.0, 6.0)]
    )


def crimeview(*words: object) -> int:
    return main([str(word) for word in words], open_window=lambda *_, **__: 1)


def test_models_that_were_imported_are_used_and_stored(
    models: Path, short: Path, tmp_path: Path
) -> None:
    for name, mine in ((ENCODER, "my-encoder"), (SCORER, "my-scorer")):
        assert crimeview("models", "import", tmp_path / "others" / name, "--name", mine) == 0
    pair = ("--encoder", "my-encoder", "--scorer", "my-scorer")
    assert crimeview("analyze", short, "--case", tmp_path / "case", *pair) == 0
    with open_case(tmp_path / "case", create=False) as case:
        run = case.analyses.newest()
        assert run is not None
        settings = json.loads(run.settings_json)
    assert (settings["encoder"], settings["scorer"]) == ("my-encoder", "my-scorer")


def test_models_that_do_not_fit_are_told_before_anything_is_analyzed(
    models: Path, short: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    crimeview("models", "import", tmp_path / "others" / ENCODER, "--name", "my-encoder")
    assert crimeview("analyze", short, "--case", tmp_path / "case", "--encoder", "my-encoder") == 1
    assert "choose a pair that fits" in capsys.readouterr().err
    assert not (tmp_path / "case").exists()


def test_a_model_that_is_not_there_is_told(
    models: Path, short: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert crimeview("analyze", short, "--case", tmp_path / "case", "--scorer", "none") == 1
    assert "There is no model “none”" in capsys.readouterr().err


def test_models_of_another_kind_are_told(
    models: Path, short: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("analyze", short, "--case", tmp_path / "case")
    assert crimeview(*words, "--encoder", SCORER, "--scorer", ENCODER) == 1
    assert f"“{SCORER}” cannot be the encoder: its kind is scorer" in capsys.readouterr().err
    assert not (tmp_path / "case").exists()
