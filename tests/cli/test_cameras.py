"""What cameras have learned is listed, and they are taught, from the command line."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crimeview.cli.main import main
from crimeview.core.segment import SegmentRule
from crimeview.jobs.analyze import AnalyzeSettings, analyze
from crimeview.jobs.models import default_models
from crimeview.store.case import open_case
from tests.jobs.color_detector import Colored, color_detector, people, write_colored
from tests.jobs.finished import finished
from tests.tiny_models import make_models


@pytest.fixture(scope="module")
def learned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of a quiet recording and one in which a truck drives past."""
    folder = tmp_path_factory.mktemp("gate")
    models = tmp_path_factory.mktemp("made") / "models"
    make_models(models)
    color_detector(models)
    truck = Colored("truck", 90, -30.0, 55.0, 20.0, 26.0)
    paths = [
        write_colored(folder / "quiet.mp4", people(seconds=40), seconds=40),
        write_colored(folder / "truck.mp4", [*people(seconds=30), truck], seconds=30),
    ]
    settings = AnalyzeSettings(lanes=1, rule=SegmentRule(threshold=1.0))
    case_folder = tmp_path_factory.mktemp("learned") / "case"
    with open_case(case_folder) as case:
        finished(analyze(paths, case=case, models=default_models(models), settings=settings))
    return case_folder


@pytest.fixture
def case(learned: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(learned, tmp_path / "case"))


def run(*arguments: object) -> int:
    return main(list(map(str, arguments)), open_window=lambda *_, **__: 1)


def listed(case: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    capsys.readouterr()
    assert run("cameras", "list", "--json", "--case", case) == 0
    (camera,) = json.loads(capsys.readouterr().out)
    return dict(camera)


def novel(case: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert run("segments", "--case", case, "--json") == 0
    rows = json.loads(capsys.readouterr().out)
    return [row for row in rows if row["found_by"] != ["events"]]


def test_list_tells_what_was_learned_from_what(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    camera = listed(case, capsys)
    assert camera["name"] == "gate0"
    assert [Path(path).name for path in camera["recordings"]] == ["quiet.mp4", "truck.mp4"]
    assert [lesson["kind"] for lesson in camera["lessons"]] == ["quiet", "quiet"]
    assert camera["seconds"] == pytest.approx(70, abs=3)
    assert [row["name"] for row in camera["classes"]] == ["person", "truck"]
    assert camera["classes"][0]["looks"] == camera["looks"] == pytest.approx(140, abs=3)
    assert run("cameras", "list", "--case", case) == 0
    told = capsys.readouterr().out
    assert "gate0: version" in told
    assert "quiet.mp4" in told
    assert "truck" in told


def test_recordings_of_one_name_are_told_apart_by_their_folder(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect(case / "case.db")) as database, database:
        for number, path in enumerate(("/archive/a/02.mp4", "/archive/b/02.mp4"), start=1):
            database.execute("UPDATE recordings SET path = ? WHERE id = ?", (path, number))
    capsys.readouterr()
    assert run("cameras", "list", "--case", case) == 0
    told = capsys.readouterr().out
    assert "quiet   a/02.mp4" in told
    assert "quiet   b/02.mp4" in told


def test_the_detectors_class_is_in_the_segments(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (found,) = [row for row in novel(case, capsys) if row["class"] is not None]
    assert (found["reason"], found["class"], found["number"]) == ("new class", "truck", 0)
    assert found["looks"] > 100


def test_what_is_normal_is_learned_and_forgotten_again(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = novel(case, capsys)
    version = listed(case, capsys)["version"]
    assert run("cameras", "normal", *[row["id"] for row in before], "--case", case) == 0
    assert f"version {version + len(before)}" in capsys.readouterr().err
    assert novel(case, capsys) == []
    lessons = listed(case, capsys)["lessons"]
    assert [lesson["kind"] for lesson in lessons[2:]] == ["normal"] * len(before)
    assert run("cameras", "forget", "gate0", "--case", case) == 0
    assert [row["start"] for row in novel(case, capsys)] == [row["start"] for row in before]
    assert run("cameras", "forget", "gate0", "--case", case) == 1
    assert "--everything" in capsys.readouterr().err


def test_a_span_is_learned_and_one_lesson_forgotten(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("cameras", "learn", "truck.mp4", "0:00:18", "28", "--case", case) == 0
    assert not [row for row in novel(case, capsys) if row["class"]]
    lesson = listed(case, capsys)["lessons"][-1]
    assert (lesson["kind"], lesson["start"], lesson["end"]) == ("span", 18, 28)
    assert run("cameras", "forget", "gate0", "--lesson", lesson["id"], "--case", case) == 0
    assert [row for row in novel(case, capsys) if row["class"]]
    assert run("cameras", "forget", "gate0", "--everything", "--case", case) == 0
    assert listed(case, capsys)["lessons"] == []


def test_a_lesson_is_undone_and_made_again_with_what_is_found_by_it(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def known() -> object:
        return listed(case, capsys)["lessons"], [row["class"] for row in novel(case, capsys)]

    before = known()
    assert run("cameras", "learn", "truck.mp4", "0:00:18", "28", "--case", case) == 0
    after = known()
    assert after != before
    assert run("review", "undo", "--case", case) == 0
    assert "Undone: teach (1 change)" in capsys.readouterr().err
    assert known() == before
    assert run("review", "redo", "--case", case) == 0
    assert known() == after


def test_a_camera_gets_another_name(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("cameras", "rename", "gate0", "North gate", "--case", case) == 0
    assert listed(case, capsys)["name"] == "North gate"
    assert run("cameras", "rename", "gate0", "South", "--case", case) == 2
    assert "“North gate”" in capsys.readouterr().err
    assert run("cameras", "rename", "North gate", "  ", "--case", case) == 2


def test_a_recording_is_given_to_another_camera_and_back(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("cameras", "assign", "truck.mp4", "Yard", "--new", "--case", case) == 0
    assert "“truck.mp4” is a recording of “Yard”" in capsys.readouterr().err
    assert run("cameras", "list", "--json", "--case", case) == 0
    cameras = json.loads(capsys.readouterr().out)
    assert [(c["name"], len(c["recordings"])) for c in cameras] == [("gate0", 1), ("Yard", 1)]
    assert [len(c["lessons"]) for c in cameras] == [1, 1]
    assert run("cameras", "assign", "truck.mp4", "gate0", "--case", case) == 0
    assert "does not look" not in capsys.readouterr().err
    camera = listed(case, capsys)
    assert (camera["name"], len(camera["lessons"])) == ("gate0", 2)
    assert [row["class"] for row in novel(case, capsys) if row["class"]] == ["truck"]


def test_a_whole_recording_is_learned_from(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("cameras", "learn", "truck.mp4", "--case", case) == 0
    lesson = listed(case, capsys)["lessons"][-1]
    assert (lesson["kind"], lesson["start"]) == ("span", 0)
    assert lesson["end"] == pytest.approx(30, abs=0.2)
    assert not [row for row in novel(case, capsys) if row["class"]]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("assign", "truck.mp4", "South"), "no camera “South”; it has “gate0”"),
        (("assign", "other.mp4", "gate0"), "no recording other.mp4"),
        (("assign", "truck.mp4", "gate0", "--new"), "called “gate0” already"),
        (("assign", "truck.mp4", " ", "--new"), "A camera needs a name"),
        (("learn", "quiet.mp4", "3"), "Say where the span ends, too"),
        (("normal", "999999"), "no segment 999999"),
        (("learn", "other.mp4", "1", "2"), "no recording other.mp4"),
        (("learn", "quiet.mp4", "1", "1.1"), "too short"),
        (("forget", "gate0", "--lesson", "77"), "no lesson 77"),
    ],
)
def test_what_cannot_be_gets_a_sentence(
    case: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    assert run("cameras", *arguments, "--case", case) == 2
    assert said in capsys.readouterr().err
