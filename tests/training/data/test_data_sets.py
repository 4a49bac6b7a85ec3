from collections import Counter
from pathlib import Path

import pytest

from crimeview.core.errors import UsageError
from crimeview.training.data.data_sets import (
    Layout,
    read_data_set,
    read_data_sets,
    read_examples,
)
from crimeview.training.data.examples import FOLDS
from crimeview.training.data.folds import held_out
from tests.training.data.folders import touch, write_table


def _ucf(folder: Path) -> Path:
    touch(
        folder,
        "Anomaly-Videos-Part-1/Abuse/Abuse001_x264.mp4",
        "Anomaly-Videos-Part-1/Abuse/Abuse028_x264.mp4",
        "Anomaly-Videos-Part-2/Fighting/Fighting002_x264.mp4",
        "Anomaly-Videos-Part-3/Shooting/Shooting046_x264.mp4",
        "Training-Normal-Videos-Part-1/Normal_Videos001_x264.mp4",
        "Testing_Normal_Videos/Normal_Videos_003_x264.mp4",
    )
    lists = folder / "Anomaly_Detection_splits"
    lists.mkdir()
    (lists / "Anomaly_Train.txt").write_text(
        "Abuse/Abuse001_x264.mp4\r\nFighting/Fighting002_x264.mp4\r\n"
        "Training_Normal_Videos_Anomaly/Normal_Videos001_x264.mp4\r\n\r\n"
        "Arson/Arson001_x264.mp4\r\n"
    )
    (folder / "Temporal_Anomaly_Annotation_for_Testing_Videos.txt").write_text(
        "Abuse028_x264.mp4  Abuse  165  240  -1  -1  \n"
        "Normal_Videos_003_x264.mp4  Normal  -1  -1  -1  -1  \n"
        "Shooting046_x264.mp4  Shooting  4005  4230  4760  5088  \n"
    )
    return folder


def test_ucf_crime_is_found_by_its_lists_wherever_its_videos_lie(tmp_path: Path) -> None:
    data = read_data_set(_ucf(tmp_path / "ucf"))
    assert data.layout is Layout.UCF_CRIME
    facts = {e.path.stem: (e.label, e.split, e.weak, e.anomalous_frames) for e in data.examples}
    assert facts == {
        "Abuse001_x264": ("abuse", "train", True, ()),
        "Fighting002_x264": ("fight", "train", True, ()),
        "Normal_Videos001_x264": ("normal", "train", False, ()),
        "Abuse028_x264": ("abuse", "test", False, ((165, 240),)),
        "Normal_Videos_003_x264": ("normal", "test", False, ()),
        "Shooting046_x264": ("shooting", "test", False, ((4005, 4230), (4760, 5088))),
    }
    assert all(e.path.is_file() for e in data.examples)
    (problem,) = data.problems
    assert "1 of 7" in problem
    assert "Arson001" in problem


@pytest.mark.parametrize("line", ["Abuse028_x264.mp4 Abuse 165", "a.mp4 Abuse x y", "a.mp4"])
def test_an_annotation_that_is_none_is_told_with_its_line(tmp_path: Path, line: str) -> None:
    folder = _ucf(tmp_path / "ucf")
    (folder / "Temporal_Anomaly_Annotation_for_Testing_Videos.txt").write_text(line)
    with pytest.raises(UsageError, match=f"no annotation: “{line}”"):
        read_data_set(folder)


def test_ucf_crime_without_videos_is_told(tmp_path: Path) -> None:
    (tmp_path / "Anomaly_Train.txt").write_text("Abuse/Abuse001_x264.mp4\n")
    with pytest.raises(UsageError, match="None of the 1 recordings"):
        read_data_set(tmp_path)


def test_class_folders_with_and_without_parts(tmp_path: Path) -> None:
    touch(
        tmp_path / "rwf",
        *("train/Fight/pub_1.avi", "train/Fight/pub_2.avi", "train/Fight/mall_1.avi"),
        *("train/NonFight/pub_7.avi", "val/NonFight/street_1.avi", "train/Fight/notes.txt"),
    )
    data = read_data_set(tmp_path / "rwf")
    assert data.layout is Layout.CLASSES
    assert Counter((e.label, e.split) for e in data.examples) == {
        ("fight", "train"): 3,
        ("normal", "train"): 1,
        ("normal", "valid"): 1,
    }
    groups = {e.path.stem: e.group for e in data.examples}
    assert groups["pub_1"] == groups["pub_2"] != groups["mall_1"]
    assert groups["pub_7"] == groups["pub_1"]  # one source, whatever happens there
    touch(tmp_path / "plain", "Violence/V_1.mp4", "Violence/V_2.mp4", "NonViolence/NV_1.mp4")
    plain = read_data_set(tmp_path / "plain")
    assert Counter(e.label for e in plain.examples) == {"violence": 2, "normal": 1}
    assert len({e.group for e in plain.examples}) == 3  # V and NV are classes, no sources
    touch(tmp_path / "alike", "Fight/video_1.mp4", "Fight/video_2.mp4", "NonFight/video_3.mp4")
    assert len({e.group for e in read_data_set(tmp_path / "alike").examples}) == 3


def test_recordings_alone_are_ordinary_and_copies_of_one_source(tmp_path: Path) -> None:
    touch(tmp_path, "gate.mp4", "gate_vfr.mp4", "gates.avi", "readme.md", ".hidden.mp4")
    data = read_data_set(tmp_path)
    assert data.layout is Layout.ORDINARY
    groups = {e.path.name: e.group for e in data.examples}
    assert groups.keys() == {"gate.mp4", "gate_vfr.mp4", "gates.avi"}
    assert groups["gate.mp4"] == groups["gate_vfr.mp4"] != groups["gates.avi"]
    assert {e.label for e in data.examples} == {"normal"}


def test_nothing_to_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There is no folder"):
        read_data_set(tmp_path / "none")
    with pytest.raises(UsageError, match="No data set is found"):
        read_data_set(tmp_path)
    with pytest.raises(UsageError, match="No data set is found"):
        read_data_sets(tmp_path)


def _several(folder: Path) -> Path:
    write_table(
        folder / "fights", "path,label,source,fold", "a.mp4,fight,s1,0", "b.mp4,normal,s2,3"
    )
    write_table(folder / "walks", "path,anomalous_frames", "train/01.mp4,", "test/01.mp4,3-9")
    touch(folder / "recordings", "gate.mp4", "yard.avi")
    touch(folder / "broadcast", "fight/x.mp4", "normal/y.mp4")
    touch(folder / "detectors", "net.onnx")
    return folder


def test_a_folder_of_data_sets_and_a_data_set_alone(tmp_path: Path) -> None:
    folder = _several(tmp_path)
    layouts = {s.name: s.layout for s in read_data_sets(folder)}
    assert layouts == {
        "fights": Layout.TABLE,
        "walks": Layout.TABLE,
        "recordings": Layout.ORDINARY,
        "broadcast": Layout.CLASSES,
    }
    assert [s.name for s in read_data_sets(folder / "fights")] == ["fights"]
    assert [s.name for s in read_data_sets(folder / "broadcast")] == ["broadcast"]


def test_examples_are_those_for_training_and_all_in_a_fold(tmp_path: Path) -> None:
    examples = read_examples(_several(tmp_path), without=["broadcast"])
    assert Counter(e.data for e in examples) == {"fights": 2, "walks": 1, "recordings": 2}
    assert all(0 <= e.fold < FOLDS for e in examples)
    assert {e.path.stem: e.fold for e in examples if e.data == "fights"} == {"a": 0, "b": 3}


def test_the_real_data(data: Path) -> None:
    sets = {s.name: s for s in read_data_sets(data)}
    assert {"surveillance_fights", "car_crashes", "recordings", "avenue"} <= sets.keys()
    assert len(sets["hockey_fights"].part("valid")) == 100
    assert len(sets["ucsd_ped2"].part("test")) == 12
    examples = read_examples(data)
    assert len({e.fold for e in examples if e.data == "recordings"}) == FOLDS
    seen = 0
    for fold in range(FOLDS):
        rest, test = held_out(examples, fold)
        assert not {e.group for e in rest} & {e.group for e in test}
        seen += len(test)
    assert seen == len(examples)
