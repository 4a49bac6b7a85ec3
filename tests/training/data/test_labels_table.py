from pathlib import Path

import pytest

from crimeview.core.errors import UsageError
from crimeview.training.data.examples import FOLDS_OPEN
from crimeview.training.data.labels_table import parse_spans, read_labels_table
from tests.training.data.folders import write_table


def test_a_table_of_clips_tells_label_source_and_fold(tmp_path: Path) -> None:
    folder = write_table(
        tmp_path / "fights",
        "path,label,source,fold",
        "fight/a.mp4,fight,s1,0",
        "normal/b.mp4, Normal ,s2,3",
        "c.mp4,bicycle theft,s3,",
    )
    examples = read_labels_table(folder)
    assert [(e.label, e.group, e.fold) for e in examples] == [
        ("fight", "fights/s1", 0),
        ("normal", "fights/s2", 3),
        ("bicycle theft", "fights/s3", FOLDS_OPEN),
    ]
    assert {e.data for e in examples} == {"fights"}
    assert {e.central for e in examples} == {2.0}
    assert {e.split for e in examples} == {"train"}
    assert examples[0].path == folder / "fight" / "a.mp4"


def test_clips_without_a_source_are_their_own(tmp_path: Path) -> None:
    folder = write_table(tmp_path, "path,label,split", "a.mp4,fight,train", "b.mp4,fight,VALID")
    one, two = read_labels_table(folder)
    assert one.group != two.group
    assert (one.split, two.split) == ("train", "valid")


def test_recordings_with_frames_are_of_one_camera_and_parted_by_folder(tmp_path: Path) -> None:
    folder = write_table(
        tmp_path / "walk",
        "path,anomalous_frames",
        "train/01.mp4,",
        "test/01.mp4,3-9; 20-30",
        "test/02.mp4,",
    )
    quiet, event, calm = read_labels_table(folder)
    assert (quiet.label, quiet.split, quiet.central) == ("normal", "train", None)
    assert (event.label, event.split) == ("anomalous", "test")
    assert event.anomalous_frames == ((3, 9), (20, 30))
    assert (calm.label, calm.anomalous_frames) == ("normal", ())
    assert {e.group for e in (quiet, event, calm)} == {"walk"}


def test_a_group_that_is_given_wins(tmp_path: Path) -> None:
    folder = write_table(tmp_path / "long", "path,anomalous_frames,group", "a.mp4,,g7")
    assert read_labels_table(folder)[0].group == "long/g7"


@pytest.mark.parametrize(
    ("header", "row", "sentence"),
    [
        ("file,label", "a.mp4,fight", "lack the column path"),
        ("path,class", "a.mp4,fight", "lack the column label"),
        ("path,label,split", "a.mp4,fight,maybe", "unknown split “maybe”"),
        ("path,label,fold", "a.mp4,fight,5", "from 0 to 4"),
        ("path,label,fold", "a.mp4,fight,x", "the fold “x”"),
        ("path,label", "a.mp4,", "“a.mp4” has no label"),
        ("path,anomalous_frames", "a.mp4,9-3", "“9-3” is no span"),
    ],
)
def test_what_is_wrong_with_a_table_is_one_sentence(
    tmp_path: Path, header: str, row: str, sentence: str
) -> None:
    with pytest.raises(UsageError, match=sentence):
        read_labels_table(write_table(tmp_path, header, row))


def test_a_row_without_a_path_is_one_sentence(tmp_path: Path) -> None:
    with (write_table(tmp_path, "path,label", "a.mp4,fight") / "labels.csv").open("a") as table:
        table.write(" ,fight\n")
    with pytest.raises(UsageError, match="no path; name its recording"):
        read_labels_table(tmp_path)


def test_missing_files_are_counted_and_one_is_named(tmp_path: Path) -> None:
    folder = write_table(tmp_path, "path,label", "a.mp4,fight", "b.mp4,fight")
    (folder / "b.mp4").unlink()
    with pytest.raises(UsageError, match=r"1 of 2 recordings .*b\.mp4"):
        read_labels_table(folder)


def test_an_empty_table_and_one_that_is_no_text(tmp_path: Path) -> None:
    file = write_table(tmp_path, "path,label") / "labels.csv"
    with pytest.raises(UsageError, match="list nothing"):
        read_labels_table(tmp_path)
    file.write_bytes(b"\xff\xfe\x00path")
    with pytest.raises(UsageError, match="cannot be read"):
        read_labels_table(tmp_path)


def test_spans() -> None:
    assert parse_spans(" 1-2;  5 - 9;") == ((1, 2), (5, 9))
    assert parse_spans("") == ()
    with pytest.raises(ValueError, match="no span"):
        parse_spans("4-4")
