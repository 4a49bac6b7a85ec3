import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from crimeview.core.leads import NEAR, leads, scored
from crimeview.core.segment import Segment
from crimeview.core.track import Track, TrackKind


def found(*spans: tuple[float, float]) -> list[Segment]:
    return [Segment(start=a, end=b, peak=0.9, peak_time=a, mean=0.5) for a, b in spans]


def reviewed(*spans: tuple[float, float]) -> np.ndarray:
    return np.array(spans, np.float64).reshape(-1, 2)


def test_nothing_reviewed_leaves_all() -> None:
    assert leads(found((1, 2), (3, 4)), reviewed()).whole == (0, 1)


def test_what_was_reviewed_is_answered_with_its_flanks() -> None:
    left = leads(found((9, 13)), reviewed((10, 12)))
    assert left.whole == ()
    assert left.rests == ()


def test_a_neighbor_that_only_lies_near_is_whole() -> None:
    assert leads(found((12.5, 14)), reviewed((10, 12))).whole == (0,)


def test_rests_lie_beyond_the_flanks() -> None:
    left = leads(found((0, 100)), reviewed((10, 12), (50, 51)))
    assert [(r.start, r.end) for r in left.rests] == [(0, 8), (14, 48), (53, 100)]
    assert {r.number for r in left.rests} == {0}


def test_one_review_answers_several() -> None:
    assert leads(found((1, 2), (4, 5), (30, 31)), reviewed((0, 6))).whole == (2,)


_SPANS = st.lists(
    st.tuples(st.floats(0, 500), st.floats(0.5, 60)).map(lambda s: (s[0], s[0] + s[1])), max_size=12
)


@given(_SPANS, _SPANS)
def test_every_moment_is_listed_or_near_what_was_reviewed(
    segments: list[tuple[float, float]], words: list[tuple[float, float]]
) -> None:
    left = leads(found(*segments), reviewed(*words))
    for number, (start, end) in enumerate(segments):
        rests = [(r.start, r.end) for r in left.rests if r.number == number]
        for moment in np.linspace(start, end, 40):
            listed = number in left.whole or any(a <= moment <= b for a, b in rests)
            near = any(a - NEAR - 0.5 <= moment <= b + NEAR + 0.5 for a, b in words)
            assert listed or near
        for a, b in rests:
            assert all(b <= c or a >= d for c, d in words), "nothing reviewed is listed again"


def test_scores_of_a_span() -> None:
    times = np.stack([np.arange(10.0), np.arange(1.0, 11.0)], axis=1)
    values = np.array([0, 1, 5, 2, 0, 0, 9, 0, 0, 0], np.float32) / 10
    track = Track(TrackKind.FRAME_SCORES, times, values)
    segment = scored(track, start=1.0, end=4.0)
    assert segment is not None
    assert segment.peak == np.float32(0.5)
    assert segment.peak_time == 2.5
    assert np.isclose(segment.mean, 0.8 / 3)
    assert scored(track, start=20.0, end=30.0) is None
