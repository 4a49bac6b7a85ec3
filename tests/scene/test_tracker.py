"""Who is who: on boxes that were made with known identities."""

import numpy as np
from numpy.typing import NDArray

from crimeview.scene.tracker import Tracker

RATE = 3.0
Paths = NDArray[np.float32]


def walks(*ends: tuple[tuple[float, float], tuple[float, float]], frames: int = 30) -> Paths:
    """Boxes (people, frames, 4) of 80 by 200 pixels, whose centers go from one end to the other."""
    share = np.linspace(0, 1, frames)[:, None]
    half = np.array([40, 100])
    paths = [np.array(a) * (1 - share) + np.array(b) * share for a, b in ends]
    return np.stack([np.concatenate([p - half, p + half], 1) for p in paths]).astype(np.float32)


def ids_of(
    paths: Paths, *, seen: NDArray[np.bool_] | None = None, noise: float = 4.0
) -> list[set[int]]:
    """The numbers that each person was given; `seen` (people, frames)."""
    random = np.random.default_rng(0)
    people, frames, _ = paths.shape
    seen = np.ones((people, frames), bool) if seen is None else seen
    tracker = Tracker()
    given: list[set[int]] = [set() for _ in range(people)]
    for frame in range(frames):
        there = np.flatnonzero(seen[:, frame])
        there = random.permutation(there)
        boxes = paths[there, frame] + random.normal(0, noise, (len(there), 4))
        ids = tracker.take(
            boxes.astype(np.float32), np.full(len(there), 0.9, np.float32), frame / RATE
        )
        for person, number in zip(there, ids, strict=True):
            given[person].add(number)
    return given


def one_each(given: list[set[int]]) -> bool:
    return all(len(numbers) == 1 for numbers in given) and len(set.union(*given)) == len(given)


def test_people_who_walk_side_by_side_keep_their_numbers() -> None:
    assert one_each(ids_of(walks(((100, 300), (1100, 320)), ((90, 420), (1090, 430)))))


def test_people_who_meet_and_pass_keep_their_numbers() -> None:
    meeting = walks(((100, 300), (1100, 300)), ((1100, 360), (100, 360)), ((600, 200), (600, 420)))
    assert one_each(ids_of(meeting))


def test_somebody_who_runs_so_that_boxes_do_not_overlap_keeps_the_number() -> None:
    running = walks(((100, 300), (2900, 300)), ((1500, 600), (1500, 600)), frames=25)
    step = running[0, 1, 0] - running[0, 0, 0]
    assert step > 80  # more than the width of the box
    assert one_each(ids_of(running))


def test_who_is_hidden_for_a_second_keeps_the_number() -> None:
    seen = np.ones((2, 30), bool)
    seen[0, 12:15] = False
    assert one_each(ids_of(walks(((100, 300), (1100, 300)), ((600, 500), (620, 500))), seen=seen))


def test_who_is_away_for_long_comes_back_as_somebody_new() -> None:
    seen = np.ones((1, 40), bool)
    seen[0, 10:25] = False
    (numbers,) = ids_of(walks(((100, 300), (120, 300)), frames=40), seen=seen)
    assert len(numbers) == 2


def test_an_unsure_box_continues_a_person_and_begins_none() -> None:
    tracker = Tracker()
    box = np.array([[100, 100, 180, 300]], np.float32)
    assert tracker.take(box, [0.9], 0.0) == [0]
    assert tracker.take(box + 5, [0.35], 0.33) == [0]
    assert tracker.take(box + 600, [0.35], 0.66) == [-1]
    assert tracker.take(box[:0], [], 1.0) == []
    assert tracker.take(box + 10, [0.9], 1.33) == [0]


def test_boxes_of_the_wrong_size_are_somebody_else() -> None:
    tracker = Tracker()
    tracker.take(np.array([[100, 100, 180, 300]], np.float32), [0.9], 0.0)
    child = np.array([[120, 240, 150, 300]], np.float32)
    assert tracker.take(child, [0.9], 0.33) == [1]
