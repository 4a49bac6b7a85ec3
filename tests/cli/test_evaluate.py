import json
from pathlib import Path

import numpy as np
import pytest

from crimeview.cli.main import main
from tests.bursts import write_bursts
from tests.cli.conftest import Command


def run(*arguments: object) -> int:
    return main(["evaluate", *map(str, arguments)], open_window=lambda *_, **__: 1)


@pytest.fixture(scope="session")
def labeled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("labeled")
    rows = ["path,label,scene"]
    for number in range(4):
        bursts = [(0.5, 2.5)] if number % 2 else []
        write_bursts(folder / f"골목 {number}.mp4", duration=3.0, bursts=bursts, seed=number)
        rows.append(f"골목 {number}.mp4,{'fight' if number % 2 else 'normal'},{number // 2}")
    (folder / "labels.csv").write_text("\r\n".join(rows), encoding="cp949")
    return folder / "labels.csv"


def _given(folder: Path) -> tuple[Path, Path]:
    scores, annotations = folder / "scores.csv", folder / "annotations.csv"
    scores.write_text("name,a,b\nx,0.9,0.1\ny,0.2,0.3\n")
    annotations.write_text("name,frames,anomalous_frames\nx,100,0-50\ny,100,\n")
    return scores, annotations


def test_json_is_one_line_and_nothing_is_drawn(
    crimeview: Command, labeled: Path, tmp_path: Path
) -> None:
    ended = crimeview("evaluate", "clips", labeled, "--runs", tmp_path, "--json")
    (line,) = ended.lines
    assert ended.code == 0
    assert line["protocol"] == "clips"
    assert line["figures"]["accuracy"]["value"] == 1.0
    assert line["figures"]["accuracy"]["interval"] == [1.0, 1.0]
    assert line["plots"] == []
    assert not Path("evaluation").exists()
    assert "Reading" in ended.err


def test_a_table_with_baselines_and_plots(
    labeled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "plots"
    assert run("clips", labeled, "--runs", tmp_path, "--out", out, "--whole") == 0
    printed = capsys.readouterr().out
    assert "1.000 [1.000, 1.000]" in printed
    assert "length" in printed
    assert "highest over all windows" in printed
    assert {p.name for p in out.iterdir()} == {"roc.png", "precision-recall.png", "confusion.png"}


def test_frames(labeled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = labeled.parent / "frames.csv"
    table.write_text("path,anomalous_frames\n골목 0.mp4,\n골목 1.mp4,5-25\n골목 9.mp4,\n", "utf-8")
    code = run("frames", table, "--runs", tmp_path, "--threshold", 0.4, "--json")
    printed = capsys.readouterr()
    values = json.loads(printed.out)
    assert code == 1
    assert values["thresholds"]["alarm"] == 0.4
    assert values["figures"]["event_recall"]["value"] == 1.0
    assert values["left_out"][0]["line"] == 4
    assert "Left out: 골목 9.mp4 (line 4): There is no file" in printed.err


def test_only_some_rows(labeled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("clips", labeled, "--only", "scene = 1", "--runs", tmp_path, "--json") == 0
    values = json.loads(capsys.readouterr().out)
    assert values["only"] == "scene=1"
    assert values["counts"]["clips"] == 2


def test_segments(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scores, annotations = _given(tmp_path)
    assert run("segments", scores, annotations, "--json") == 0
    values = json.loads(capsys.readouterr().out)
    assert values["figures"]["frame_roc_auc"]["value"] == pytest.approx(1.0)
    assert values["baselines"]["minus length"]["frame_roc_auc"]["value"] == 0.5
    assert run("segments", scores, annotations, "--out", tmp_path / "plots") == 0
    assert "within recording ROC AUC" in capsys.readouterr().out
    assert (tmp_path / "plots" / "frames-roc.png").exists()


def test_features(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, annotations = _given(tmp_path)
    features = np.zeros((2, 4, 8), np.float16)
    features[0, :2, 0] = 0.1
    np.savez(tmp_path / "f.npz", names=np.array(["x", "y"]), features=features)
    assert (
        run("features", tmp_path / "f.npz", annotations, "--scorer", "c3d-motion-events", "--json")
        == 0
    )
    values = json.loads(capsys.readouterr().out)
    assert values["figures"]["frame_roc_auc"]["value"] == 1.0
    assert values["figures"]["frame_false_alarm_rate"]["value"] == 0.0
    assert [m["name"] for m in values["models"]] == ["c3d-motion-events"]
    only = ("--only", "name=x", "--scorer", "c3d-motion-events", "--json")
    assert run("features", tmp_path / "f.npz", annotations, *only) == 0
    assert json.loads(capsys.readouterr().out)["counts"]["recordings"] == 1


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["clips", "none.csv"], 2, "The table none.csv cannot be read"),
        (["clips", "scores.csv"], 2, "needs the columns “path”, “label”"),
        (["frames", "scores.csv"], 2, "needs the columns “path”, “anomalous_frames”"),
        (["frames", "scores.csv", "--threshold", "0"], 2, "must lie above 0"),
        (["clips", "scores.csv", "--only", "fold"], 2, "write COLUMN=VALUE"),
        (["clips", "scores.csv", "--model", "none"], 1, "There is no model “none”"),
        (["clips", "scores.csv", "--precision", "int8"], 1, "has no int8 variant"),
        (["segments", "scores.csv", "none.csv"], 2, "The table none.csv cannot be read"),
        (["segments", "annotations.csv", "annotations.csv"], 2, "no row of scores"),
        (
            ["segments", "scores.csv", "annotations.csv", "--threshold", "nan"],
            2,
            "The threshold must be a number",
        ),
        (
            ["features", "scores.csv", "annotations.csv", "--scorer", "c3d-motion-events"],
            2,
            "as features",
        ),
        (
            ["features", "scores.csv", "annotations.csv", "--scorer", "c3d-motion-small"],
            2,
            "as features",
        ),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence(
    arguments: list[str],
    code: int,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    _given(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert run(*arguments) == code
    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.out == ""


def test_plots_that_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scores, annotations = _given(tmp_path)
    assert run("segments", scores, annotations, "--out", scores / "plots") == 2
    assert "choose another folder with --out" in capsys.readouterr().err
