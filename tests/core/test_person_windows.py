"""Windows of people as they come are those that their whole sequences are cut into."""

import numpy as np
import pytest

from crimeview.core.people import LANDMARKS, People
from crimeview.core.person_sequences import PersonSequence, SequenceBuilder
from crimeview.core.person_windows import PersonWindows
from crimeview.core.pose_features import window_starts

FRAMES, STEP = 30, 15


def people(frame: int, present: list[int]) -> tuple[People, list[int]]:
    """Each person's box says who it is and in which frame."""
    boxes = np.array([[p, frame, p + 1, frame + 1] for p in present], np.float32).reshape(-1, 4)
    marks = np.full((len(present), LANDMARKS, 3), frame, np.float32)
    return People(boxes, np.ones(len(present), np.float32), marks), present


def seen(frames: dict[int, list[int]], *, until: int) -> tuple[list[PersonSequence], ...]:
    """The windows as they come, and those that whole sequences are cut into afterwards."""
    coming = PersonWindows(frames=FRAMES, step=STEP, least=1)
    whole = SequenceBuilder(longest=10_000, overlap=0)
    came, sequences = [], []
    for frame in range(until):
        found, ids = people(frame, frames.get(frame, []))
        came += list(coming.take(frame, found, ids))
        sequences += list(whole.take(frame, found, ids))
    sequences += list(whole.finish())
    cut = [
        PersonSequence(s.person, s.first + start, *_part(s, start))
        for s in sequences
        for start in window_starts(len(s), length=FRAMES, step=STEP)
    ]
    return came, cut


def _part(sequence: PersonSequence, start: int) -> tuple[np.ndarray, np.ndarray]:
    return sequence.boxes[start : start + FRAMES], sequence.landmarks[start : start + FRAMES]


def _key(window: PersonSequence) -> tuple[int, int, int]:
    return window.person, window.first, len(window)


@pytest.mark.parametrize("stays", [12, 29, 30, 44, 45, 100])
def test_a_person_is_given_in_the_same_windows(stays: int) -> None:
    frames = {frame: [7] for frame in range(5, 5 + stays)}
    came, cut = seen(frames, until=5 + stays + 10)
    assert [_key(w) for w in came] == [_key(w) for w in cut]
    for one, other in zip(came, cut, strict=True):
        assert np.array_equal(one.boxes, other.boxes, equal_nan=True)
        assert np.array_equal(one.landmarks, other.landmarks, equal_nan=True)


def test_frames_in_which_somebody_is_not_found_are_missing() -> None:
    frames = {frame: [7] for frame in range(70) if frame % 10 not in (3, 4, 5)}
    came, cut = seen(frames, until=80)
    assert [_key(w) for w in came] == [_key(w) for w in cut]
    assert np.isnan(came[0].boxes[3:6]).all()
    assert np.array_equal(came[1].boxes, cut[1].boxes, equal_nan=True)


def test_two_people_do_not_mix_and_who_has_left_is_not_there_any_more() -> None:
    windows = PersonWindows(frames=FRAMES, step=STEP, least=1)
    given = []
    for frame in range(50):
        found, ids = people(frame, [1, 2] if frame < 35 else [2])
        given += list(windows.take(frame, found, ids))
        if frame == 34:
            assert windows.present == {1, 2}
    assert windows.present == {2}
    assert [(w.person, w.first) for w in given] == [(1, 0), (2, 0), (2, 15)]
    assert all((w.boxes[:, 0] == w.person).all() for w in given)


def test_who_was_hardly_seen_is_not_judged() -> None:
    windows = PersonWindows(frames=FRAMES, step=STEP, least=10)
    given = []
    for frame in range(40):
        found, ids = people(frame, [3] if frame < 9 else [])
        given += list(windows.take(frame, found, ids))
    assert given == []
    assert windows.present == set()
