from pathlib import Path

import pytest

from crimeview.core.errors import UsageError
from crimeview.evaluation.ground_truth import by_recording, read_ground_truth


def _file(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_text_of_ucf_crime(tmp_path: Path) -> None:
    file = _file(
        tmp_path,
        "Temporal_Anomaly_Annotation.txt",
        "Abuse028_x264.mp4  Abuse  165  240  -1  -1  \n"
        "Arson011_x264.mp4 Arson 150 420 680 1267\n"
        "Normal_Videos_003_x264.mp4  Normal  -1  -1  -1  -1\n",
    )
    found = read_ground_truth(file)
    assert [event.label for event in found["Arson011_x264.mp4"]] == ["Arson", "Arson"]
    (abuse,) = found["Abuse028_x264.mp4"]
    assert abuse.seconds(30.0) == (164 / 30, 8.0), "frames count from 1, the last one belongs to it"
    assert found["Normal_Videos_003_x264.mp4"] == []


def test_a_table_in_seconds(tmp_path: Path) -> None:
    file = _file(
        tmp_path,
        "truth.csv",
        "name,start,end,label\nyard.mp4,8.5,10,fight\nyard.mp4,20,24,crash\nnight.mp4,,,\n",
    )
    found = read_ground_truth(file)
    assert [(e.start, e.end, e.label) for e in found["yard.mp4"]] == [
        (8.5, 10.0, "fight"),
        (20.0, 24.0, "crash"),
    ]
    assert found["night.mp4"] == []


def test_the_table_that_evaluations_take(tmp_path: Path) -> None:
    file = _file(
        tmp_path, "truth.csv", "name,frames,anomalous_frames\nyard,300,80-100;200-240\nnight,50,\n"
    )
    found = read_ground_truth(file)
    assert [e.seconds(10.0) for e in found["yard"]] == [(8.0, 10.0), (20.0, 24.0)]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.txt", "", "no annotations"),
        ("a.txt", "yard.mp4 Fight 3\n", "Line 1"),
        ("a.txt", "yard.mp4 Fight three four\n", "three"),
        ("a.csv", "name,start,end\nyard,x,3\n", "“x”"),
        ("a.csv", "name,label\nyard,Normal\n", "does not say when"),
    ],
)
def test_what_cannot_be_understood_is_said(tmp_path: Path, name: str, text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        read_ground_truth(_file(tmp_path, name, text))


def test_recordings_are_found_by_their_names_however_written(tmp_path: Path) -> None:
    file = _file(tmp_path, "a.txt", "C:\\videos\\YARD.avi Fight 1 10\nother.mp4 Fight 1 10\n")
    found = by_recording(read_ground_truth(file), {7: Path("/x/yard.mp4"), 8: Path("/x/night.mp4")})
    assert list(found) == [7]
