import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from crimeview.core.look import CELLS
from crimeview.scene.still import moves

SHAPES = [(17, 64, 64, 1), (16, 112, 112, 3)]


def standing(shape: tuple[int, ...], *, noise: float = 0.6, seed: int = 0) -> NDArray[np.float64]:
    random = np.random.default_rng(seed)
    scene = random.uniform(30, 210, (*shape[1:3], 1))
    return scene + random.normal(0, noise, shape)


def levels(pictures: NDArray[np.float64]) -> NDArray[np.uint8]:
    return np.clip(np.rint(pictures), 0, 255).astype(np.uint8)


@pytest.mark.parametrize("shape", SHAPES)
def test_noise_alone_is_still(shape: tuple[int, ...]) -> None:
    for noise in (0.0, 0.4, 1.0, 2.0):
        assert not moves(levels(standing(shape, noise=noise)), clock=None)


@pytest.mark.parametrize("shape", SHAPES)
def test_something_small_that_walks_moves(shape: tuple[int, ...]) -> None:
    pictures = standing(shape)
    for number, picture in enumerate(pictures):
        picture[30:33, 20 + number // 2 : 22 + number // 2] += 25.0
    assert moves(levels(pictures), clock=None)


def test_something_that_shows_for_a_third_of_a_second_moves() -> None:
    pictures = standing(SHAPES[0])
    pictures[7:11, 40:42, 40:42] += 30.0
    assert moves(levels(pictures), clock=None)


def test_light_that_changes_everywhere_is_no_movement() -> None:
    pictures = standing(SHAPES[0]) * 0.5 + 60
    pictures[9:] += 9.0
    assert not moves(levels(pictures), clock=None)


def test_a_keyframe_that_refreshes_the_picture_is_no_movement() -> None:
    random = np.random.default_rng(1)
    pictures = standing(SHAPES[0], noise=0.3)
    pictures[8:] += random.normal(0, 2.5, (64, 64, 1))
    assert not moves(levels(pictures), clock=None)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_clock_does_not_count_where_it_is_masked(shape: tuple[int, ...]) -> None:
    pictures = standing(shape)
    height, width = shape[1:3]
    mask = np.zeros(CELLS, np.bool_)
    mask[2:8, 20:40] = True
    top, bottom = 3 * height // 90, -(-7 * height // 90)
    left, right = 21 * width // 160, -(-39 * width // 160)
    pictures[9:, top:bottom, left:right] += 60.0
    assert moves(levels(pictures), clock=None)
    assert not moves(levels(pictures), clock=mask)
    pictures[9:, height // 2, width // 2] += 60.0
    assert moves(levels(pictures), clock=mask)


def test_pictures_are_left_as_they_are() -> None:
    pictures = levels(standing(SHAPES[0]))
    before = pictures.copy()
    moves(pictures, clock=np.ones(CELLS, np.bool_))
    np.testing.assert_array_equal(pictures, before)


@settings(max_examples=25, deadline=None)
@given(
    frames=st.integers(2, 20),
    height=st.integers(8, 40),
    width=st.integers(8, 40),
    level=st.integers(0, 255),
)
def test_a_picture_that_stands_is_still_whatever_its_size(
    frames: int, height: int, width: int, level: int
) -> None:
    pictures = np.broadcast_to(
        np.full((height, width, 1), level, np.uint8), (frames, height, width, 1)
    )
    assert not moves(pictures, clock=np.eye(9, 16, dtype=np.bool_))


@pytest.mark.parametrize("period", [2, 3, 4, 8])
def test_what_flickers_in_time_with_the_comparison_moves(period: int) -> None:
    pictures = standing(SHAPES[0])
    pictures[::period, 20:24, 20:24] += 60.0
    assert moves(levels(pictures), clock=None)


@pytest.mark.parametrize("share", [0.6, 0.9, 1.0])
def test_a_picture_most_of_which_changes_moves(share: float) -> None:
    pictures = standing(SHAPES[0])
    random = np.random.default_rng(2)
    rows = round(64 * share)
    pictures[5:, :rows] = random.uniform(30, 210, (12, rows, 64, 1))
    assert moves(levels(pictures), clock=None)


def test_of_a_single_picture_nobody_can_tell() -> None:
    assert moves(levels(standing((1, 64, 64, 1))), clock=None)
