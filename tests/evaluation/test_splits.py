from pathlib import Path

import pytest

from crimeview.evaluation.labels import FrameLabel
from crimeview.evaluation.splits import BY_FOLDERS, judged_flags


def _labels(*rows: tuple[str, bool, str]) -> list[FrameLabel]:
    """Labels of paths, with an event or without, and what their cell “split” says."""
    return [
        FrameLabel(
            line=number,
            name=name,
            file=Path(name),
            group=name,
            events=((1, 2),) if event else (),
            columns={"split": split},
        )
        for number, (name, event, split) in enumerate(rows, start=2)
    ]


def test_what_has_events_is_judged() -> None:
    labels = _labels(("a.mp4", False, ""), ("b.mp4", True, ""))
    assert judged_flags(labels) == ([False, True], None)


@pytest.mark.parametrize("word", ["train", "Training", "TRAIN"])
def test_a_column_says_what_is_judged(word: str) -> None:
    labels = _labels(("a.mp4", True, word), ("b.mp4", False, "testing"), ("c.mp4", True, ""))
    assert judged_flags(labels) == ([False, True, True], None)


@pytest.mark.parametrize(
    ("train", "test"),
    [
        ("train/1.mp4", "test/1.mp4"),
        ("training_videos/1.avi", "testing_videos/1.avi"),
        ("ped\\Train\\Train001.avi", "ped\\Test\\Test001.avi"),
        ("/test/set/train/1.mp4", "/test/set/test/1.mp4"),
        ("x/Train001/v.mp4", "x/Test001/v.mp4"),
    ],
)
def test_folders_say_what_is_judged_where_no_column_does(train: str, test: str) -> None:
    labels = _labels((train, False, ""), (test, False, ""), (f"{test}.2.mp4", True, ""))
    assert judged_flags(labels) == ([False, True, True], BY_FOLDERS)
    usual = _labels((train, False, ""), (test, True, ""))
    assert judged_flags(usual) == ([False, True], None), "nothing to be told of"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("test/1.mp4", "test/2.mp4"),
        ("train/1.mp4", "recordings/2.mp4"),
        ("trainers/1.mp4", "tests/2.mp4"),
        ("train.mp4", "test.mp4"),
    ],
)
def test_other_folders_say_nothing(one: str, other: str) -> None:
    labels = _labels((one, True, ""), (other, False, ""))
    assert judged_flags(labels) == ([True, False], None)
