import numpy as np
import pytest

from crimeview.evaluation.intervals import clipped, flags, parse_intervals


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("", ()),
        (" none ", ()),
        ("3-7", ((3, 7),)),
        (" 10 - 12 ;3–7; ", ((3, 7), (10, 12))),
        ("3-7;7-9", ((3, 7), (7, 9))),
    ],
)
def test_spans_in_order_of_time(text: str, spans: tuple[tuple[int, int], ...]) -> None:
    assert parse_intervals(text) == spans


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("3", "“3” is not a span"),
        ("a-b", "“a-b” is not a span"),
        ("-3-7", "“-3-7” is not a span"),
        ("7-7", "is empty"),
        ("9-3", "is empty"),
        ("3-7;5-9", "3-7 and 5-9 overlap"),
    ],
)
def test_what_is_no_span_is_told(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse_intervals(text)


def test_a_span_that_reaches_beyond_the_end_is_cut_and_said() -> None:
    assert clipped([(3, 7)], 7) == (((3, 7),), None)
    spans, note = clipped([(0, 2), (3, 9)], 7)
    assert spans == ((0, 2), (3, 7))
    assert note is not None
    assert "ends at 9, after the last of 7 frames" in note
    with pytest.raises(ValueError, match="lies behind the last frame: there are 7 frames"):
        clipped([(7, 9)], 7)


def test_flags_are_half_open() -> None:
    np.testing.assert_array_equal(np.flatnonzero(flags([(1, 3), (4, 5)], 6)), [1, 2, 4])
