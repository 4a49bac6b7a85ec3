from pathlib import Path

import pytest

from crimeview.core.errors import UsageError
from crimeview.evaluation.table import Only, read_table

ROWS = [{"path": "a.mp4", "label": "fight"}, {"path": "골목길.mp4", "label": "normal"}]


@pytest.mark.parametrize(
    "data",
    [
        "path,label\na.mp4,fight\n골목길.mp4,normal\n".encode(),
        "path,label\r\na.mp4,fight\r\n골목길.mp4,normal".encode("utf-8-sig"),
        "path;label\ra.mp4;fight\r골목길.mp4;normal\r".encode("cp949"),
        " Path \t LABEL \n\n a.mp4 \t fight \n골목길.mp4\tnormal\n\t\n".encode("utf-16"),
        'path, label\n"a.mp4", "fight"\n골목길.mp4 ,normal\n'.encode(),
    ],
    ids=["plain", "mark and CRLF", "CP949 and CR", "UTF-16 and tabs", "quotes after blanks"],
)
def test_tables_as_people_save_them(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "labels.csv"
    file.write_bytes(data)
    rows = read_table(file, needed=[["path"], ["label"]])
    assert [dict(row.cells) for row in rows] == ROWS


def test_lines_are_those_of_the_file_and_columns_nobody_asked_for_stay(tmp_path: Path) -> None:
    file = tmp_path / "labels.csv"
    file.write_text('path,note,label\n\na,"two\nlines",x\nb,,y\n', encoding="utf-8")
    rows = read_table(file, needed=[["path"]])
    assert [(row.line, row.cells["label"]) for row in rows] == [(4, "x"), (5, "y")]
    assert rows[0].cells["note"] == "two\nlines"


def test_short_rows_have_empty_cells(tmp_path: Path) -> None:
    file = tmp_path / "labels.csv"
    file.write_text("path,anomalous_frames\na.mp4\n", encoding="utf-8")
    assert read_table(file, needed=[["path"]])[0].cells["anomalous_frames"] == ""


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            b"file,kind\na,b\n",
            "needs the columns “path”, “label” or “class”.*it has “file”, “kind”",
        ),
        (b"", "it has nothing"),
        (b"# my clips\npath,label\n", "it has “#_my_clips”"),
        (b"\xff\xfe\x00", "is not text"),
        (b"path,label\n\x81\xff\xfe,\x80\n", "is not text"),
    ],
)
def test_what_is_no_such_table_is_told(tmp_path: Path, data: bytes, said: str) -> None:
    file = tmp_path / "labels.csv"
    file.write_bytes(data)
    with pytest.raises(UsageError, match=said):
        read_table(file, needed=[["path"], ["label", "class"]])


def test_a_table_that_is_not_there_or_a_folder(tmp_path: Path) -> None:
    for place in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(UsageError, match="cannot be read"):
            read_table(place, needed=[["path"]])


def test_only_some_rows(tmp_path: Path) -> None:
    file = tmp_path / "labels.csv"
    file.write_text("path,Split\na,train\nb,Valid\nc,valid \n", encoding="utf-8")
    rows = read_table(file, needed=[["path"]])
    assert [r.cells["path"] for r in Only("split", "VALID").of(rows, file)] == ["b", "c"]
    with pytest.raises(UsageError, match="has no column “fold”; it has path, split"):
        Only("fold", "1").of(rows, file)
    with pytest.raises(UsageError, match=r"No row of .* has “test” in “split”"):
        Only("split", "test").of(rows, file)


def test_a_column_without_a_name_of_its_own_is_called_by_its_number(tmp_path: Path) -> None:
    file = tmp_path / "labels.csv"
    file.write_text("path,Label,label,\na,fight,normal,x,y\nb\n", encoding="utf-8")
    first, second = read_table(file, needed=[["path"]])
    assert dict(first.cells) == {
        "path": "a",
        "label": "fight",
        "label#3": "normal",
        "#4": "x",
        "#5": "y",
    }
    assert first.cells.keys() == second.cells.keys()
