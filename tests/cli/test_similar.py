"""`crimeview similar`: a video is held against a library, or against a case."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from crimeview.cli.main import main
from crimeview.store.library.library import open_library
from crimeview.store.library.location import Location
from tests.bursts import write_bursts
from tests.store.library.made import entry, recording, unit_vectors
from tests.tiny_models import DIMENSIONS


def run(*arguments: object) -> int:
    return main(["similar", *map(str, arguments)], open_window=lambda *_, **__: 1)


def library_run(*arguments: object) -> int:
    return main(["library", *map(str, arguments)], open_window=lambda *_, **__: 1)


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shorter recording of the same scene."""
    return write_bursts(
        tmp_path_factory.mktemp("other") / "yard.mp4", duration=20.0, bursts=[(8.0, 12.0)]
    )


@pytest.fixture
def library(analyzed: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    assert library_run("add", "--case", analyzed, "--library", folder, "--type", "fight") == 0
    assert library_run("set", 2, "--type", "theft", "--camera", "hall", "--library", folder) == 0
    return folder


def found(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, Any]:
    capsys.readouterr()
    assert run(*arguments, "--json") == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def test_a_new_file_is_analyzed_and_held_against_the_library(
    other: Path, library: Path, bursts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = found(capsys, other, "--library", library)
    assert answer["query"]["recording"] == "yard.mp4"
    assert 5.0 < answer["query"]["start"] < 9.0 < answer["query"]["end"] < 15.0
    similarities = [match["similarity"] for match in answer["matches"]]
    assert len(similarities) == 3
    assert similarities == sorted(similarities, reverse=True)
    assert similarities[0] > 0.9  # the same scene, the same motion
    best = answer["matches"][0]
    assert best["path"] == str(bursts)
    assert all(best["start"] <= clip["result"][0] < best["end"] for clip in best["clips"])
    assert len(best["clips"]) == 3
    # Three segments of one recording teach nothing about what a close match is.
    assert answer["threshold"] == {"value": None, "basis": "nothing", "segments": 3}
    assert answer["close_match"] is None
    with open_library(Location(folder=library), create=False) as opened:
        assert opened.figures().segments == 3  # to look is not to add


def test_filters_and_top(other: Path, library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = (other, "--library", library)
    (only,) = found(capsys, *where, "--type", "theft")["matches"]
    assert (only["id"], only["camera"]) == (2, "hall")
    assert len(found(capsys, *where, "--top", 1)["matches"]) == 1
    assert found(capsys, *where, "--camera", "none")["matches"] == []
    assert found(capsys, *where, "--after", "2026-01-01")["matches"] == []  # no date is known


def test_what_is_not_relevant_is_left_out(
    other: Path, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = found(capsys, other, "--library", library)
    best, *rest = [match["id"] for match in first["matches"]]
    feedback = ("--not-relevant", best, "--relevant", rest[-1])
    second = found(capsys, other, "--library", library, *feedback)
    assert best not in [match["id"] for match in second["matches"]]
    before, after = (
        {match["id"]: match["similarity"] for match in answer["matches"]}
        for answer in (first, second)
    )
    assert after[rest[-1]] - after[rest[0]] > before[rest[-1]] - before[rest[0]]
    assert run(other, "--library", library, "--relevant", 99) == 1
    assert "no segment 99" in capsys.readouterr().err


def test_a_span_of_an_analyzed_recording_finds_the_others_of_its_case(
    analyzed: Path, bursts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = found(capsys, bursts, "--case", analyzed, "--span", "1:38-1:45")
    assert (answer["query"]["start"], answer["query"]["end"]) == (98.0, 105.0)
    # The segment at 100 s is the query itself.
    assert sorted(round(match["start"], -1) for match in answer["matches"]) == [30, 180]


def test_a_span_where_nothing_was_analyzed_is_told(
    analyzed: Path, bursts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(bursts, "--case", analyzed, "--span", "20:00-21:00") == 1
    assert "choose another span" in capsys.readouterr().err


def test_the_table_says_what_is_close(
    other: Path, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run(other, "--library", library) == 0
    captured = capsys.readouterr()
    assert "Looking for what is like yard.mp4" in captured.err
    assert "too small to tell which of these are close" in captured.err
    assert "most alike:" in captured.out


def test_an_empty_library_and_another_space_are_told(
    other: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    open_library(Location(folder=tmp_path / "l")).close()
    assert run(other, "--library", tmp_path / "l") == 1
    assert "is empty; add to it first" in capsys.readouterr().err
    assert run(tmp_path / "none.mp4", "--library", tmp_path / "l") != 0
    assert "none.mp4" in capsys.readouterr().err


def test_no_close_match_is_said(
    other: Path, analyzed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A library of thirty scenes of which none is like the query, and then one that is."""
    folder = tmp_path / "library"
    against = -np.abs(unit_vectors(30, dimensions=DIMENSIONS))  # features are never negative
    with open_library(Location(folder=folder)) as library:
        for number, vector in enumerate(against):
            added = replace(entry(f"u{number}", vector), vectors={"tiny-motion": vector})
            library.add(recording(f"r{number}"), [added])
    answer = found(capsys, other, "--library", folder)
    assert answer["threshold"]["basis"] == "recordings"
    assert answer["close_match"] is False
    assert {match["close"] for match in answer["matches"]} == {False}
    assert run(other, "--library", folder) == 0
    assert "No close match: none is above" in capsys.readouterr().err
    assert library_run("add", "--case", analyzed, "--library", folder) == 0
    answer = found(capsys, other, "--library", folder)
    assert answer["close_match"] is True
    assert [match["close"] for match in answer["matches"][:3]] == [True] * 3
    assert run(other, "--library", folder) == 0
    assert "3 of 20 are above" in capsys.readouterr().err


def test_a_copy_that_was_encoded_anew_is_the_first_and_said_to_be_the_same(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    burst = [(30.0, 32.0)]
    copy = write_bursts(tmp_path / "copy.mp4", duration=60.0, bursts=burst)  # the beginning of it
    answer = found(capsys, copy, "--library", library)
    first = answer["matches"][0]
    assert [match["same"] for match in answer["matches"]].count(True) >= 1
    assert (first["same"], first["close"], answer["close_match"]) == (True, True, True)
    assert run(copy, "--library", library) == 0
    captured = capsys.readouterr()
    assert "the same, encoded anew" in captured.err
    assert " same  night.mp4" in captured.out
