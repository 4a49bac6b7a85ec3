import numpy as np
import pytest

from crimeview.core.novelty import Mark, Reason
from crimeview.evaluation.pointing import Pointed, pointing, points_at


def _mark(left: float, top: float, right: float, bottom: float) -> Mark:
    return Mark(reason=Reason.FAST, number=2.0, left=left, top=top, right=right, bottom=bottom)


def test_the_middle_of_the_first_box_counts() -> None:
    mask = np.zeros((100, 200), np.bool_)
    mask[40:60, 100:140] = True
    inside, outside = _mark(0.5, 0.4, 0.7, 0.6), _mark(0.0, 0.0, 0.2, 0.2)
    assert points_at(mask, [inside, outside])
    assert not points_at(mask, [outside, inside])
    assert not points_at(mask, [])
    assert not points_at(mask, [_mark(0.9, 0.9, 1.1, 1.1)])


def test_the_share_over_recordings() -> None:
    figure = pointing([Pointed("a", 10, 9), Pointed("b", 30, 15)])
    assert figure.value == pytest.approx(24 / 40)
    assert figure.interval is not None
    assert pointing([]).value is None
    assert pointing([Pointed("a", 0, 0)]).value is None
