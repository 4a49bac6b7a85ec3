"""Files that are not what is wanted: each is told in a sentence, and nothing of it is run."""

import os
import pickle
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from scipy.io import savemat
from torch import nn

from crimeview.core.errors import ModelError
from crimeview.training.importers.recognize import recognize
from crimeview.training.importers.source import read_source
from tests.training.importers.published import (
    as_ekosman,
    as_mmaction2,
    c3d_shapes,
    lazy,
    random_layers,
    write_mat,
)


class Trap:
    """Makes a file where its pickle is loaded by what runs pickles."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
        return os.system, (f"touch {self.path}",)


def refusal(path: Path) -> str:
    with pytest.raises(ModelError) as error:
        recognize(read_source(path))
    return str(error.value)


def saved(tmp_path: Path, content: object) -> Path:
    path = tmp_path / "some.pth"
    torch.save(content, path)
    return path


@pytest.mark.parametrize(("classes", "prefix"), [(None, ""), (487, "backbone.")])
def test_mmaction2s_checkpoints_are_told_by_their_names(
    tmp_path: Path, classes: int | None, prefix: str
) -> None:
    tensors = as_mmaction2(lazy(c3d_shapes()), classes=classes, prefix=prefix)
    found = recognize(read_source(saved(tmp_path, {"meta": {}, "state_dict": tensors})))
    assert found.draft.name == "c3d-sports1m-mmaction2"
    assert "classes" not in found.draft.origin.description


@pytest.mark.parametrize("old", [True, False])
@pytest.mark.parametrize("wrapped", [True, False])
def test_a_pickle_that_would_run_something_is_refused(
    tmp_path: Path, old: bool, wrapped: bool
) -> None:
    sprung = tmp_path / "sprung"
    trap = Trap(sprung)
    content = {"fc1.weight": torch.zeros(512, 4096), "state_dict": trap} if wrapped else trap
    path = tmp_path / "trap.pth"
    torch.save(content, path, _use_new_zipfile_serialization=not old)
    pickle.loads(pickle.dumps(trap))
    assert sprung.exists()  # it is a real one
    sprung.unlink()
    told = refusal(path)
    assert "nothing in it was run" in told
    assert "system" in told
    assert not sprung.exists()


def test_a_bare_pickle_is_refused_as_well(tmp_path: Path) -> None:
    sprung, path = tmp_path / "sprung", tmp_path / "trap.pickle"
    path.write_bytes(pickle.dumps({"fc1.weight": Trap(sprung)}, protocol=2))
    assert "“trap.pickle” was not loaded" in refusal(path)
    assert not sprung.exists()


def test_a_trap_in_a_scorers_layer_is_refused(tmp_path: Path) -> None:
    sprung = tmp_path / "sprung"
    detector = as_ekosman(random_layers())
    detector.fc2.trap = Trap(sprung)  # type: ignore[assignment]
    assert "nothing in it was run" in refusal(saved(tmp_path, detector))
    assert not sprung.exists()


def test_wrong_shapes_are_named(tmp_path: Path) -> None:
    tensors = lazy(c3d_shapes()) | lazy({"conv3a.weight": (256, 64, 3, 3, 3)})
    told = refusal(saved(tmp_path, tensors))
    assert "conv3a.weight must be 256×128×3×3×3" in told
    assert "but is 256×64×3×3×3 of float32" in told


def test_whole_numbers_are_not_weights(tmp_path: Path) -> None:
    tensors = as_ekosman(random_layers()).state_dict()
    tensors["fc2.weight"] = tensors["fc2.weight"].to(torch.int8)
    assert "but is 32×512 of int8" in refusal(saved(tmp_path, tensors))


def test_missing_weights_are_named(tmp_path: Path) -> None:
    tensors = lazy(c3d_shapes())
    del tensors["fc6.weight"], tensors["fc6.bias"]
    told = refusal(saved(tmp_path, tensors))
    assert "incomplete: fc6.weight, fc6.bias missing" in told


def test_more_layers_are_another_network(tmp_path: Path) -> None:
    tensors = lazy(c3d_shapes()) | lazy({"bn1.weight": (64,), "bn1.bias": (64,)})
    assert "(bn1.weight, bn1.bias), so it is another network" in refusal(saved(tmp_path, tensors))


def test_numbers_that_are_not_finite_are_damage(tmp_path: Path) -> None:
    tensors = as_ekosman(random_layers()).state_dict()
    tensors["fc3.bias"] = torch.tensor([float("nan")])
    assert "fc3.bias has numbers that are not finite" in refusal(saved(tmp_path, tensors))


def test_an_unknown_network_is_told_with_what_is_known(tmp_path: Path) -> None:
    told = refusal(saved(tmp_path, nn.Sequential(nn.Conv2d(3, 8, 3), nn.Linear(8, 2)).state_dict()))
    assert "it has 0.weight, 0.bias, 1.weight, 1.bias" in told
    for name in ("conv1.weight", "backbone.conv1a.conv.weight", "fc1.weight"):
        assert name in told


@pytest.mark.parametrize("content", [[torch.zeros(2)], torch.zeros(2), {}, {"epoch": 3}, None])
def test_no_names_no_network(tmp_path: Path, content: object) -> None:
    assert "without named weights" in refusal(saved(tmp_path, content))


def test_a_program_is_not_weights(tmp_path: Path) -> None:
    path = tmp_path / "traced.pt"
    with pytest.warns(DeprecationWarning, match="jit"):
        torch.jit.script(nn.ReLU()).save(str(path))  # type: ignore[no-untyped-call]
    assert "TorchScript" in refusal(path)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "no file of weights that is known"),
        (b"conv1.weight conv1.bias", "no file of weights that is known"),
        (b"\x89HDF\r\n\x1a\n" + bytes(100), "is an HDF5 file"),
        (b"PK\x03\x04" + bytes(100), "cannot be read as a PyTorch checkpoint"),
        (b"\x80\x02" + bytes(100), "cannot be read as a PyTorch checkpoint"),
        (b"MATLAB 5.0 MAT-file" + bytes(200), "is a MATLAB file that cannot be read"),
    ],
)
def test_other_files_are_told(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    assert told in refusal(path)


def test_a_checkpoint_that_was_cut_off(tmp_path: Path) -> None:
    path = saved(tmp_path, as_ekosman(random_layers()).state_dict())
    path.write_bytes(path.read_bytes()[:100_000])
    assert "cannot be read as a PyTorch checkpoint" in refusal(path)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        read_source(tmp_path / "none.pth")


def test_a_matlab_file_of_something_else(tmp_path: Path) -> None:
    path = tmp_path / "loss.mat"
    savemat(path, {"loss_graph": np.zeros(10)})
    assert "this has loss_graph" in refusal(path)


def test_a_matlab_file_of_other_shapes(tmp_path: Path) -> None:
    path = tmp_path / "weights.mat"
    (_, bias), *others = random_layers()
    write_mat(path, [(np.zeros((2048, 512), np.float32), bias), *others])
    assert "0.weight must be 512×4096" in refusal(path)


def test_a_matlab_file_of_texts(tmp_path: Path) -> None:
    path = tmp_path / "weights.mat"
    first, second, _ = random_layers()
    write_mat(path, [first, second, (np.array(["a"]), np.array(["b"]))])  # type: ignore[list-item]
    assert "4.weight must be" in refusal(path)
