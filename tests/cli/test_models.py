import shutil
import sys
from pathlib import Path

import pytest

from crimeview.cli.main import main
from crimeview.jobs.models import ENCODER, SCORER


def run(*arguments: str) -> int:
    return main(["models", *arguments], open_window=lambda *_, **__: 1)


def test_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("list") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:3] for line in lines] == [
        [ENCODER, "encoder", "tiny-motion"],
        [SCORER, "scorer", "tiny-motion"],
    ]


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
    assert len(capsys.readouterr().out.splitlines()) == 2


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
