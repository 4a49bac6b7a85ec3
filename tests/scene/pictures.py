"""Small pictures of a scene made by code: texture, noise, a mover, a clock."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from crimeview.core.look import CELLS


@dataclass(frozen=True, kw_only=True)
class Gops:
    times: NDArray[np.float64]
    ends: NDArray[np.float64]
    sizes: NDArray[np.int32]
    bytes: NDArray[np.int64]
    in_order: bool = True


def regular(count: int, *, seconds: float = 1.0, seed: int = 0) -> Gops:
    times = np.arange(count) * seconds
    random = np.random.default_rng(seed)
    sizes = np.full(count, 40_000, np.int32)
    rest = random.normal(60_000, 2_000, count).clip(50_000, 65_000).astype(np.int64)
    return Gops(times=times, ends=times + seconds, sizes=sizes, bytes=sizes + rest)


def still(count: int, *, noise: float = 0.5, seed: int = 0) -> NDArray[np.float64]:
    """Pictures (count, 90, 160), levels with noise, of a textured scene."""
    return _still(count, noise, seed).copy()


@lru_cache(maxsize=1)  # tests with several parameters begin with the same; some have 70 megabytes
def _still(count: int, noise: float, seed: int) -> NDArray[np.float64]:
    random = np.random.default_rng(seed)
    scene = random.uniform(40, 200, CELLS)
    return scene + random.normal(0, noise, (count, *CELLS))


def as_levels(pictures: NDArray[np.float64]) -> NDArray[np.uint8]:
    return np.clip(np.rint(pictures), 0, 255).astype(np.uint8)
