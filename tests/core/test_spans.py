import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from crimeview.core.spans import Spans, complement, covered, merged, widened, within

_END = 100.0
_ANY = st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), max_size=12)


def _spans(pairs: list[tuple[int, int]]) -> Spans:
    return np.array(pairs, np.float64).reshape(-1, 2)


def _naive(pairs: list[tuple[int, int]]) -> set[int]:
    """The whole seconds that any of the pairs covers."""
    return {second for a, b in pairs for second in range(a, b)}


@given(_ANY)
def test_merged_spans_cover_the_same_and_do_not_touch(pairs: list[tuple[int, int]]) -> None:
    found = merged(_spans(pairs))
    assert _naive([(int(a), int(b)) for a, b in found]) == _naive(pairs)
    assert np.all(np.diff(found.ravel()) > 0)
    assert covered(found) == len(_naive(pairs))


@given(_ANY)
def test_complement_is_what_is_left(pairs: list[tuple[int, int]]) -> None:
    spans = merged(_spans(pairs))
    left = complement(spans, end=_END)
    assert covered(left) == _END - covered(spans)
    moments = np.arange(100) + 0.5
    assert np.array_equal(within(left, moments), ~within(spans, moments))


def test_widened_spans_stay_within_the_recording_and_grow_together() -> None:
    found = widened(_spans([(1, 2), (5, 6), (99, 100)]), by=2.0, end=_END)
    assert found.tolist() == [[0.0, 8.0], [97.0, 100.0]]


def test_spans_a_small_gap_apart_can_be_taken_as_one() -> None:
    assert merged(_spans([(0, 1), (2, 3), (6, 7)]), gap=1.0).tolist() == [[0.0, 3.0], [6.0, 7.0]]


def test_the_end_of_a_span_is_not_in_it() -> None:
    assert within(_spans([(1, 2)]), np.array([0.9, 1.0, 1.9, 2.0])).tolist() == [
        False,
        True,
        True,
        False,
    ]
    assert not within(_spans([]), np.array([1.0])).any()
