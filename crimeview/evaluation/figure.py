"""A measured figure, and bootstrap over groups to say how far to trust it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

DRAWS = 1000
_SEED = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its 95 % interval; either is None where it is not defined."""

    value: float | None
    interval: tuple[float, float] | None


class Resampling:
    """Bootstrap over groups: in each draw a group counts as often as it was drawn.

    `weights` (draws, groups) are those counts, `units` (n,) the number of each row's group. The
    draws depend on the number of groups only, so that figures of one set are paired.
    """

    def __init__(self, groups: Sequence[str]) -> None:
        names, units = np.unique(np.asarray(groups, np.str_), return_inverse=True)
        self.units: NDArray[np.intp] = units.astype(np.intp)
        self.count = len(names)
        even = np.full(self.count, 1 / self.count)
        draws = np.random.default_rng(_SEED).multinomial(self.count, even, size=DRAWS)
        self.weights: Floats = draws.astype(np.float64)

    def summed(self, values: NDArray[np.generic]) -> Floats:
        """Sums over the drawn rows, (draws, ...), of values (n, ...)."""
        numbers = np.asarray(values, np.float64)
        per_group = np.zeros((self.count, *numbers.shape[1:]))
        np.add.at(per_group, self.units, numbers)
        return np.tensordot(self.weights, per_group, axes=1)

    def share(self, part: NDArray[np.generic], whole: NDArray[np.generic]) -> Figure:
        """The sum of `part` over that of `whole`, both (n,): means, rates and recalls.

        There is no interval where only one group has any of the whole.
        """
        total = float(np.sum(whole))
        if total <= 0:
            return Figure(None, None)
        above, below = self.summed(part), self.summed(whole)
        if len(np.unique(self.units[np.asarray(whole) > 0])) < 2:
            return Figure(float(np.sum(part)) / total, None)
        drawn = np.divide(above, below, out=np.full(DRAWS, np.nan), where=below > 0)
        return self.figure(float(np.sum(part)) / total, drawn)

    def mean(self, values: NDArray[np.floating]) -> Figure:
        """The mean of the values (n,) that are not NaN."""
        there = ~np.isnan(values)
        return self.share(np.where(there, values, 0.0), there)

    def figure(self, value: float, drawn: Floats) -> Figure:
        """A value with the interval that its draws (draws,) span; draws that are NaN do not count.

        One group alone says nothing of others: then there is no interval.
        """
        if np.isnan(value):
            return Figure(None, None)
        defined = drawn[~np.isnan(drawn)]
        if self.count < 2 or len(defined) < DRAWS // 2:
            return Figure(float(value), None)
        low, high = np.percentile(defined, [2.5, 97.5])
        return Figure(float(value), (float(low), float(high)))


def weighed(places: NDArray[np.intp], weights: NDArray[np.generic], count: int) -> Floats:
    """The summed weights (n,) at each of `count` places (n,)."""
    return np.asarray(np.bincount(places, np.asarray(weights, np.float64), count), np.float64)
