import numpy as np
import pytest

pytest.importorskip("torch", reason="the extra “train” is not installed")

from crimeview.training.data.augment import FRAMES, Augmentation
from crimeview.training.data.grid import picture_grid


def _clips(count: int, channels: int) -> list[np.ndarray[tuple[int, ...], np.dtype[np.uint8]]]:
    random = np.random.default_rng(0)
    return [random.integers(0, 255, (3, 20, 30, channels), np.uint8) for _ in range(count)]


@pytest.mark.parametrize("channels", [1, 3])
def test_a_row_shows_an_example_as_it_is_and_then_changed(channels: int) -> None:
    clips, random = _clips(2, channels), np.random.default_rng(0)
    grid = picture_grid(clips, ["normal", "fall"], FRAMES, random=random, views=2)
    assert grid.shape == (2 * 21, 6 + 3 * (6 + 90), 3)
    assert grid.dtype == np.uint8
    original = grid[:20, 12:102]
    expected = np.concatenate(list(clips[0]), axis=1)
    np.testing.assert_array_equal(original, np.broadcast_to(expected, original.shape))
    assert (grid[:20, 108:198] != original).mean() > 0.5
    assert grid[5, 0, 2] > grid[5, 0, 0]  # blue
    assert grid[25, 0, 0] > grid[25, 0, 2]  # orange


def test_views_of_another_size_fill_their_place() -> None:
    rule, random = Augmentation(size=10), np.random.default_rng(0)
    assert picture_grid(_clips(1, 3), ["x"], rule, random=random, views=1).shape == (21, 198, 3)
