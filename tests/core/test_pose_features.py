from dataclasses import replace

import numpy as np

from crimeview.core.people import LANDMARKS
from crimeview.core.pose_features import (
    numbers_a_frame,
    sequence_features,
    window_starts,
    windows,
)
from crimeview.core.sequence import SequenceSpec

SPEC = SequenceSpec(frames=30, rate=3.0, step=15, landmarks="body", missing="mask")


def person(frames: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(0)
    boxes = np.tile(np.array([0.2, 0.1, 0.4, 0.9], np.float32), (frames, 1))
    marks = random.uniform(0.2, 0.8, (frames, LANDMARKS, 3)).astype(np.float32)
    return marks, boxes


def test_neither_place_nor_size_in_the_picture_is_seen() -> None:
    marks, boxes = person(5)
    moved, moved_boxes = marks.copy(), boxes / 2 + 0.3
    moved[..., :2] = marks[..., :2] / 2 + 0.3
    first = sequence_features(marks, boxes, aspect=16 / 9, spec=SPEC)
    assert first.shape == (5, numbers_a_frame("body")) == (5, 67)
    assert np.allclose(
        first, sequence_features(moved, moved_boxes, aspect=16 / 9, spec=SPEC), atol=1e-5
    )


def test_the_face_is_seen_only_where_it_is_wanted() -> None:
    marks, boxes = person(3)
    other = marks.copy()
    other[:, 0] += 0.1  # the nose
    both = replace(SPEC, landmarks="body-and-face")

    def seen(values: np.ndarray, spec: SequenceSpec) -> np.ndarray:
        return sequence_features(values, boxes, aspect=1.0, spec=spec)

    assert (seen(marks, SPEC) == seen(other, SPEC)).all()
    assert (seen(marks, both) != seen(other, both)).any()
    assert seen(marks, both).shape[1] == numbers_a_frame("body-and-face") == 100


def test_missing_landmarks_are_masked_or_the_last_ones_repeated() -> None:
    marks, boxes = person(5)
    marks[[0, 2, 3]] = np.nan
    masked = sequence_features(marks, boxes, aspect=1.0, spec=SPEC)
    assert masked[:, -1].tolist() == [0, 1, 0, 0, 1]
    assert not masked[2].any()
    repeated = sequence_features(marks, boxes, aspect=1.0, spec=replace(SPEC, missing="repeat"))
    assert repeated[:, -1].tolist() == [0, 1, 1, 1, 1]
    assert (repeated[3] == masked[1]).all()
    assert not repeated[0].any()  # nothing came before


def test_windows_of_30_begin_every_15_frames() -> None:
    assert window_starts(75, length=30, step=15) == [0, 15, 30, 45]
    assert window_starts(74, length=30, step=15) == [0, 15, 30]
    assert window_starts(12, length=30, step=15) == [0]
    made = windows(np.ones((12, 67), np.float32), SPEC)
    assert made.shape == (1, 30, 67)
    assert made[0, :12].all()
    assert not made[0, 12:].any()
