import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from crimeview.cli.main import main
from crimeview.cli.review import seconds_of
from crimeview.core.errors import UsageError
from crimeview.store.case import open_case
from crimeview.training.data.data_sets import read_examples
from crimeview.training.data.examples import NORMAL


@pytest.fixture
def case(analyzed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(analyzed, tmp_path / "case"))


def run(*arguments: object) -> int:
    return main(list(map(str, arguments)), open_window=lambda *_, **__: 1)


def segments(case: Path, capsys: pytest.CaptureFixture[str], *options: str) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert run("segments", "--case", case, "--json", *options) == 0
    return list(json.loads(capsys.readouterr().out))


def test_something_is_said_listed_and_taken_back(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = segments(case, capsys)
    told = ("--type", "Fight", "--note", "two men", "--tag", "night", "--reviewer", "kim")
    assert run("review", "set", before[0]["id"], "--state", "confirmed", *told, "--case", case) == 0
    said = segments(case, capsys, "--state", "confirmed")
    assert len(said) == 1
    assert said[0] | {"id": 0} == before[0] | {
        "id": 0,
        "mean": said[0]["mean"],
        "state": "confirmed",
        "type": "fight",
        "tags": ["night"],
        "note": "two men",
        "reviewer": "kim",
    }
    assert run("segments", "--case", case) == 0
    assert "confirmed · fight · two men" in capsys.readouterr().out
    for _ in range(4):
        assert run("review", "undo", "--reviewer", "kim", "--case", case) == 0
    assert segments(case, capsys) == before
    assert run("review", "undo", "--reviewer", "kim", "--case", case) == 1
    assert run("review", "redo", "--reviewer", "kim", "--case", case) == 0
    capsys.readouterr()
    assert run("review", "log", "--json", "--case", case) == 0
    log = json.loads(capsys.readouterr().out)
    assert [entry["kind"] for entry in log] == ["done"] * 4 + ["undone"] * 4 + ["redone"]


def test_what_cannot_be_taken_back_is_passed_by(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for place, who, state in (
        (0, "kim", "confirmed"),
        (1, "kim", "unsure"),
        (1, "lee", "confirmed"),
    ):
        by_time = sorted(segments(case, capsys), key=lambda s: s["start"])
        one = by_time[place]["id"]
        assert run("review", "set", one, "--state", state, "--reviewer", who, "--case", case) == 0
    capsys.readouterr()
    assert run("review", "undo", "--reviewer", "kim", "--case", case) != 0
    assert "Undo once more to take back what you did before it" in capsys.readouterr().err
    assert run("review", "undo", "--reviewer", "kim", "--case", case) == 0
    by_time = sorted(segments(case, capsys), key=lambda s: s["start"])
    assert [s["state"] for s in by_time[:2]] == ["new", "confirmed"]
    assert run("review", "log", "--case", case) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[2:] for line in lines[-2:]] == [
        ["kim", "lapsed", "2", "unsure", "(0)"],
        ["kim", "undone", "1", "confirm", "(1)"],
    ]
    assert run("review", "undo", "--reviewer", "kim", "--case", case) == 1


def test_filters_and_order(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    by_start = segments(case, capsys, "--sort", "start")
    starts = [s["start"] for s in by_start]
    assert starts == sorted(starts)
    assert segments(case, capsys, "--sort", "start", "--reverse") == by_start[::-1]
    (one,) = segments(case, capsys, "--where", "start>90 length<20 end<120")
    assert round(one["start"], -1) == 100
    assert run("segments", "--case", case, "--where", "color:red") == 2
    assert "is no column" in capsys.readouterr().err


def test_a_segment_of_ones_own(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("review", "mark", "night.mp4", "0:02:00", "125.5", "--case", case) == 0
    (own,) = segments(case, capsys, "--where", "origin:person")
    assert (own["start"], own["end"], own["state"]) == (120.0, 125.5, "confirmed")
    assert run("review", "mark", "night.mp4", "500", "510", "--case", case) == 2
    assert run("review", "mark", "day.mp4", "1", "2", "--case", case) == 2


def test_progress(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ids = [s["id"] for s in segments(case, capsys)]
    run("review", "set", *ids[:2], "--state", "dismissed", "--case", case)
    capsys.readouterr()
    assert run("review", "progress", "--case", case) == 0
    assert capsys.readouterr().out.startswith("2 of 3 reviewed")


def test_unknown_segments_and_empty_wishes_are_refused(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("review", "set", 4711, "--state", "dismissed", "--case", case) == 2
    assert "no segment 4711" in capsys.readouterr().err
    first = segments(case, capsys)[0]["id"]
    assert run("review", "set", first, "--case", case) == 2


def test_dismissed_segments_become_hard_negatives_that_a_training_reads(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "negatives"
    assert run("review", "export", out, "--case", case) == 2, "nothing is decided yet"
    ids = [s["id"] for s in segments(case, capsys)]
    run("review", "set", *ids[:2], "--state", "dismissed", "--case", case)
    run("review", "set", ids[2], "--state", "confirmed", "--type", "fight", "--case", case)
    assert run("review", "export", out, "--case", case) == 0
    examples = read_examples(out)
    assert [e.label for e in examples] == [NORMAL, NORMAL]
    assert run("review", "export", out, "--confirmed", "--case", case) == 0
    examples = read_examples(out)
    assert sorted(e.label for e in examples) == ["fight", NORMAL, NORMAL]
    assert len({e.group for e in examples}) == 1, "all of one recording"
    assert run("data", "show", out) == 0
    with (out / "labels.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == len(list((out / "clips").iterdir())) == 3
    assert all("events" in row["found_by"].split() for row in rows)


def test_a_lost_recording_is_found_again_by_its_content(
    case: Path, bursts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lost = tmp_path / "before.mp4"
    shutil.copy(bursts, lost)
    other = tmp_path / "other"
    assert run("case", "relink", tmp_path, "--case", case) == 2, "nothing is missing"
    analyzed = tmp_path / "second"
    assert run("analyze", lost, "--case", analyzed) == 0
    kept = segments(analyzed, capsys)
    other.mkdir()
    lost.rename(other / "after.mp4")
    (other / "same_size.mp4").write_bytes(bytes((other / "after.mp4").stat().st_size))
    assert run("case", "show", "--json", "--case", analyzed) == 0
    assert json.loads(capsys.readouterr().out)["recordings"][0]["missing"]
    assert run("case", "relink", other, "--case", analyzed) == 0
    assert {s["recording"] for s in segments(analyzed, capsys)} == {str(other / "after.mp4")}
    assert [s["start"] for s in segments(analyzed, capsys)] == [s["start"] for s in kept]
    assert run("review", "undo", "--case", analyzed) == 0
    assert {s["recording"] for s in segments(analyzed, capsys)} == {str(lost)}


def test_regions_by_command(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = "0,0 1,0 1,1 0,1"
    assert run("regions", "add", "night.mp4", "--ignore", whole, "--case", case) == 0
    assert run("regions", "list", "--json", "--case", case) == 0
    (region,) = json.loads(capsys.readouterr().out)
    assert region["use"] == "ignore"
    assert region["points"] == [[0, 0], [1, 0], [1, 1], [0, 1]]
    assert run("analyze", region["recording"], "--case", case) == 0
    assert segments(case, capsys) == []
    assert run("regions", "add", "night.mp4", "--watch", "0,0 2,0", "--case", case) == 2
    assert run("regions", "clear", "night.mp4", "--case", case) == 0
    assert run("regions", "clear", "night.mp4", "--case", case) == 1
    assert run("review", "undo", "--case", case) == 0
    assert run("regions", "list", "--case", case) == 0
    assert capsys.readouterr().out.startswith("ignore")


def test_a_case_has_a_title(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("case", "set", "--title", "Harbor", "--description", "3 May", "--case", case) == 0
    assert run("case", "show", "--case", case) == 0
    assert capsys.readouterr().out.splitlines()[:2] == ["Harbor", "3 May"]


@pytest.mark.parametrize(
    ("text", "seconds"), [("83.4", 83.4), ("1:23", 83.0), ("0:01:23.5", 83.5), ("2:00:00", 7200.0)]
)
def test_times(text: str, seconds: float) -> None:
    assert seconds_of(text) == pytest.approx(seconds)


@pytest.mark.parametrize("text", ["", "-3", "1:2:3:4", "a", "1:99"])
def test_no_times(text: str) -> None:
    with pytest.raises(UsageError):
        seconds_of(text)


def test_ground_truth_is_read_taken_away_and_brought_back(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "truth.txt"
    file.write_text("night.mp4 Fight 201 240 -1 -1\n")

    def truth() -> object:
        with open_case(case) as opened:
            return opened.times.truths()

    assert run("case", "truth", "--none", "--case", case) == 2
    assert "no ground truth" in capsys.readouterr().err
    assert run("case", "truth", file, "--case", case) == 0
    assert "lists 1 recordings of the case" in capsys.readouterr().err
    loaded = truth()
    assert loaded
    assert run("case", "truth", "--none", "--case", case) == 0
    assert truth() == {}
    assert run("review", "undo", "--case", case) == 0
    assert "Undone: ground truth (1 change)" in capsys.readouterr().err
    assert truth() == loaded
    assert run("case", "truth", "--case", case) == 2
