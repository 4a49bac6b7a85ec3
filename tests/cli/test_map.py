"""`crimeview map`: the picture, the drawing, the table, and what is told."""

import csv
import json
from pathlib import Path

import pytest

from crimeview.cli.main import main
from crimeview.store.case import open_case
from crimeview.store.library.library import open_library
from crimeview.store.library.location import Location
from tests.jobs.made_case import RECORDINGS, SEGMENTS, fill_case
from tests.store.library.made import SPACE, entry, recording, unit_vectors


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


@pytest.fixture
def library(case: Path, tmp_path: Path) -> Path:
    """A library of two cameras and two types."""
    folder = tmp_path / "library"
    with open_library(Location(folder=folder)) as made:
        for number, vector in enumerate(unit_vectors(20)):
            kind, camera = ("fight", "theft")[number % 2], ("gate", "yard")[number < 5]
            made.add(
                recording(f"r{number}"),
                [entry(f"u{number}", vector, crime_type=kind, camera=camera)],
            )
    return folder


def test_the_segments_of_a_library_are_mapped_and_the_map_is_kept_beside_it(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "map.csv"
    assert _main("map", "--library", library, "--out", file, "--color", "camera", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["library"] == str(library)
    assert (told["segments"], told["left_out"], told["space"]) == (20, 0, SPACE)
    assert {v["value"]: v["segments"] for v in told["values"]} == {"gate": 15, "yard": 5}
    rows = list(csv.DictReader(file.read_text("utf-8").splitlines()))
    assert len({(row["x"], row["y"]) for row in rows}) == 20
    assert _main("map", "--library", library, "--color", "case") == 0
    assert "20 segments, by case" in capsys.readouterr().out


def test_what_a_library_does_not_know_and_two_sources_are_told(
    case: Path, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _main("map", "--library", library, "--color", "state") == 2
    assert "The segments of a library have no state" in capsys.readouterr().err
    assert _main("map", case, "--color", "outcome") == 2
    assert "The segments of a case have no outcome" in capsys.readouterr().err
    assert _main("map", case, "--library", library) == 2
    assert "name one of the two" in capsys.readouterr().err
    assert _main("map", "--library", library / "nowhere") == 1
    assert "no library" in capsys.readouterr().err
