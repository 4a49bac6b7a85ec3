"""Bodies from an output of BlazePose's first network, made by hand."""

import numpy as np
import pytest

from crimeview.nets.pose_regions import body_regions
from crimeview.nets.warp import Rect
from tests.nets.made_pose import nothing, put

SIDE = 224
WHOLE = Rect(112.0, 112.0, 224.0, 224.0)


def test_an_empty_picture_has_no_bodies() -> None:
    assert body_regions(nothing(), side=SIDE, around=WHOLE) == []


def test_a_body_is_where_its_anchor_and_offsets_say() -> None:
    output = nothing()
    put(output, row=10, column=5, hips=(50.0, 100.0), top=(50.0, 60.0), logit=3.0)
    (body,) = body_regions(output, side=SIDE, around=WHOLE)
    assert (body.x, body.y) == pytest.approx((50.0, 100.0), abs=1e-3)
    assert body.length == pytest.approx(80.0, abs=1e-3)
    assert body.angle == pytest.approx(0.0, abs=1e-5)
    assert body.score == pytest.approx(1 / (1 + np.exp(-3.0)))
    assert body.box == pytest.approx([24.0, 64.0, 64.0, 104.0], abs=1e-3)


@pytest.mark.parametrize(
    ("top", "angle"),
    [((90.0, 100.0), np.pi / 2), ((10.0, 100.0), -np.pi / 2), ((50.0, 140.0), np.pi)],
)
def test_a_body_that_lies_is_turned_clockwise(top: tuple[float, float], angle: float) -> None:
    output = nothing()
    put(output, row=10, column=5, hips=(50.0, 100.0), top=top, logit=3.0)
    (body,) = body_regions(output, side=SIDE, around=WHOLE)
    assert np.cos(body.angle - angle) == pytest.approx(1.0, abs=1e-6)


def test_boxes_of_the_same_body_are_averaged_by_their_scores() -> None:
    output = nothing()
    put(output, row=10, column=5, hips=(50.0, 100.0), top=(50.0, 60.0), logit=2.0)
    put(output, row=10, column=5, hips=(54.0, 100.0), top=(54.0, 60.0), logit=1.0, which=1)
    put(output, row=20, column=20, hips=(160.0, 190.0), top=(160.0, 150.0), logit=0.5)
    one, other = body_regions(output, side=SIDE, around=WHOLE)
    first, second = 1 / (1 + np.exp(-2.0)), 1 / (1 + np.exp(-1.0))
    assert one.x == pytest.approx((50 * first + 54 * second) / (first + second), abs=1e-3)
    assert one.score == pytest.approx(first)
    assert (other.x, other.y) == pytest.approx((160.0, 190.0), abs=1e-3)


def test_what_is_less_likely_than_not_is_none() -> None:
    output = nothing()
    put(output, row=10, column=5, hips=(50.0, 100.0), top=(50.0, 60.0), logit=-0.1)
    assert body_regions(output, side=SIDE, around=WHOLE) == []


def test_places_are_in_the_frame_that_the_square_was_cut_from() -> None:
    output = nothing()
    put(output, row=10, column=5, hips=(56.0, 112.0), top=(56.0, 56.0), logit=3.0)
    (body,) = body_regions(output, side=SIDE, around=Rect(1000.0, 500.0, 448.0, 448.0))
    assert (body.x, body.y) == pytest.approx((888.0, 500.0), abs=1e-2)
    assert body.length == pytest.approx(224.0, abs=1e-2)
