"""Points as pixels: where they are, what lies above, how dense dots look."""

import numpy as np
import pytest

from crimeview.gui.map_raster import Stamp, View, draw_dots, draw_symbols, fitted, stamp_of

VIEW = View(x=10.0, y=20.0, scale=4.0, width=40, height=30)


def _stamp(value: int) -> Stamp:
    return stamp_of(np.full((3, 3), value, np.uint32))


def test_a_view_is_the_same_both_ways() -> None:
    positions = np.array([[10.0, 20.0], [12.0, 23.0]], np.float32)
    at = VIEW.pixels(positions)
    assert at.tolist() == [[20.0, 15.0], [28.0, 3.0]]
    for place, position in zip(at.tolist(), positions.tolist(), strict=True):
        assert VIEW.position(*place) == pytest.approx(tuple(position))


def test_a_view_moves_and_is_scaled_about_a_place() -> None:
    moved = VIEW.moved(8.0, -4.0)
    assert (moved.x, moved.y, moved.scale) == (8.0, 19.0, 4.0)
    near = VIEW.scaled(12.0, about=(28.0, 3.0))
    assert near.scale == 12.0
    assert near.position(28.0, 3.0) == pytest.approx(VIEW.position(28.0, 3.0))


def test_all_points_fit_into_a_view_whatever_their_extent() -> None:
    positions = np.array([[10.0, 20.0], [14.0, 21.0]], np.float32)
    view = fitted(positions, width=200, height=100)
    assert (view.x, view.y) == (12.0, 20.5)
    assert view.pixels(positions).tolist() == [
        pytest.approx([10, 72.5]),
        pytest.approx([190, 27.5]),
    ]
    assert fitted(positions[:1], width=200, height=100).position(100, 50) == (10.0, 20.0)
    assert fitted(positions[:0], width=200, height=100).scale == 1.0


def test_symbols_are_where_their_points_are_and_the_last_of_the_order_lies_above() -> None:
    at = np.array([[5, 5], [6, 5], [0, 0], [39, 29], [-1, 12], [300, 3]], np.float32)
    codes = np.array([0, 1, 0, 1, 0, 1])
    red, blue = 0xFFFF0000, 0xFF0000FF
    picture = draw_symbols(at, codes, [_stamp(red), _stamp(blue)], order=[1, 0], size=VIEW)
    assert picture.shape == (30, 40)
    assert (picture[4:7, 4:7] == red).all()
    assert (picture[4:7, 7] == blue).all()
    assert (picture[:2, :2] == red).all()
    assert (picture[28:, 38:] == blue).all()
    assert (picture[11:14, 0] == red).all(), "one outside reaches in"
    assert (picture > 0).sum() == 9 + 3 + 4 + 4 + 3


def test_what_is_not_opaque_lies_over_what_is_there() -> None:
    at = np.array([[5, 5], [5, 5]], np.float32)
    half = 0x80008000  # green, premultiplied
    picture = draw_symbols(
        at, np.array([0, 1]), [_stamp(0xFFFF0000), _stamp(half)], order=[0, 1], size=VIEW
    )
    assert picture[5, 5] >> 24 == 255
    assert picture[5, 5] >> 16 & 255 == 127
    assert picture[5, 5] >> 8 & 255 == 128


def test_dots_are_the_more_opaque_the_more_lie_at_a_place() -> None:
    at = np.concatenate([[[3, 3]], np.full((200, 2), 20)]).astype(np.float32)
    picture = draw_dots(
        at, np.zeros(201, np.intp), np.array([0xFFFFFFFF], np.uint32), dot=2, size=VIEW
    )
    assert picture[3, 3] >> 24 < 130
    assert picture[20, 20] == 0xFFFFFFFF
    assert (picture[3:5, 3:5] == picture[3, 3]).all()
    assert (picture > 0).sum() == 8


def test_no_points_are_an_empty_picture() -> None:
    none = np.empty((0, 2), np.float32)
    assert not draw_symbols(none, np.empty(0, np.intp), [_stamp(1)], order=[0], size=VIEW).any()
    colors = np.array([0xFF112233], np.uint32)
    assert not draw_dots(none, np.empty(0, np.intp), colors, dot=2, size=VIEW).any()
