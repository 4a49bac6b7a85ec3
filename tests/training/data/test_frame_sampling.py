from dataclasses import replace
from pathlib import Path

import numpy as np

from crimeview.training.data.examples import Example
from crimeview.training.data.frame_sampling import every_kth_frame
from crimeview.training.data.framecache import Frames

CLIP = Example(path=Path("a"), data="d", label="fight", group="a", fold=0, central=2.0)


def _frames(count: int) -> Frames:
    starts = np.arange(count) / 25
    pictures = np.zeros((count, 2, 2, 1), np.uint8)
    return Frames(pictures, np.column_stack([starts, starts + 0.04]))


def test_one_frame_in_six_of_the_middle_two_seconds() -> None:
    samples = every_kth_frame([CLIP], [_frames(100)])
    assert [s.row for s in samples] == list(range(28, 75, 6))
    assert all(s.time == s.row / 25 for s in samples)


def test_every_example_gives_at_least_one() -> None:
    whole = replace(CLIP, central=None)
    samples = every_kth_frame([whole, CLIP, whole], [_frames(n) for n in (1, 3, 4)], every=6)
    assert [(s.example, s.row) for s in samples] == [(0, 0), (1, 1), (2, 3)]
    assert len(every_kth_frame([whole], [_frames(12)], every=1)) == 12


def test_no_frame_is_taken_where_its_label_does_not_hold() -> None:
    event = replace(CLIP, central=None, span=(2.0, 3.0))
    rows = [s.row for s in every_kth_frame([event], [_frames(100)], every=2)]
    assert rows == list(range(51, 75, 2))
    assert every_kth_frame([replace(CLIP, weak=True)], [_frames(100)]) == []
