import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from crimeview.core.errors import ModelError
from crimeview.nets import measured
from crimeview.nets.catalog import ModelFolder
from crimeview.nets.choice import Running, choose, explain, fastest
from crimeview.nets.encoder import Encoder
from crimeview.nets.engine_names import ENGINES
from crimeview.nets.engines import engines_present
from crimeview.nets.measured import Timing, keep_timings, kept_timings, measured_file
from tests.nets.variants import with_variant, with_wrong_variant
from tests.tiny_models import make_models

SLOW = Timing(
    precision="fp32", engine="cpu", threads=1, wall_ms=30.0, cpu_ms=30.0, cosine=1.0, fault=None
)
FAST = replace(SLOW, precision="int8", threads=2, wall_ms=11.0, cpu_ms=20.0, cosine=0.998)
REFUSED = replace(FAST, fault="its outputs differ")


@pytest.fixture
def model(tmp_path: Path) -> ModelFolder:
    return with_variant(make_models(tmp_path / "models").encoder)


def test_int8_is_chosen_where_there_is_one(model: ModelFolder, tmp_path: Path) -> None:
    assert choose(model) == Running(precision="int8", engine="cpu", threads=1)
    plain = replace(model, manifest=replace(model.manifest, variants=()))
    assert choose(plain) == Running(precision="fp32", engine="cpu", threads=1)


def test_what_runs_is_known_by_its_own_sha256(model: ModelFolder) -> None:
    (variant,) = model.manifest.variants
    with Encoder(model, running=choose(model)) as eight, Encoder(model) as plain:
        assert eight.sha256 == variant.sha256 != model.manifest.sha256 == plain.sha256
        assert (eight.running.precision, plain.running.precision) == ("int8", "fp32")


def test_wishes_are_honored_or_refused(model: ModelFolder) -> None:
    assert choose(model, precision="fp32").precision == "fp32"
    assert choose(model, engine="cpu").precision == "int8"
    plain = replace(model, manifest=replace(model.manifest, variants=()))
    with pytest.raises(ModelError, match="has no int8 variant; run it in fp32"):
        choose(plain, precision="int8")
    with pytest.raises(ModelError, match="choose the engine cpu"):
        choose(model, engine=next(e for e in ENGINES if e not in engines_present()))


def test_what_was_measured_here_is_taken(model: ModelFolder) -> None:
    keep_timings(model, [SLOW, replace(FAST, precision="fp32"), replace(SLOW, precision="int8")])
    choice = explain(model)
    assert choice.running == Running(precision="fp32", engine="cpu", threads=2)
    assert "measured here: 11 ms" in choice.reason
    assert choose(model, precision="int8") == Running(precision="int8", engine="cpu", threads=1)


def test_what_disagrees_is_never_taken(model: ModelFolder) -> None:
    keep_timings(model, [SLOW, REFUSED])
    assert choose(model) == Running(precision="fp32", engine="cpu", threads=1)
    with pytest.raises(ModelError, match="int8 on the engine cpu here: its outputs differ; choose"):
        choose(model, precision="int8")
    keep_timings(model, [REFUSED])
    assert choose(model).precision == "fp32"


def test_another_model_file_is_another_model(model: ModelFolder, tmp_path: Path) -> None:
    keep_timings(model, [SLOW])
    other = with_wrong_variant(model, tmp_path / "other")
    assert kept_timings(model).timings == (SLOW,)
    assert kept_timings(other).timings == ()
    keep_timings(other, [FAST])
    assert kept_timings(model).timings == (SLOW,)
    assert [p.name for p in measured_file().parent.iterdir()] == ["engines.json"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("runtime_versions", {"onnxruntime": "0.1"}),
        ("_processor", "another one"),
        ("usable_cores", 77),
    ],
)
def test_what_was_measured_elsewhere_is_not_taken(
    model: ModelFolder, monkeypatch: pytest.MonkeyPatch, name: str, value: Any
) -> None:
    keep_timings(model, [SLOW])
    assert choose(model).precision == "fp32"
    monkeypatch.setattr(measured, name, lambda: value)
    choice = explain(model)
    assert choice.running.precision == "int8"
    assert choice.reason.endswith("measure again with: crimeview models bench.")
    keep_timings(model, [SLOW])
    assert choose(model).precision == "fp32"


def _damaged(**changes: Any) -> str:
    timing = asdict(SLOW) | changes
    return json.dumps({"machine": measured.machine(), "models": {"x": [timing]}})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "7",
        "{}",
        "\x00\x01",
        "[" * 100_000,
        json.dumps({"machine": measured.machine()}),
        json.dumps({"machine": measured.machine(), "models": []}),
        json.dumps({"machine": measured.machine(), "models": {"x": 3}}),
        json.dumps({"machine": measured.machine(), "models": {"x": [{}]}}),
        _damaged(engine="abacus"),
        _damaged(engine=["cpu"]),
        _damaged(precision="fp1"),
        _damaged(threads=0),
        _damaged(threads=True),
        _damaged(wall_ms="3"),
        _damaged(wall_ms=float("nan")),
        _damaged(cpu_ms=float("inf")),
        _damaged(fault=3),
        _damaged(more=1),
    ],
    ids=range(21),
)
def test_a_damaged_file_is_not_used(model: ModelFolder, text: str) -> None:
    file = measured_file()
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    choice = explain(model)
    assert choice.running == Running(precision="int8", engine="cpu", threads=1)
    assert "is damaged and is not used" in choice.reason
    keep_timings(model, [SLOW])
    assert choose(model).precision == "fp32"


def test_bytes_that_are_no_text_are_damage_as_well(model: ModelFolder) -> None:
    measured_file().parent.mkdir(parents=True)
    measured_file().write_bytes(b"\xff\xfe\x80")
    assert "is damaged" in explain(model).reason


def test_a_folder_in_the_place_of_the_file(model: ModelFolder) -> None:
    measured_file().mkdir(parents=True)
    assert "cannot be read" in explain(model).reason
    with pytest.raises(ModelError, match=r"cannot be kept in .*; allow writing there"):
        keep_timings(model, [SLOW])


def test_scorers_stay_on_the_processor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scorer = make_models(tmp_path / "more").scorer
    monkeypatch.setattr("crimeview.nets.engines.engines_present", lambda: ("cpu", "cuda"))
    assert choose(scorer, engine="cuda").engine == "cpu"


def test_int8_is_not_guessed_for_a_graphics_card(
    model: ModelFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crimeview.nets.engines.engines_present", lambda: ("cpu", "cuda"))
    assert choose(model, engine="cuda") == Running(precision="fp32", engine="cuda", threads=1)


def _timing(wall: float, cpu: float, threads: int) -> Timing:
    return replace(SLOW, wall_ms=wall, cpu_ms=cpu, threads=threads)


def test_a_light_network_leaves_the_cores_to_decoding() -> None:
    one, two = _timing(3.0, 3.0, 1), _timing(1.7, 3.4, 2)
    assert fastest([two, one], cores=2) is one


def test_a_heavy_network_takes_the_cores() -> None:
    one, two = _timing(230.0, 230.0, 1), _timing(128.0, 250.0, 2)
    assert fastest([one, two], cores=2) is two


def test_many_cores_decode_faster_than_one_thread_computes() -> None:
    one, two = _timing(3.0, 3.0, 1), _timing(1.7, 3.4, 2)
    assert fastest([one, two], cores=8) is two


def test_of_what_is_near_the_one_with_fewer_threads_wins_then_that_with_less_cpu_time() -> None:
    wasteful, frugal = _timing(100.0, 200.0, 2), _timing(103.0, 104.0, 1)
    assert fastest([wasteful, frugal], cores=2) is frugal
    less = replace(frugal, precision="int8", cpu_ms=90.0)
    assert fastest([wasteful, frugal, less], cores=2) is less


def test_another_engine_is_taken_only_where_it_gains_something() -> None:
    plain = _timing(1.0, 1.0, 1)
    near, far = (replace(plain, engine="openvino", cpu_ms=cpu) for cpu in (0.7, 0.3))
    assert fastest([near, plain], cores=2) is plain
    assert fastest([far, plain], cores=2) is far
