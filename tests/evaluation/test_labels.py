import unicodedata
from pathlib import Path

import pytest

from crimeview.core.errors import UsageError
from crimeview.evaluation.labels import read_clip_labels, read_frame_labels


def _table(folder: Path, *lines: str) -> Path:
    file = folder / "labels.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def _touch(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


def test_files_are_found_however_their_paths_are_written(tmp_path: Path) -> None:
    composed, taken_apart = (unicodedata.normalize(f, "복도/카메라.mp4") for f in ("NFC", "NFD"))
    _touch(tmp_path, "a/1.mp4", "b/2.mp4", "c/3.mp4", taken_apart)
    table = _table(
        tmp_path,
        "path,label",
        "a/1.mp4,fight",
        "b\\2.mp4,Normal",
        f"{tmp_path / 'c' / '3.mp4'},normal",
        f"{composed},crash",
    )
    labels, left_out = read_clip_labels(table)
    assert left_out == []
    assert [c.file for c in labels] == [
        tmp_path / name for name in ("a/1.mp4", "b/2.mp4", "c/3.mp4", taken_apart)
    ]
    assert [c.positive for c in labels] == [True, False, False, True]


def test_groups_are_those_of_the_table_or_each_clip_its_own(tmp_path: Path) -> None:
    _touch(tmp_path, "1.mp4", "2.mp4", "3.mp4")
    table = _table(tmp_path, "path,label,source", "1.mp4,a,s1", "2.mp4,a,s1", "3.mp4,a,")
    labels, _ = read_clip_labels(table)
    assert [c.group for c in labels] == ["s1", "s1", "3.mp4"]


def test_rows_that_cannot_be_used_are_kept_apart_with_their_reason(tmp_path: Path) -> None:
    _touch(tmp_path, "1.mp4", "2.mp4")
    (tmp_path / "folder").mkdir()
    table = _table(
        tmp_path,
        "path,anomalous_frames",
        "1.mp4,3-9;5-10",
        "2.mp4,",
        "2.mp4,1-2",
        "gone.mp4,",
        "folder,",
        ",1-2",
        "C:\\video\\x.mp4,",
    )
    labels, left_out = read_frame_labels(table)
    assert [c.name for c in labels] == ["2.mp4"]
    assert [(row.line, row.reason.split(".")[0][:24]) for row in left_out] == [
        (2, "The spans 3-9 and 5-10 o"),
        (4, "The file is listed in li"),
        (5, f"There is no file {tmp_path}"[:24]),
        (6, f"There is no file {tmp_path}"[:24]),
        (7, "The path is empty; write"),
        (8, f"There is no file {tmp_path}"[:24]),
    ]


def test_spans_that_semicolons_took_apart_are_not_lost(tmp_path: Path) -> None:
    _touch(tmp_path, "1.mp4", "2.mp4", "3.mp4", "4.mp4")
    table = _table(
        tmp_path,
        "path;anomalous_frames;fps;",
        "1.mp4;3-9;12-15;25",
        "2.mp4;3-9|12-15;25;checked",
        '3.mp4;"3-9;12-15";25',
        "4.mp4;3-9;25",
    )
    labels, left_out = read_frame_labels(table)
    assert [c.events for c in labels] == [((3, 9), (12, 15)), ((3, 9), (12, 15)), ((3, 9),)]
    assert [(row.line, "12-15 stands in a cell" in row.reason) for row in left_out] == [(2, True)]


def test_a_label_must_say_something(tmp_path: Path) -> None:
    _touch(tmp_path, "1.mp4")
    _, left_out = read_clip_labels(_table(tmp_path, "path,label", "1.mp4,"))
    assert "The label is empty" in left_out[0].reason


def test_a_table_without_rows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="has no rows"):
        read_clip_labels(_table(tmp_path, "path,label"))
