from pathlib import Path

import pytest

from crimeview.core.errors import ModelError
from crimeview.nets.catalog import find_model, list_models, models_folder
from tests.tiny_models import make_models


def test_lists_and_finds_the_models_of_a_folder(tmp_path: Path) -> None:
    pair = make_models(tmp_path)
    (tmp_path / "notes").mkdir()
    assert list_models(tmp_path) == [pair.scorer, pair.encoder, pair.violence]
    assert find_model(pair.scorer.manifest.name, tmp_path) == pair.scorer


def test_the_environment_names_another_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = make_models(tmp_path)
    monkeypatch.setenv("CRIMEVIEW_MODELS", str(tmp_path))
    assert models_folder() == tmp_path
    assert list_models() == [pair.scorer, pair.encoder, pair.violence]


def test_an_unknown_name_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    make_models(tmp_path)
    with pytest.raises(ModelError, match=r"no model “other”.*c3d-motion-events, c3d-motion-small"):
        find_model("other", tmp_path)


def test_a_folder_without_manifest_is_not_a_model(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ModelError, match=r"has no manifest\.json"):
        find_model("empty", tmp_path)


def test_a_damaged_manifest_is_named(tmp_path: Path) -> None:
    pair = make_models(tmp_path)
    manifest = pair.encoder.folder / "manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace('"kind"', '"sort"'))
    with pytest.raises(ModelError, match=f"kind missing.*{pair.encoder.folder.name}"):
        list_models(tmp_path)


def test_a_missing_folder_of_models_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no folder of models"):
        list_models(tmp_path / "absent")


def test_a_folder_of_another_name_than_its_model_is_refused(tmp_path: Path) -> None:
    pair = make_models(tmp_path)
    pair.scorer.folder.rename(tmp_path / "other")
    with pytest.raises(ModelError, match="calls itself “c3d-motion-events”"):
        find_model("other", tmp_path)


def test_a_name_that_no_disk_takes_is_unknown(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="There is no model"):
        find_model("x" * 300, tmp_path)


def test_a_manifest_that_is_not_text_is_damaged(tmp_path: Path) -> None:
    pair = make_models(tmp_path)
    (pair.encoder.folder / "manifest.json").write_bytes(b"\xff")
    with pytest.raises(ModelError, match=r"manifest\.json is damaged"):
        list_models(tmp_path)
