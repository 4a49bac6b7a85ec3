import time

import numpy as np
import pytest

from crimeview.core.found_by import FoundBy
from crimeview.core.fusion import fused, spans_of
from crimeview.core.novelty import Reason
from crimeview.core.segment import Segment

ALL = FoundBy.EVENTS | FoundBy.VIOLENCE | FoundBy.NOVELTY


def segment(start: float, end: float, per_hour: float | None, **more: object) -> Segment:
    return Segment(
        start=start,
        end=end,
        peak=0.9,
        peak_time=(start + end) / 2,
        mean=0.7,
        per_hour=per_hour,
        **more,  # type: ignore[arg-type]
    )


def test_what_all_three_found_is_one_segment_that_says_so() -> None:
    event = segment(10, 14, 3.0)
    violent = segment(9, 13, 1.5, found_by=FoundBy.VIOLENCE)
    novel = segment(11, 15, 0.5, found_by=FoundBy.NOVELTY, reason=Reason.FAST, number=2.5)
    (found,) = fused([event], fused([violent], [novel]))
    assert (found.start, found.end, found.peak) == (10, 14, 0.9)
    assert found.found_by == ALL
    assert (found.per_hour, found.reason, found.number) == (0.5, Reason.FAST, 2.5)


@pytest.mark.parametrize("scorers", [FoundBy.VIOLENCE, FoundBy.VIOLENCE | FoundBy.NOVELTY])
def test_what_others_found_alone_stays_what_it_is(scorers: FoundBy) -> None:
    event, other = segment(10, 14, 3.0), segment(30, 31, 1.0, found_by=scorers)
    assert fused([event], [other]) == [event, other]


def test_a_reason_stays_with_the_rarest_that_has_one() -> None:
    event = segment(0, 10, 9.0)
    fast = segment(1, 3, 1.5, found_by=FoundBy.NOVELTY, reason=Reason.FAST, number=2.0)
    large = segment(5, 8, 0.2, found_by=FoundBy.NOVELTY, reason=Reason.LARGE, number=4.0)
    violent = segment(0, 9, 0.1, found_by=FoundBy.VIOLENCE)
    (found,) = fused([event], [fast, large, violent])
    assert (found.found_by, found.per_hour) == (ALL, 0.1)
    assert (found.reason, found.number) == (Reason.LARGE, 4.0)


def test_one_that_lies_over_two_is_told_of_both() -> None:
    events = [segment(0, 4, 3.0), segment(20, 24, 5.0)]
    novel = segment(0, 30, 0.5, found_by=FoundBy.NOVELTY)
    found = fused(events, [novel])
    assert [one.found_by for one in found] == 2 * [FoundBy.EVENTS | FoundBy.NOVELTY]


def test_neighbors_that_hardly_touch_stay_apart() -> None:
    event, novel = segment(10, 14, 3.0), segment(13, 17, 0.5, found_by=FoundBy.NOVELTY)
    assert fused([event], [novel]) == [event, novel]
    assert fused([], []) == []
    assert fused([], [novel]) == [novel]


def test_any_order_gives_the_same() -> None:
    random = np.random.default_rng(0)
    starts = random.uniform(0, 400, 60)
    first = [segment(s, s + random.uniform(1, 30), 4.0) for s in starts]
    more = [segment(s + 2, s + 9, 1.0, found_by=FoundBy.VIOLENCE) for s in starts[::3]]
    wanted = fused(sorted(first, key=lambda s: s.start), more)
    assert fused(first, more[::-1]) == wanted
    spans = spans_of(wanted)
    assert (np.diff(spans[:, 0]) >= 0).all()
    for other in more:
        shared = np.minimum(spans[:, 1], other.end) - np.maximum(spans[:, 0], other.start)
        same = [s for s, seconds in zip(wanted, shared, strict=True) if seconds > 3.5]
        assert all(FoundBy.VIOLENCE in s.found_by for s in same if s.end - s.start >= 7)


def test_thousands_are_fused_at_once() -> None:
    events = [segment(10.0 * n, 10.0 * n + 4, 3.0) for n in range(6000)]
    more = [segment(10.0 * n + 1, 10.0 * n + 5, 1.0, found_by=FoundBy.NOVELTY) for n in range(3000)]
    began = time.thread_time()
    found = fused(events, more)
    assert time.thread_time() - began < 1.0  # comparing each with each would take minutes
    assert sum(FoundBy.NOVELTY in one.found_by for one in found) == 3000
