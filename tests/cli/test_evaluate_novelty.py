"""`crimeview evaluate frames --scorer novelty` as somebody with a table of his own gives it."""

import json
from pathlib import Path
from typing import Any

import pytest

from crimeview.cli.main import main
from tests.scene.walkers import Walker, crowd, write_street

RUN = (6.0, 8.0)  # s
EVENT = "75-100"  # frames of 12.5 a second


@pytest.fixture(scope="module")
def streets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A quiet street, one in which somebody runs, and that one twice as large."""
    folder = tmp_path_factory.mktemp("streets")
    (folder / "clips").mkdir()
    runner = Walker(row=100, column=-20.0, speed=150.0, since=RUN[0], until=RUN[1], texture=77)
    write_street(folder / "quiet.mp4", crowd(seconds=16), seconds=16)
    write_street(folder / "clips" / "run.mp4", [*crowd(seconds=12), runner], seconds=12)
    write_street(folder / "large.mp4", [*crowd(seconds=12), runner], seconds=12, scale=2)
    return folder


def evaluated(
    table: Path, capsys: pytest.CaptureFixture[str], *options: object
) -> tuple[int, dict[str, Any], str]:
    """The exit code, the JSON if there is any, and what was told."""
    capsys.readouterr()
    words = ("evaluate", "frames", table, "--scorer", "novelty", "--json", *options)
    runs = ("--runs", table.parent / "runs")
    code = main([*map(str, words), *map(str, runs)], open_window=lambda *_, **__: 1)
    told = capsys.readouterr()
    return code, json.loads(told.out) if told.out else {}, told.err


def _table(streets: Path, text: str) -> Path:
    file = streets / "labels.csv"
    file.write_text(text)
    return file


BOTH = f"path,anomalous_frames\nquiet.mp4,\nclips/run.mp4,{EVENT}\n"
ALONE = f"path;anomalous_frames\nclips\\run.mp4;{EVENT}\n"


@pytest.mark.parametrize(
    ("text", "options", "learned_from"),
    [
        (BOTH, (), "the one recording of the table"),
        (BOTH, ("--reference", "clips"), "the one recording of the table"),
        (BOTH, ("--reference", "self"), "the judged recordings themselves"),
        (BOTH, ("--reference", "quiet"), "each judged recording alone"),
        (ALONE, (), "the judged recordings themselves"),
    ],
)
def test_each_reference(
    streets: Path,
    capsys: pytest.CaptureFixture[str],
    text: str,
    options: tuple[str, ...],
    learned_from: str,
) -> None:
    code, values, _ = evaluated(_table(streets, text), capsys, *options)
    assert code == 0
    assert learned_from in values["statement"][0]
    assert values["counts"]["recordings"] == 1
    assert values["figures"]["frame_roc_auc"]["value"] > 0.85
    assert values["figures"]["pointing_accuracy"]["value"] is None
    assert set(values["baselines"]) >= {"raw pixel speed", "foreground mass"}


def test_boxes_say_where(streets: Path, capsys: pytest.CaptureFixture[str]) -> None:
    boxes = streets / "boxes.csv"
    rows = [
        f"clips/run.mp4,{frame},{-20 + 150 * (frame / 12.5 - RUN[0]) - 30},80,76,70,runner"
        for frame in (75, 99)
    ]
    header = "path,frame,x,y,width,height,thing"
    boxes.write_text("\n".join([header, *rows, "other.mp4,1,0,0,9,9,", "quiet.mp4,x,0,0,9,9,"]))
    code, values, told = evaluated(_table(streets, BOTH), capsys, "--boxes", boxes)
    assert code == 1, "one row is no box"
    assert "The box is no box" in told
    assert values["figures"]["pointing_accuracy"]["value"] > 0.6
    (row,) = values["recordings"]
    assert (row["name"], row["pointed_frames"]) == ("clips/run.mp4", 25)
    assert row["pointing_accuracy"] == values["figures"]["pointing_accuracy"]["value"]
    assert values["baselines"]["raw pixel speed"]["pointing_accuracy"]["value"] > 0.5
    assert any("other.mp4 has boxes" in note for note in values["notes"])
    assert values["boxes"] == str(boxes)


def test_the_table_for_people(streets: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("evaluate", "frames", _table(streets, BOTH), "--scorer", "novelty")
    where = ("--runs", streets / "runs", "--out", streets / "plots")
    assert main([*map(str, words), *map(str, where)], open_window=lambda *_, **__: 1) == 0
    printed = capsys.readouterr().out
    assert "foreground" in printed
    assert "pointing accuracy" in printed


@pytest.mark.parametrize(
    ("text", "options", "code", "said"),
    [
        (ALONE, ("--reference", "clips"), 2, "give --reference self or quiet"),
        (BOTH + "large.mp4,75-100\n", (), 1, None),
        (BOTH + "large.mp4,999-1000\n", (), 1, "behind the last frame"),
        (BOTH + "clips,1-2\n", (), 1, "it is a folder: list video files"),
        (BOTH + "none.mp4,1-2\n", (), 1, "There is no file"),
        ("path,anomalous_frames\nquiet.mp4,\n", ("--reference", "clips"), 2, "has an event"),
        (BOTH, ("--model", "c3d-motion-events"), 2, "needs no model"),
        (BOTH, ("--scorer", "model", "--reference", "self"), 2, "add --scorer novelty"),
        (BOTH, ("--boxes", "none.csv"), 2, "cannot be read"),
        (BOTH, ("--boxes", "labels.csv"), 2, "needs the columns"),
    ],
)
def test_what_cannot_be_used_gets_a_sentence(
    streets: Path,
    capsys: pytest.CaptureFixture[str],
    text: str,
    options: tuple[str, ...],
    code: int,
    said: str | None,
) -> None:
    table = _table(streets, text)
    given = [str(streets / word) if word == "labels.csv" else word for word in options]
    ended, values, told = evaluated(table, capsys, *given)
    if said is None:  # pictures of one shape are of one camera, however large
        assert (ended, values["counts"]["recordings"]) == (0, 2)
    else:
        assert ended == code
        assert said in told


def test_only_quiet_recordings_tell_false_alarms(
    streets: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = _table(streets, "path,anomalous_frames,masks\nquiet.mp4,,nowhere\n")
    code, values, _ = evaluated(table, capsys)
    assert code == 0
    assert values["figures"]["false_alarms_per_hour"]["value"] == 0
    assert values["figures"]["frame_roc_auc"]["value"] is None
    notes = " ".join(values["notes"])
    assert "No frame is anomalous" in notes
    hours = values["counts"]["hours"]
    assert f"fewer than {3.689 / hours:.0f} an hour" in notes
    assert "The masks" in notes
    assert "not both" in notes
