import numpy as np
import pytest
from numpy.typing import NDArray

from crimeview.core.look import CELLS
from crimeview.scene.glance import GLANCES, glance_at, is_busy


def _pictures(*, moving: int, light: float = 0.0) -> list[NDArray[np.uint8]]:
    """Noisy pairs; in so many of them something large has moved on."""
    random = np.random.default_rng(0)
    ground = random.uniform(40, 180, CELLS)
    found = []
    for number in range(2 * GLANCES):
        picture = ground + random.normal(0, 2.5, CELLS) + light * (number % 2)
        if number // 2 < moving:
            left = 30 + 60 * (number % 2)
            picture[40:60, left : left + 20] += 50.0
        found.append(np.clip(picture, 0, 255).astype(np.uint8))
    return found


@pytest.mark.parametrize(("moving", "busy"), [(GLANCES, True), (GLANCES - 2, True), (20, False)])
def test_busy_is_where_nearly_every_pair_moves(moving: int, busy: bool) -> None:
    assert is_busy(_pictures(moving=moving)) is busy


def test_neither_noise_nor_light_is_busy() -> None:
    assert not is_busy(_pictures(moving=0, light=40.0))


def test_where_pictures_are_missing_nothing_is_told() -> None:
    assert not is_busy(_pictures(moving=GLANCES)[:-1])


def test_the_pairs_are_spread_over_long_recordings_only() -> None:
    assert len(glance_at(100)) == 0
    found = glance_at(3600)
    assert len(found) == 2 * GLANCES
    assert np.all(np.diff(found)[::2] == 1)
    assert (found[0], found[-1]) == (0, 3599)
    assert np.all(np.diff(found) > 0)
