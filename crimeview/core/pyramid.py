"""Min-max pyramids: what a long score curve looks like from far away, without losing a peak."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FACTOR = 8


@dataclass(frozen=True, slots=True)
class Level:
    """One level: each entry sums up `rows` rows of the track (the last one perhaps fewer).

    `starts` and `ends` are seconds (float64), `lows` and `highs` the extreme values (float32),
    all of shape (m,).
    """

    rows: int
    starts: NDArray[np.float64]
    ends: NDArray[np.float64]
    lows: NDArray[np.float32]
    highs: NDArray[np.float32]


def build_pyramid(times: NDArray[np.float64], values: NDArray[np.floating]) -> list[Level]:
    """Levels of 8, 64, 512 ... rows an entry for `times` (n, 2) and `values` (n,).

    Coarsening stops at a level of at most 512 entries, which any screen can draw whole.
    """
    levels: list[Level] = []
    finest = values.astype(np.float32)
    level = Level(1, times[:, 0], times[:, 1], finest, finest)
    while len(level.starts) > 512:
        level = _coarser(level)
        levels.append(level)
    return levels


def _coarser(level: Level) -> Level:
    at = np.arange(0, len(level.starts), FACTOR)
    last = np.minimum(at + FACTOR, len(level.starts)) - 1
    return Level(
        level.rows * FACTOR,
        level.starts[at],
        level.ends[last],
        np.minimum.reduceat(level.lows, at),
        np.maximum.reduceat(level.highs, at),
    )
