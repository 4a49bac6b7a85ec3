import sys
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest

from crimeview.core.errors import ModelError
from crimeview.core.manifest import Check
from crimeview.nets.catalog import ModelFolder, list_models
from crimeview.nets.verify import verify
from tests.tiny_models import make_models


def _with_check(model: ModelFolder, check: Check) -> ModelFolder:
    return replace(model, manifest=replace(model.manifest, check=check))


def test_models_reproduce_their_check(tmp_path: Path) -> None:
    pair = make_models(tmp_path)
    assert verify(pair.encoder) == 0.0
    assert verify(pair.scorer) == 0.0


def test_another_output_is_an_error(tmp_path: Path) -> None:
    encoder = make_models(tmp_path).encoder
    check = encoder.manifest.check
    off = tuple(v + 10 * check.tolerance for v in check.expected)
    with pytest.raises(ModelError, match="does not reproduce its check on this computer"):
        verify(_with_check(encoder, replace(check, expected=off)))


def test_another_number_of_outputs_is_an_error(tmp_path: Path) -> None:
    encoder = make_models(tmp_path).encoder
    with pytest.raises(ModelError, match="gives 8 numbers for its check where its manifest has 3"):
        verify(_with_check(encoder, Check(expected=(0.0, 0.0, 0.0), tolerance=1.0)))


def test_not_a_number_is_not_within_the_tolerance(tmp_path: Path) -> None:
    encoder = make_models(tmp_path).encoder
    check = Check(expected=(float("nan"),) * 8, tolerance=1.0)
    with pytest.raises(ModelError, match="does not reproduce"):
        verify(_with_check(encoder, check))


def test_the_shipped_models_verify() -> None:
    models = list_models()
    assert {m.manifest.kind for m in models} >= {"encoder", "scorer"}
    for model in models:
        for precision in model.precisions:
            file = model.network(precision)
            assert verify(model, precision=precision) <= file.check.tolerance
            assert file.path.stat().st_size < 20_000_000


def test_openvino_computes_the_same() -> None:
    if find_spec("openvino") is None:
        pytest.skip("the extra openvino is not installed")
    for model in list_models():
        if model.manifest.clip is not None:  # no others run there
            for precision in model.precisions:
                allowed = model.network(precision).check.tolerance
                assert verify(model, engine="openvino", precision=precision) <= allowed


def test_a_missing_openvino_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openvino", None)
    with pytest.raises(ModelError, match=r"crimeview\[openvino\]"):
        verify(make_models(tmp_path).encoder, engine="openvino")
