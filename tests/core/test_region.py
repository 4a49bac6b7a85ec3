import numpy as np
import pytest

from crimeview.core.region import Point, Region, RegionUse, ignored_mask, regions_key

LEFT = ((0.0, 0.0), (0.5, 0.0), (0.5, 1.0), (0.0, 1.0))
TOP = ((0.0, 0.0), (1.0, 0.0), (1.0, 0.5), (0.0, 0.5))


def region(points: tuple[Point, ...], use: RegionUse = RegionUse.IGNORE, number: int = 1) -> Region:
    return Region(id=number, recording_id=1, use=use, points=points)


def test_nothing_is_ignored_without_regions() -> None:
    assert not ignored_mask([], height=9, width=16).any()


def test_what_is_ignored_is_what_lies_inside() -> None:
    mask = ignored_mask([region(LEFT)], height=10, width=20)
    assert mask[:, :10].all()
    assert not mask[:, 10:].any()


def test_around_what_is_watched_all_is_ignored() -> None:
    watched = region(TOP, RegionUse.WATCH)
    mask = ignored_mask([watched, region(LEFT, number=2)], height=10, width=20)
    seen = np.zeros((10, 20), bool)
    seen[:5, 10:] = True
    np.testing.assert_array_equal(mask, ~seen)


def test_two_watched_regions_are_both_seen() -> None:
    both = [region(TOP, RegionUse.WATCH), region(LEFT, RegionUse.WATCH, 2)]
    mask = ignored_mask(both, height=10, width=20)
    assert mask.sum() == 50


def test_a_hollow_outline_is_hollow() -> None:
    u_shape = ((0.0, 0.0), (0.3, 0.0), (0.3, 0.7), (0.7, 0.7), (0.7, 0.0), (1.0, 0.0),
               (1.0, 1.0), (0.0, 1.0))  # fmt: skip
    mask = ignored_mask([region(u_shape)], height=100, width=100)
    assert not mask[10, 50]
    assert mask[10, 10]
    assert mask[90, 50]
    assert mask.mean() == pytest.approx(1 - 0.4 * 0.7, abs=0.01)


def test_any_corner_order_and_a_triangle() -> None:
    triangle = ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0))
    forward = ignored_mask([region(triangle)], height=200, width=200)
    backward = ignored_mask([region(triangle[::-1])], height=200, width=200)
    np.testing.assert_array_equal(forward, backward)
    assert forward.mean() == pytest.approx(0.5, abs=0.01)


def test_the_key_is_that_of_what_is_ignored() -> None:
    assert regions_key([]) == ""
    one, other = region(LEFT), region(TOP, number=2)
    assert regions_key([one, other]) == regions_key([other, one])
    assert regions_key([one]) != regions_key([region(LEFT, RegionUse.WATCH)])
    assert regions_key([one]) == regions_key([region(LEFT, number=7)]), "whoever drew it"
