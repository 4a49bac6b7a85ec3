"""Where an imported model goes: whole or not at all, and over nothing that is not to be lost."""

import json
import shutil
from importlib import util
from pathlib import Path

import pytest
import torch

from crimeview.core.errors import ModelError, UsageError
from crimeview.jobs import import_model as module
from crimeview.jobs.import_model import Target, import_model
from crimeview.nets.catalog import find_model, list_models
from crimeview.nets.verify import verify
from tests.jobs.finished import finished
from tests.tiny_models import make_models
from tests.training.importers.published import as_ekosman, random_layers


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    path = tmp_path / "epoch_1.pt"
    torch.save(as_ekosman(random_layers()).state_dict(), path)
    return path


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """The folder of a small model, not called as the model is."""
    made = make_models(tmp_path / "made").scorer.folder
    return made.rename(tmp_path / "download (1)")


def run(path: Path, models: Path, *, name: str | None = None, overwrite: bool = False) -> Path:
    target = Target(models=models, name=name, overwrite=overwrite)
    return finished(import_model(path, target=target)).folder


def everything(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_an_import_can_be_verified_and_has_the_name_given(weights: Path, tmp_path: Path) -> None:
    models = tmp_path / "models"
    assert run(weights, models) == models / "mil-ekosman"
    assert run(weights, models, name="mine") == models / "mine"
    assert [model.manifest.name for model in list_models(models)] == ["mil-ekosman", "mine"]
    mine = find_model("mine", models)
    assert mine.file.name == "mine.onnx"
    assert verify(mine) == 0.0
    assert sorted(path.name for path in models.iterdir()) == ["mil-ekosman", "mine"]


def test_a_name_that_is_taken_is_kept_unless_told(weights: Path, tmp_path: Path) -> None:
    models = tmp_path / "models"
    folder = run(weights, models)
    before = everything(models)
    with pytest.raises(UsageError, match=r"“mil-ekosman” in .* already; give another --name"):
        run(weights, models)
    assert everything(models) == before
    torch.save(as_ekosman(random_layers(1)).state_dict(), weights)
    (folder / "notes.txt").write_text("of the old one", encoding="utf-8")
    run(weights, models, overwrite=True)
    assert sorted(path.name for path in folder.iterdir()) == ["manifest.json", "mil-ekosman.onnx"]
    assert everything(models) != before
    verify(find_model("mil-ekosman", models))


def test_what_is_no_model_is_never_replaced(weights: Path, tmp_path: Path) -> None:
    (tmp_path / "mil-ekosman").mkdir()
    (tmp_path / "mil-ekosman" / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(UsageError, match="is not a model, so it is not replaced"):
        run(weights, tmp_path, overwrite=True)
    assert (tmp_path / "mil-ekosman" / "thesis.txt").exists()


def test_closing_at_any_step_leaves_what_was_there(weights: Path, tmp_path: Path) -> None:
    models = tmp_path / "models"
    run(weights, models)
    before = everything(models)
    target = Target(models=models, name=None, overwrite=True)
    count = sum(1 for _ in import_model(weights, target=target))
    assert count == 3
    before = everything(models)
    for steps in range(1, count + 1):
        job = import_model(weights, target=target)
        for _ in range(steps):
            next(job)
        job.close()
        assert everything(models) == before


def test_a_failure_at_the_last_moment_brings_the_old_one_back(
    weights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    models = tmp_path / "models"
    run(weights, models)
    before = everything(models)
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if self.parent.name.startswith(".import-"):
            raise OSError(5, "Input/output error")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(UsageError, match="Input/output error"):
        run(weights, models, overwrite=True)
    assert everything(models) == before


@pytest.mark.parametrize("what", ["", "tiny.onnx", "manifest.json"])
def test_a_model_is_copied_whatever_its_folder_is_called(
    tiny: Path, tmp_path: Path, what: str
) -> None:
    models = tmp_path / "models"
    folder = run(tiny / what if what else tiny, models)
    assert everything(folder) == everything(tiny)
    assert run(tiny, models, name="other").name == "other"
    verify(find_model("other", models))


def test_a_damaged_model_is_not_copied(tiny: Path, tmp_path: Path) -> None:
    with (tiny / "tiny.onnx").open("ab") as file:
        file.write(b"x")
    with pytest.raises(ModelError, match="is damaged"):
        run(tiny, tmp_path / "models")
    assert everything(tmp_path / "models") == {}


def test_a_model_that_computes_something_else_is_not_copied(tiny: Path, tmp_path: Path) -> None:
    manifest = json.loads((tiny / "manifest.json").read_text(encoding="utf-8"))
    manifest["check"]["expected"][0] += 0.1
    (tiny / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ModelError, match="does not reproduce its check"):
        run(tiny, tmp_path / "models")


def test_an_onnx_file_needs_its_own_manifest(tiny: Path, tmp_path: Path) -> None:
    shutil.copy(tiny / "tiny.onnx", tiny / "other.bin")
    with pytest.raises(ModelError, match=r"beside other\.bin is that of tiny\.onnx"):
        run(tiny / "other.bin", tmp_path / "models")
    (tiny / "manifest.json").unlink()
    with pytest.raises(ModelError, match=r"There is no manifest\.json"):
        run(tiny / "tiny.onnx", tmp_path / "models")


def test_a_model_without_its_network(tiny: Path, tmp_path: Path) -> None:
    (tiny / "tiny.onnx").unlink()
    with pytest.raises(ModelError, match=r"lacks tiny\.onnx"):
        run(tiny, tmp_path / "models")


@pytest.mark.parametrize("name", ["", "Mine", "../up", "a b", "-x", ".x"])
def test_names_that_cannot_be(weights: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="A model cannot be called"):
        run(weights, tmp_path / "models", name=name)


def test_a_target_that_cannot_be_written(weights: Path, tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file", encoding="utf-8")
    with pytest.raises(UsageError, match="cannot be written"):
        run(weights, tmp_path / "models")


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There is nothing at"):
        run(tmp_path / "none.pt", tmp_path / "models")


def test_without_pytorch_models_are_copied_and_weights_explained(
    weights: Path, tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        module, "find_spec", lambda name: None if name == "torch" else util.find_spec(name)
    )
    with pytest.raises(UsageError, match=r"pip install 'crimeview\[train\]'"):
        run(weights, tmp_path / "models")
    run(tiny, tmp_path / "models")
