import numpy as np
import pytest

from crimeview.scene.cells import CellGrid, repeated_row, unpacked
from crimeview.scene.motion import MotionCells
from tests.scene.walkers import GRID, RATE, Walker, street, times_of


def _pair(walkers: list[Walker], *, at: float = 1.0) -> list[np.ndarray]:
    return list(street(walkers, seconds=at + 2 / RATE))[-2:]


@pytest.mark.parametrize("speed", [-90.0, -40.0, 40.0, 90.0])
def test_speed_and_direction_of_a_body(speed: float) -> None:
    before, after = _pair([Walker(row=60, column=150.0, speed=speed, size=(56, 40), texture=3)])
    motion = MotionCells(GRID, interval=1 / RATE)
    moments = unpacked(GRID, times_of(1), motion.row(before, after, lit=False)[None])
    strong = moments.share[0] > 0.9
    assert strong.any()
    found = np.median(moments.across[0][strong] / moments.share[0][strong])
    assert found * 320 / 100 == pytest.approx(speed, rel=0.25)
    assert abs(np.median(moments.down[0][strong])) < 3


def test_noise_light_and_a_flash_are_no_movement() -> None:
    before, after = _pair([])
    motion = MotionCells(GRID, interval=1 / RATE)
    planes = 4 * GRID.rows * GRID.columns
    brighter = np.clip(after.astype(int) + 20, 0, 255).astype(np.uint8)
    elsewhere = np.roll(after, (37, 93), axis=(0, 1))  # the camera was turned
    for other in (after, brighter, elsewhere):
        assert not motion.row(before, other, lit=False)[1 : 1 + planes].any()


def test_a_picture_shown_twice_goes_on_moving_once() -> None:
    before, after = _pair([Walker(row=60, column=100.0, speed=60.0, size=(56, 40), texture=3)])
    motion = MotionCells(GRID, interval=1 / RATE)
    rows = [motion.row(before, after, lit=False), *2 * [motion.row(after, after.copy(), lit=False)]]
    assert np.array_equal(rows[1], repeated_row(GRID))
    moments = unpacked(GRID, times_of(3), np.stack(rows))
    assert np.array_equal(moments.share[1], moments.share[0])
    assert not moments.share[2].any(), "a frozen picture does not move on"


def test_what_is_hidden_does_not_move() -> None:
    before, after = _pair([Walker(row=60, column=100.0, speed=60.0, size=(56, 40), texture=3)])
    hidden = np.ones(before.shape, np.bool_)
    motion = MotionCells(GRID, interval=1 / RATE, hidden=hidden)
    assert not motion.row(before, after, lit=False).any()


def test_brightness_is_told_where_it_is_asked_for() -> None:
    (before, after) = _pair([])
    row = MotionCells(GRID, interval=1 / RATE).row(before, after, lit=True)
    moments = unpacked(GRID, times_of(1), row[None])
    assert moments.lit.tolist() == [0]
    assert moments.light[0] == pytest.approx(
        after.reshape(GRID.rows, 8, GRID.columns, 8).mean(axis=(1, 3)), rel=0.01
    )


@pytest.mark.parametrize("size", [(1080, 1920), (240, 360), (1920, 1080), (16, 2000), (1, 1)])
def test_grids_of_any_picture(size: tuple[int, int]) -> None:
    grid = CellGrid.of(height=size[0], width=size[1])
    assert max(grid.shape) == 40
    assert min(grid.shape) >= 1
    black = np.zeros(grid.pixels, np.uint8)
    white = black.copy()
    white[: grid.pixels[0] // 2 + 1, : grid.pixels[1] // 3 + 1] = 255
    row = MotionCells(grid, interval=0.08).row(black, white, lit=True)
    assert len(row) == grid.dimensions
    assert np.isfinite(row.astype(np.float32)).all()
