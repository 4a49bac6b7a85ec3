from pathlib import Path

import pytest

from crimeview.core.errors import UsageError
from crimeview.evaluation.annotations import matched, read_annotations


def _table(folder: Path, *lines: str) -> Path:
    file = folder / "annotations.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_annotated_frames(tmp_path: Path) -> None:
    table = _table(
        tmp_path,
        "name,frames,anomalous_frames",
        "Abuse028,1408,165-240",
        "Normal1,100,",
        "cut,100,90-105",
        "behind,100,100-105",
        "odd,1e3,",
        "none,0,",
        "Normal1,100,",
        ",100,",
    )
    annotations = read_annotations(table)
    assert [(a.name, a.positive, a.frames, a.events) for a in annotations.rows] == [
        ("Abuse028", True, 1408, ((165, 240),)),
        ("Normal1", False, 100, ()),
        ("cut", True, 100, ((90, 100),)),
    ]
    assert annotations.notes[0].startswith("cut: The last span ends at 105")
    said = [
        "lies behind",
        "no number of frames",
        "no number of frames",
        "line 3 already",
        "name is",
    ]
    for row, text in zip(annotations.left_out, said, strict=True):
        assert text in row.reason


def test_labels_of_whole_recordings(tmp_path: Path) -> None:
    table = _table(
        tmp_path, "name,class,group,fold", "Abuse1,Abuse,7,3", "Normal1,Normal,8,1", "x,,1,1"
    )
    annotations = read_annotations(table)
    assert [(a.label, a.positive, a.group, a.events) for a in annotations.rows] == [
        ("Abuse", True, "7", None),
        ("Normal", False, "8", None),
    ]
    assert "The label is empty" in annotations.left_out[0].reason


def test_names_match_as_file_names_too(tmp_path: Path) -> None:
    rows = read_annotations(_table(tmp_path, "name,class", "Abuse/A_1.mp4,Abuse", "b,Normal")).rows
    pairs, notes = matched(rows, {"x\\a_1.npy": 1, "c": 2})
    assert [(a.name, value) for a, value in pairs] == [("Abuse/A_1.mp4", 1)]
    assert notes == [
        "1 of the annotated recordings has no counterpart and does not count: b.",
        "1 of the scored recordings has no counterpart and does not count: c.",
    ]
    with pytest.raises(UsageError, match=r"No recording is in both files.*“b”.*“d”"):
        matched(rows[1:], {"d": 1})


def test_names_that_several_may_mean_match_nothing(tmp_path: Path) -> None:
    """What a folder says must not be lost: file names begin anew in each."""
    table = _table(tmp_path, "name,class", "fight/01,Fight", "crash/01,Crash", "03,Fight")
    rows = read_annotations(table).rows
    values = {"Crash\\01.npy": 1, "fight\\01.npy": 2, "a/03.npy": 3, "b/03.npy": 4}
    pairs, notes = matched(rows, values)
    assert [(a.name, value) for a, value in pairs] == [("fight/01", 2), ("crash/01", 1)]
    assert notes == [
        "1 of the annotated recordings has no counterpart and does not count: 03.",
        "2 of the scored recordings have no counterpart and do not count: a/03.npy, b/03.npy.",
    ]
