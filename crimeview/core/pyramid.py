"""Min-max pyramids: what a long score curve looks like from far away, without losing a peak."""

from collections.abc import Sequence
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


def finest(times: NDArray[np.float64], values: NDArray[np.floating]) -> Level:
    """The track itself as a level."""
    own = values.astype(np.float32)
    return Level(1, times[:, 0], times[:, 1], own, own)


def build_pyramid(times: NDArray[np.float64], values: NDArray[np.floating]) -> list[Level]:
    """Levels of 8, 64, 512 ... rows an entry for `times` (n, 2) and `values` (n,).

    Coarsening stops at a level of at most 512 entries, which any screen can draw whole.
    """
    levels: list[Level] = []
    level = finest(times, values)
    while len(level.starts) > 512:
        level = _coarser(level)
        levels.append(level)
    return levels


def envelope(
    levels: Sequence[Level], *, start: float, end: float, entries: int
) -> tuple[NDArray[np.float64], NDArray[np.float32], NDArray[np.float32]]:
    """What levels look like from `start` to `end` (s) in at most `entries` entries.

    `levels` begin with the track itself. Gives times (m, 2), lows (m,) and highs (m,).
    """
    wanted = level_for(visible(levels[-1], start, end), levels=len(levels), entries=entries)
    return thinned(visible(levels[wanted], start, end), entries)


def visible(level: Level, start: float, end: float) -> Level:
    """The entries that touch `start` to `end` (s)."""
    first = int(np.searchsorted(level.ends, start))
    last = int(np.searchsorted(level.starts, end, side="right"))
    part = slice(first, max(first, last))
    return Level(
        level.rows, level.starts[part], level.ends[part], level.lows[part], level.highs[part]
    )


def level_for(coarsest: Level, *, levels: int, entries: int) -> int:
    """The number of the level with about `entries` where the coarsest one shows `coarsest`."""
    rows = len(coarsest.starts) * coarsest.rows
    return min(levels - 1, int(np.log(max(1.0, rows / entries)) / np.log(FACTOR)))


def thinned(
    level: Level, entries: int
) -> tuple[NDArray[np.float64], NDArray[np.float32], NDArray[np.float32]]:
    """The level in at most `entries` entries: times (m, 2), lows (m,) and highs (m,)."""
    count = len(level.starts)
    if count > entries:
        step = -(-count // entries)
        at = np.arange(0, count, step)
        last = np.minimum(at + step, count) - 1
        starts, ends = level.starts[at], level.ends[last]
        lows = np.minimum.reduceat(level.lows, at)
        highs = np.maximum.reduceat(level.highs, at)
    else:
        starts, ends, lows, highs = level.starts, level.ends, level.lows, level.highs
    return np.stack([starts, ends], axis=1), lows, highs


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
