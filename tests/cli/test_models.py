import hashlib
import json
import re
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from crimeview.cli.main import main
from crimeview.core.manifest import Metric, Variant
from crimeview.jobs.models import ENCODER, SCORER
from crimeview.nets.catalog import list_models
from crimeview.nets.engine_names import ENGINES
from tests.tiny_models import make_models


def run(*arguments: str) -> int:
    return main(["models", *arguments], open_window=lambda *_, **__: 1)


def test_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("list") == 0
    lines = capsys.readouterr().out.splitlines()
    rows = [line.split()[:3] for line in lines]
    assert [ENCODER, "encoder", "tiny-motion"] in rows
    assert [SCORER, "scorer", "tiny-motion"] in rows
    assert all(re.search(r"fp32 [1-9]\d* kB", line) for line in lines)


def test_show(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("show", ENCODER) == 0
    shown = capsys.readouterr().out
    assert "Made by a test." in shown
    assert "8 frames, 10 a second, 24x24 gray" in shown


def test_an_unknown_model(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("show", "none") == 1
    assert "There is no model “none”" in capsys.readouterr().err


def test_verify_one_and_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("verify", ENCODER) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1
    assert run("verify") == 0
    verified = [line.split(":")[0] for line in capsys.readouterr().out.splitlines()]
    assert verified == [m.manifest.name for m in list_models()]


def test_a_variant_is_listed_shown_and_verified(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    encoder = make_models(tmp_path).encoder
    data = encoder.file.read_bytes()
    (encoder.folder / "eight.onnx").write_bytes(data)
    metric = Metric(name="cosine", value=0.999, interval=None, protocol="made")
    variant = Variant(
        precision="int8",
        file="eight.onnx",
        sha256=hashlib.sha256(data).hexdigest(),
        metrics=(metric,),
        check=encoder.manifest.check,
    )
    manifest = replace(encoder.manifest, variants=(variant,))
    (encoder.folder / "manifest.json").write_text(manifest.to_json(), encoding="utf-8")
    monkeypatch.setenv("CRIMEVIEW_MODELS", str(tmp_path))
    assert run("list") == 0
    assert re.search(r"fp32 ([1-9]\d*) kB, int8 \1 kB", capsys.readouterr().out)
    assert run("show", ENCODER) == 0
    shown = capsys.readouterr().out
    assert "eight.onnx" in shown
    assert "cosine 0.999: made" in shown
    assert run("verify", ENCODER) == 0
    assert f"{ENCODER} in int8: as it was made" in capsys.readouterr().out
    (encoder.folder / "eight.onnx").unlink()
    assert run("verify", ENCODER) == 1
    assert "eight.onnx cannot be read" in capsys.readouterr().err


def test_a_damaged_model_fails_and_the_others_are_verified(
    tiny_models: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = tmp_path / "models"
    shutil.copytree(tiny_models, folder)
    monkeypatch.setenv("CRIMEVIEW_MODELS", str(folder))
    with (folder / ENCODER / "tiny.onnx").open("ab") as file:
        file.write(b"x")
    assert run("verify") == 1
    captured = capsys.readouterr()
    assert SCORER in captured.out
    assert "is damaged" in captured.err


def test_an_engine_that_is_missing_is_told_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "openvino", None)  # as if it were not installed
    monkeypatch.setitem(sys.modules, "openvino_telemetry", None)
    assert run("verify", "--engine", "openvino") == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("OpenVINO is not installed") == 1


def test_a_folder_without_models_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CRIMEVIEW_MODELS", str(tmp_path))
    for action in ("list", "verify"):
        assert run(action) == 1
        assert "There are no models in" in capsys.readouterr().err


def test_bench_prints_what_is_run_from_then_on(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("bench", ENCODER) == 0
    shown = capsys.readouterr().out
    rows = [line for line in shown.splitlines() if line.startswith(f"| {ENCODER} | fp32 | cpu |")]
    assert len([row for row in shown.splitlines() if row.endswith("| chosen |")]) == 1
    assert len(rows) >= 1
    assert f"{ENCODER}: in fp32 on " in shown
    assert run("show", ENCODER) == 0
    assert re.search(r"runs +in fp32 on .*\(measured here: ", capsys.readouterr().out)
    assert run("list") == 0
    assert "; runs in fp32 on " in capsys.readouterr().out


def test_bench_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("bench", SCORER, "--json") == 0
    (line,) = capsys.readouterr().out.splitlines()
    values = json.loads(line)
    (model,) = values["models"]
    assert model["name"] == SCORER
    assert model["chosen"] == {"precision": "fp32", "engine": "cpu", "threads": 1}
    assert values["machine"]["cores"] >= 1


def test_bench_of_an_unknown_model(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("bench", "none") == 1
    assert "There is no model “none”" in capsys.readouterr().err


def test_the_engines_to_name_are_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("verify", "--engine", "abacus") == 2
    told = capsys.readouterr().err
    assert all(engine in told for engine in ENGINES)
