"""From a scorer's own numbers to how often a camera's quiet time would reach them.

The highest score in each few seconds follows a Gumbel distribution where scores have a tail that
falls as those of motion and of networks do (Fisher-Tippett). It is fitted to the middle half of
what was seen, so that incidents in up to a quarter of the time do not move it, and read far beyond
what can have been seen: an estimate, which short references make a rough one.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crimeview.core.spans import Spans

BLOCK = 5.0  # s whose highest score is one observation
TWO_AN_HOUR = 2.0  # false alarms an hour at which a calibrated score is one half
_QUARTILES = (0.25, 0.5, 0.75)
_MIDDLE, _WIDE = -float(np.log(np.log(2.0))), float(np.log(np.log(4.0) / np.log(4.0 / 3.0)))
_PRIOR_BLOCKS = 6.0  # blocks for which the prior speaks
# How much wider the distribution is taken after few blocks: what comes next is less certain than
# what was seen, and a few seconds of reference must not raise an alarm at the first other thing.
_DOUBT = 1.0


@dataclass(frozen=True, slots=True)
class AlarmRate:
    """Expected alarms an hour of quiet time at a score.

    `location` and `scale` are the Gumbel distribution's, `busy` the share of blocks in which there
    is anything to score.
    """

    location: float
    scale: float
    busy: float

    def per_hour(self, score: NDArray[np.floating] | float) -> NDArray[np.float64]:
        """How many blocks an hour reach that score."""
        reduced = (np.asarray(score, np.float64) - self.location) / self.scale
        reached = -np.expm1(-np.exp(np.clip(-reduced, -700.0, 30.0)))
        return np.asarray(3600.0 / BLOCK * self.busy * reached)

    def calibrated(self, score: NDArray[np.floating] | float) -> NDArray[np.float32]:
        """From 0 to 1: one half where two alarms an hour are expected, more where fewer are."""
        rate = self.per_hour(score)
        return np.asarray(TWO_AN_HOUR / (TWO_AN_HOUR + rate), np.float32)

    def score_at(self, per_hour: float) -> float:
        """The score that is reached that often."""
        share = min(0.999, per_hour * BLOCK / 3600.0 / max(self.busy, 1e-6))
        return self.location - self.scale * float(np.log(-np.log1p(-share)))


def rate_at_calibrated(value: NDArray[np.floating] | float) -> NDArray[np.float64]:
    """Expected alarms an hour at a calibrated score."""
    return np.asarray(TWO_AN_HOUR / np.maximum(np.asarray(value, np.float64), 1e-9) - TWO_AN_HOUR)


def fitted(
    quartiles: tuple[float, float, float],
    *,
    blocks: float,
    busy: float,
    prior: tuple[float, float],
    seen: float | None = None,
) -> AlarmRate:
    """The rate from the quartiles of the highest scores in so many busy blocks.

    `busy` is the share of all time that they are, as told by `seen` blocks, busy or not (None: by
    the busy ones); `prior` is location and scale where nothing is known yet. Few blocks move little
    away from it, and from all time being busy.
    """
    low, middle, high = quartiles
    weight = blocks / (blocks + _PRIOR_BLOCKS)
    scale, location = prior[1], prior[0]
    if blocks > 0:
        found = max((high - low) / _WIDE, 0.25 * prior[1])
        scale = weight * found + (1 - weight) * prior[1]
        location = weight * (middle - _MIDDLE * found) + (1 - weight) * prior[0]
    scale *= 1 + _DOUBT / float(np.sqrt(blocks + 1))
    told = blocks if seen is None else max(seen, blocks)
    busy = (busy * told + _PRIOR_BLOCKS) / (told + _PRIOR_BLOCKS)
    return AlarmRate(location=location, scale=scale, busy=busy)


def of_peaks(peaks: NDArray[np.floating], *, busy: float, prior: tuple[float, float]) -> AlarmRate:
    """The rate from the highest score of each busy block (n,)."""
    if len(peaks) == 0:
        return fitted((0.0, 0.0, 0.0), blocks=0.0, busy=busy, prior=prior)
    low, middle, high = np.quantile(peaks, _QUARTILES).tolist()
    return fitted((low, middle, high), blocks=float(len(peaks)), busy=busy, prior=prior)


def block_peaks(
    times: NDArray[np.float64], scores: NDArray[np.floating], *, but: Spans | None = None
) -> NDArray[np.float64]:
    """The highest of the scores (n,) in each block of time that has any; times (n, 2) in s.

    Blocks of which any part lies in `but` are left out.
    """
    if len(scores) == 0:
        return np.empty(0)
    blocks = ((times[:, 0] - times[0, 0]) // BLOCK).astype(np.intp)
    first = np.flatnonzero(np.diff(blocks, prepend=-1))
    peaks = np.maximum.reduceat(scores, first).astype(np.float64)
    if but is None or len(but) == 0:
        return peaks
    # Disjoint spans in order: as many begin before a block's end as end before it begins.
    begins = times[0, 0] + BLOCK * blocks[first]
    begun = np.searchsorted(but[:, 0], begins + BLOCK, side="left")
    ended = np.searchsorted(but[:, 1], begins, side="right")
    return np.asarray(peaks[begun == ended])
