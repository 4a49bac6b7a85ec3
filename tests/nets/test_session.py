import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from crimeview.core.errors import ModelError
from crimeview.core.manifest import Manifest
from crimeview.nets.catalog import ModelFolder
from crimeview.nets.session import Session
from tests.tiny_models import make_models

Change = Callable[[Manifest], Manifest]


@pytest.fixture
def model(tmp_path: Path) -> ModelFolder:
    return make_models(tmp_path).encoder


def test_runs(model: ModelFolder) -> None:
    shape = model.manifest.input.shape
    values = np.zeros([n or 1 for n in shape], np.float32)
    assert Session(model, threads=1).run(values).shape == model.manifest.output.shape


def test_a_missing_file_is_named(model: ModelFolder) -> None:
    model.file.unlink()
    with pytest.raises(ModelError, match=r"incomplete.*cannot be read; copy"):
        Session(model)


def test_a_changed_file_is_refused(model: ModelFolder) -> None:
    data = bytearray(model.file.read_bytes())
    data[len(data) // 2] ^= 1
    model.file.write_bytes(data)
    with pytest.raises(ModelError, match="SHA-256"):
        Session(model)


def test_a_file_that_is_no_network_is_refused(model: ModelFolder) -> None:
    model.file.write_bytes(b"not a network")
    sha256 = hashlib.sha256(b"not a network").hexdigest()
    with pytest.raises(ModelError, match="not a usable ONNX file"):
        Session(replace(model, manifest=replace(model.manifest, sha256=sha256)))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda m: replace(m, input=replace(m.input, name="video")), "input should be .* video"),
        (lambda m: replace(m, input=replace(m.input, shape=(1, 2))), "input should be .* 1×2"),
        (lambda m: replace(m, output=replace(m.output, name="x")), "output should be .* x"),
        (lambda m: replace(m, output=replace(m.output, shape=(1, 99))), "output .* 1×99.* 1×8"),
    ],
)
def test_shapes_other_than_the_manifests_are_refused(
    model: ModelFolder, change: Change, sentence: str
) -> None:
    with pytest.raises(ModelError, match=sentence):
        Session(replace(model, manifest=change(model.manifest)))


def test_what_cannot_run_is_one_sentence(tmp_path: Path) -> None:
    scorer = make_models(tmp_path).scorer
    with pytest.raises(ModelError, match=r"could not run \(.*\)\.$"):
        Session(scorer).run(np.zeros((2, 99), np.float32))
