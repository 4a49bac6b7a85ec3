"""An analysis with other models than the default ones, from their import on."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from crimeview.jobs.models import ENCODER, SCORER
from crimeview.nets.catalog import read_model
from crimeview.store.case import open_case
from tests.bursts import write_bursts
from tests.cli.conftest import Command


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


def test_models_that_were_imported_are_used_and_stored(
    crimeview: Command, models: Path, short: Path, tmp_path: Path
) -> None:
    for name, mine in ((ENCODER, "my-encoder"), (SCORER, "my-scorer")):
        imported = crimeview("models", "import", tmp_path / "others" / name, "--name", mine)
        assert imported.code == 0, imported.err
    pair = ("--encoder", "my-encoder", "--scorer", "my-scorer")
    ended = crimeview("analyze", short, "--case", tmp_path / "case", *pair)
    assert ended.code == 0, ended.err
    with open_case(tmp_path / "case", create=False) as case:
        run = case.newest_run()
        assert run is not None
        settings = json.loads(run.settings_json)
    assert (settings["encoder"], settings["scorer"]) == ("my-encoder", "my-scorer")


def test_models_that_do_not_fit_are_told_before_anything_is_analyzed(
    crimeview: Command, models: Path, short: Path, tmp_path: Path
) -> None:
    crimeview("models", "import", tmp_path / "others" / ENCODER, "--name", "my-encoder")
    ended = crimeview("analyze", short, "--case", tmp_path / "case", "--encoder", "my-encoder")
    assert ended.code == 1
    assert "choose a pair that fits" in ended.err
    assert not (tmp_path / "case").exists()


def test_a_model_that_is_not_there_is_told(
    crimeview: Command, models: Path, short: Path, tmp_path: Path
) -> None:
    ended = crimeview("analyze", short, "--case", tmp_path / "case", "--scorer", "none")
    assert ended.code == 1
    assert "There is no model “none”" in ended.err
