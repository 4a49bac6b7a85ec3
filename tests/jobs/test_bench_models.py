from pathlib import Path

import pytest

from crimeview.core.errors import ModelError
from crimeview.jobs.bench_models import Effort, bench_models
from crimeview.nets.catalog import ModelFolder
from crimeview.nets.choice import choose
from crimeview.nets.engines import engines_present, usable_cores
from crimeview.nets.measured import kept_timings, measured_file
from tests.jobs.finished import finished
from tests.nets.variants import with_variant, with_wrong_variant
from tests.tiny_models import make_models

QUICK = Effort(rounds=2, seconds=0.001)


@pytest.fixture
def model(tmp_path: Path) -> ModelFolder:
    return with_variant(make_models(tmp_path / "models").encoder)


def test_every_way_is_measured_and_the_best_is_run_from_then_on(model: ModelFolder) -> None:
    (bench,) = finished(bench_models([model], effort=QUICK))
    ways = {(t.precision, t.engine, t.threads) for t in bench.timings}
    assert len(ways) == len(bench.timings)
    assert {(t.precision, t.engine) for t in bench.timings} == {
        (precision, engine) for precision in ("fp32", "int8") for engine in engines_present()
    }
    assert {t.threads for t in bench.timings} >= {1, usable_cores()}
    assert all(t.fault is None and t.cosine > 0.9999 for t in bench.timings)
    assert all(t.wall_ms > 0 and t.cpu_ms > 0 for t in bench.timings)
    assert kept_timings(model).timings == bench.timings
    assert choose(model) == bench.choice.running
    assert "measured here" in bench.choice.reason


def test_what_computes_something_else_is_refused(model: ModelFolder, tmp_path: Path) -> None:
    wrong = with_wrong_variant(model, tmp_path / "other")
    (bench,) = finished(bench_models([wrong], effort=QUICK))
    refused = {t.precision for t in bench.timings if t.fault is not None}
    assert refused == {"int8"}
    assert all("0.995 is the least" in t.fault for t in bench.timings if t.fault)
    assert choose(wrong).precision == "fp32"
    with pytest.raises(ModelError, match="choose another, or let the program choose"):
        choose(wrong, precision="int8")


def test_a_variant_that_cannot_be_opened_is_refused(model: ModelFolder) -> None:
    model.network("int8").path.write_bytes(b"damaged")
    (bench,) = finished(bench_models([model], effort=QUICK))
    faults = [t.fault or "" for t in bench.timings if t.precision == "int8"]
    assert faults
    assert all("is damaged" in fault for fault in faults)
    assert bench.choice.running.precision == "fp32"


def test_scorers_are_measured_on_the_processor_in_one_thread(tmp_path: Path) -> None:
    scorer = make_models(tmp_path / "more").scorer
    (bench,) = finished(bench_models([scorer], effort=QUICK))
    assert [(t.engine, t.threads) for t in bench.timings] == [("cpu", 1)]


def test_models_that_were_done_when_it_was_stopped_are_kept(
    model: ModelFolder, tmp_path: Path
) -> None:
    scorer = make_models(tmp_path / "more").scorer
    job = bench_models([scorer, model], effort=QUICK)
    step = next(job)
    while step.done < 1:
        assert step.total == 2
        step = next(job)
    job.close()
    assert kept_timings(scorer).timings
    assert not kept_timings(model).timings


def test_a_model_that_does_not_run_at_all_is_told(model: ModelFolder) -> None:
    model.file.write_bytes(b"damaged")
    with pytest.raises(ModelError, match="is damaged"):
        finished(bench_models([model], effort=QUICK))
    assert not measured_file().exists()
