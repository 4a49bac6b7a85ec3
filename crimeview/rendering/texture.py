"""Value noise: surfaces that look like something."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from crimeview.rendering.camera import Floats

_PERIOD = 256  # a power of two


def value_noise(x: Floats, y: Floats, *, seed: int) -> Floats:
    """Smooth noise in -1..1 with one lattice point a unit, at coordinates of any equal shape."""
    table = _lattice(seed)
    x0, y0 = np.floor(x), np.floor(y)
    fx, fy = _eased(x - x0), _eased(y - y0)
    column, row = x0.astype(np.int32) & (_PERIOD - 1), y0.astype(np.int32) & (_PERIOD - 1)
    after, below = (column + 1) & (_PERIOD - 1), (row + 1) & (_PERIOD - 1)
    top = table[row, column] + (table[row, after] - table[row, column]) * fx
    bottom = table[below, column] + (table[below, after] - table[below, column]) * fx
    return np.asarray(top + (bottom - top) * fy)


@lru_cache(maxsize=32)
def _lattice(seed: int) -> Floats:
    return np.random.default_rng(seed).uniform(-1.0, 1.0, (_PERIOD, _PERIOD))


def _eased(share: Floats) -> Floats:
    return np.asarray(share * share * (3.0 - 2.0 * share))


def stripe(x: Floats, *, center: float, width: float, blur: Floats | float) -> Floats:
    """Coverage 0 to 1 of a stripe across x, antialiased over `blur` (in units of x)."""
    return np.clip((width / 2 - np.abs(x - center)) / blur + 0.5, 0.0, 1.0)


def repeated(x: Floats, *, period: float) -> Floats:
    """Fold x into -period / 2 .. period / 2."""
    return np.asarray((x + period / 2) % period - period / 2)


def sensor_noise(
    rng: np.random.Generator, *, size: tuple[int, int], strength: float, count: int
) -> list[NDArray[np.float32]]:
    """`count` noise pictures (height, width), slightly correlated between neighbors."""
    pictures = []
    for _ in range(count):
        white = rng.normal(0.0, 1.0, (size[0] + 1, size[1] + 1))
        soft = white[1:, 1:] + 0.45 * (white[:-1, 1:] + white[1:, :-1]) + 0.2 * white[:-1, :-1]
        pictures.append((soft * (strength / soft.std())).astype(np.float32))
    return pictures
