"""Points of a map found by where they are: a k-d tree for the nearest, and directions."""

from enum import Enum

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

Numbers = NDArray[np.intp]


class Direction(Enum):
    """Where to look from a point, as (x, y) with y upwards."""

    LEFT = (-1, 0)
    RIGHT = (1, 0)
    UP = (0, 1)
    DOWN = (0, -1)


class Places:
    """Points at `positions` (n, 2), of which only those numbered in `among` are found."""

    def __init__(self, positions: NDArray[np.floating], *, among: Numbers | None = None) -> None:
        self._numbers = np.arange(len(positions)) if among is None else np.asarray(among, np.intp)
        self._at = np.asarray(positions, np.float64)[self._numbers]
        # A balanced tree costs more to build than it saves where a pointer asks.
        self._tree = cKDTree(self._at, balanced_tree=False) if len(self._at) else None

    def __len__(self) -> int:
        return len(self._numbers)

    def nearest(self, x: float, y: float, *, within: float) -> int | None:
        """The number of the nearest point at most `within` away; None where there is none."""
        if self._tree is None:
            return None
        _, found = self._tree.query((x, y), distance_upper_bound=within)
        return int(self._numbers[found]) if found < len(self._numbers) else None

    def towards(self, x: float, y: float, *, direction: Direction) -> int | None:
        """The nearest point within 45 degrees of a direction; None where there is none."""
        away = self._at - (x, y)
        ahead = away @ np.array(direction.value, np.float64)
        aside = np.abs(away @ np.array(direction.value[::-1], np.float64))
        there = np.flatnonzero((ahead > 0) & (aside <= ahead))
        if len(there) == 0:
            return None
        far = np.square(away[there]).sum(axis=1)
        return int(self._numbers[there[int(np.argmin(far))]])
