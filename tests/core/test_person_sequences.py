import numpy as np

from crimeview.core.people import LANDMARKS, People
from crimeview.core.person_sequences import SequenceBuilder


def at(frame: int, count: int = 1) -> People:
    boxes = np.full((count, 4), frame / 100, np.float32)
    return People(boxes, np.ones(count, np.float32), np.zeros((count, LANDMARKS, 3), np.float32))


def test_each_person_has_a_sequence_with_gaps_where_they_were_not_seen() -> None:
    builder = SequenceBuilder(longest=100, overlap=15)
    found = []
    for frame in range(10):
        ids = [7] if frame in (3, 4) else [5, 7] if frame in (1, 2, 8) else []
        found += builder.take(frame, at(frame, len(ids)), ids)
    found += builder.finish()
    seven = next(s for s in found if s.person == 7)
    assert (seven.first, len(seven)) == (1, 8)
    assert np.isnan(seven.boxes[:, 0]).tolist() == [False] * 4 + [True] * 3 + [False]
    five = [s for s in found if s.person == 5]
    assert [(s.first, len(s)) for s in five] == [(1, 8)]


def test_somebody_who_was_not_seen_for_long_has_left() -> None:
    builder = SequenceBuilder(longest=100, overlap=15)
    assert not list(builder.take(0, at(0), [1]))
    left = [s for frame in range(1, 10) for s in builder.take(frame, at(frame, 0), [])]
    assert [(s.person, s.first, len(s)) for s in left] == [(1, 0, 1)]


def test_somebody_who_stays_is_given_in_parts_that_overlap() -> None:
    builder = SequenceBuilder(longest=40, overlap=15)
    parts = [s for frame in range(100) for s in builder.take(frame, at(frame), [1])]
    parts += builder.finish()
    assert [s.first for s in parts] == [0, 25, 50, 75]
    assert all(s.boxes[0, 0] == np.float32(s.first / 100) for s in parts)
    assert parts[-1].first + len(parts[-1]) == 100
