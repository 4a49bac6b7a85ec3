import csv
import io
import json
from pathlib import Path

import pytest

from crimeview.cli.main import main
from crimeview.store.case import open_case

SCORES = ["recording", "start", "end", "peak", "mean"]
FIELDS = [
    *SCORES,
    "found_by",
    "per_hour",
    "reason",
    "number",
    "class",
    "looks",
    "id",
    "state",
    "type",
    "tags",
    "note",
    "reviewer",
]


def run(*arguments: object) -> int:
    return main(["segments", *map(str, arguments)], open_window=lambda *_, **__: 1)


def test_json(analyzed: Path, bursts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--case", analyzed, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert [list(f) for f in found] == [FIELDS] * 3
    assert {f["recording"] for f in found} == {str(bursts)}
    assert sorted(round(f["start"], -1) for f in found) == [30, 100, 180]
    assert [f["peak"] for f in found] == sorted((f["peak"] for f in found), reverse=True)
    assert all(0 < f["mean"] <= f["peak"] <= 1 for f in found)


def test_csv_says_the_same(analyzed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("--case", analyzed, "--json")
    as_json = json.loads(capsys.readouterr().out)
    assert run("--case", analyzed, "--csv") == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [list(r) for r in rows] == [FIELDS] * 3
    assert [[r[k] if k == "recording" else float(r[k]) for k in SCORES] for r in rows] == [
        [f[k] for k in SCORES] for f in as_json
    ]
    assert [r["found_by"].split(", ") for r in rows] == [f["found_by"] for f in as_json]
    others = [k for k in FIELDS if k not in (*SCORES, "found_by", "tags")]
    assert [[r[k] for k in others] for r in rows] == [
        ["" if f[k] is None else str(f[k]) for k in others] for f in as_json
    ]
    assert {(r["state"], r["type"], r["tags"]) for r in rows} == {("new", "", "")}


def test_the_table_is_for_people(analyzed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--case", analyzed) == 0
    lines = capsys.readouterr().out.splitlines()
    more = ["found", "by", "per", "hour", "why", "review"]
    assert lines[0].split() == [*SCORES[:4], "at", "mean", *more]
    assert all("  events" in line for line in lines[1:])
    assert len(lines) == 4
    assert "night.mp4" in lines[1]
    assert {line.index("0:0") for line in lines[1:]} == {lines[0].index("start") - 4}


def test_a_threshold_finds_anew_and_leaves_the_case(
    analyzed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_case(analyzed) as case:
        before = case.segments()
    run("--case", analyzed, "--json")
    default = json.loads(capsys.readouterr().out)
    assert run("--case", analyzed, "--json", "--threshold", 0.0001) == 0
    low = json.loads(capsys.readouterr().out)
    assert max(f["end"] - f["start"] for f in low) > max(f["end"] - f["start"] for f in default)
    with open_case(analyzed) as case:
        assert case.segments() == before


def test_a_threshold_out_of_range_is_wrong_usage(
    analyzed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--case", analyzed, "--threshold", 2) == 2
    assert "threshold" in capsys.readouterr().err


@pytest.mark.parametrize("words", [("--where", "found:events"), ("--sort", "start")])
def test_a_threshold_with_a_choice_among_stored_segments_is_wrong_usage(
    analyzed: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, str]
) -> None:
    assert run("--case", analyzed, "--threshold", 0.1, *words) == 2
    assert "does not go with" in capsys.readouterr().err


def test_a_choice_that_nothing_fits_is_not_called_an_empty_list(
    analyzed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--case", analyzed, "--where", "found:theft") == 0
    assert capsys.readouterr().err == (
        "No segment fits --where and --state; without them all are listed.\n"
    )


def test_no_case_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--case", tmp_path / "none") == 1
    assert "There is no case" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()


def test_what_is_not_analyzed_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_case(tmp_path / "case") as case:
        case.add_recording(tmp_path / "missing.mp4")
    assert run("--case", tmp_path / "case", "--json") == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out) == []
    assert "missing.mp4" in captured.err


def test_recordings_of_one_name_are_named_with_their_folders(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_case(tmp_path / "case") as case:
        for day in ("monday", "tuesday"):
            case.add_recording(tmp_path / day / "gate.mp4")
    assert run("--case", tmp_path / "case") == 0
    told = capsys.readouterr().err
    assert f"{Path('monday/gate.mp4')}, {Path('tuesday/gate.mp4')}" in told


def test_no_threshold_is_advised_where_nothing_is_analyzed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_case(tmp_path) as case:
        assert run("--case", tmp_path) == 0
        assert capsys.readouterr().err == "The case is empty; analyze a recording into it first.\n"
        case.add_recording(tmp_path / "missing.mp4")
    assert run("--case", tmp_path) == 0
    told = capsys.readouterr().err
    assert "missing.mp4" in told
    assert "threshold" not in told
