from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from crimeview.core.errors import ModelError
from crimeview.nets import engines
from crimeview.nets.agreement import probe_inputs
from crimeview.nets.catalog import ModelFolder, list_models
from crimeview.nets.choice import Running
from crimeview.nets.engine_names import Engine
from crimeview.nets.engines import engines_present, usable_cores
from crimeview.nets.session import Session
from tests.tiny_models import make_models


@pytest.fixture
def model(tmp_path: Path) -> ModelFolder:
    return make_models(tmp_path).encoder


@pytest.fixture
def openvino() -> None:
    if find_spec("openvino") is None:
        pytest.skip("the extra openvino is not installed")


def test_the_processor_is_always_there() -> None:
    assert engines_present()[0] == "cpu"
    assert usable_cores() >= 1


@pytest.mark.parametrize("engine", ["cuda", "directml", "coreml", "openvino"])
def test_an_engine_that_is_not_there_is_told(
    engine: Engine, model: ModelFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "engines_present", lambda: ("cpu",))
    with pytest.raises(ModelError, match=r"is not installed; .*, or choose the engine cpu\.$"):
        Session(model, running=Running(engine=engine))


@pytest.mark.filterwarnings("ignore:Specified provider")
def test_an_engine_that_does_not_load_is_told_and_does_not_become_the_processor(
    model: ModelFolder, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    missing = next(e for e in ("cuda", "directml") if e not in engines_present())
    monkeypatch.setattr(engines, "engines_present", lambda: ("cpu", missing))
    with pytest.raises(ModelError, match=rf"opened on the engine {missing} \(.*choose the engine"):
        Session(model, running=Running(engine=missing))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_threads_do_not_change_what_is_computed(threads: int) -> None:
    for model in list_models():
        values = probe_inputs(model.manifest)[-1]
        wanted = Session(model, threads=1).run(values)
        found = Session(model, running=Running(threads=threads)).run(values)
        np.testing.assert_allclose(found, wanted, atol=model.manifest.check.tolerance)


def test_a_result_outlives_the_next_run(model: ModelFolder) -> None:
    _outlives(Session(model), model)


def test_a_result_of_openvino_outlives_the_next_run(openvino: None, model: ModelFolder) -> None:
    _outlives(Session(model, running=Running(engine="openvino")), model)


def _outlives(session: Session, model: ModelFolder) -> None:
    inputs = probe_inputs(model.manifest)
    first = session.run(inputs[0])
    kept = first.copy()
    assert np.abs(session.run(inputs[1]) - kept).max() > 0
    np.testing.assert_array_equal(first, kept)


def test_openvino_computes_what_the_processor_does(openvino: None) -> None:
    for model in list_models():
        for precision in model.precisions if model.manifest.clip else ():
            sessions = [
                Session(model, running=Running(precision=precision, engine=engine, threads=1))
                for engine in ("cpu", "openvino")
            ]
            for values in probe_inputs(model.manifest):
                wanted, found = (session.run(values) for session in sessions)
                tolerance = model.network(precision).check.tolerance
                np.testing.assert_allclose(found, wanted, atol=tolerance)


def test_openvino_takes_any_number_of_rows(openvino: None, tmp_path: Path) -> None:
    scorer = make_models(tmp_path).scorer
    plain, other = Session(scorer), Session(scorer, running=Running(engine="openvino"))
    random = np.random.default_rng(0)
    for rows in (1, 7, 7, 300):
        values = (random.random((rows, 8)) / 10).astype(np.float32)
        np.testing.assert_allclose(other.run(values), plain.run(values), atol=1e-5)


def test_what_is_not_a_network_for_openvino_is_one_sentence(
    openvino: None, model: ModelFolder, tmp_path: Path
) -> None:
    file = tmp_path / "text.onnx"
    file.write_bytes(b"no network")
    with pytest.raises(ModelError, match=r"^X cannot be opened on the engine openvino \(.*cpu\.$"):
        engines.open_network(file, engine="openvino", threads=1, title="X")
