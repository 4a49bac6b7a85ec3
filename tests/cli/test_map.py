"""`crimeview map`: the picture, the drawing, the table, and what is told."""

import csv
import json
from pathlib import Path

import pytest

from crimeview.cli.main import main
from crimeview.store.case import open_case
from tests.jobs.made_case import RECORDINGS, SEGMENTS, fill_case


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A case whose map is by PCA: UMAP has tests of its own."""
    monkeypatch.setattr("crimeview.jobs.map_segments.FEWEST", 1000)
    monkeypatch.chdir(tmp_path)
    with open_case(tmp_path / "case") as made:
        fill_case(made)
    return tmp_path / "case"


def _main(*words: object) -> int:
    return main([str(word) for word in words], open_window=lambda *_a, **_k: 0)


@pytest.mark.parametrize(("suffix", "begins"), [("png", b"\x89PNG"), ("svg", b"<?xml")])
def test_a_map_is_written_as_a_picture(
    case: Path, tmp_path: Path, suffix: str, begins: bytes
) -> None:
    file = tmp_path / f"map.{suffix}"
    assert _main("map", case, "--out", file, "--color", "recording") == 0
    assert file.read_bytes().startswith(begins)
    assert not list(tmp_path.glob(".map*"))


def test_a_table_has_a_line_for_each_segment(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "map.csv"
    assert _main("map", case, "--out", file, "--color", "cluster", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["segments"] == RECORDINGS * SEGMENTS
    assert told["layout"] == "pca"
    assert sum(value["segments"] for value in told["values"]) == RECORDINGS * SEGMENTS
    rows = list(csv.DictReader(file.read_text("utf-8").splitlines()))
    assert len(rows) == RECORDINGS * SEGMENTS
    assert len({(row["x"], row["y"]) for row in rows}) == RECORDINGS * SEGMENTS
    assert {value["value"] for value in told["values"]} == {row["cluster"] for row in rows}


def test_what_cannot_be_written_is_told(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _main("map", case, "--out", tmp_path / "map.gif") == 2
    assert ".png, .svg or .csv" in capsys.readouterr().err
    assert _main("map", case, "--out", tmp_path / "nowhere" / "map.png") == 2
    assert "cannot be written" in capsys.readouterr().err


def test_an_empty_case_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_case(tmp_path / "case"):
        pass
    assert _main("map", tmp_path / "case") == 2
    assert "no segments with features" in capsys.readouterr().err
