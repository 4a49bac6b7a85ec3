"""From the probabilities of a clip's frames to one of the clip."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Chances = NDArray[np.floating]


def mean(chances: Chances) -> float:
    return float(chances.mean())


def median(chances: Chances) -> float:
    return float(np.median(chances))


def highest(chances: Chances) -> float:
    return float(chances.max())


def top_third(chances: Chances) -> float:
    """The mean of the highest third, at least of one frame."""
    count = max(1, len(chances) // 3)
    return float(np.sort(chances)[-count:].mean())


AGGREGATIONS: Mapping[str, Callable[[Chances], float]] = {
    "mean": mean,
    "median": median,
    "top third": top_third,
    "highest": highest,
}


def aggregate(clips: Sequence[Chances], how: Callable[[Chances], float]) -> NDArray[np.float64]:
    """A probability (n,) for each of n clips from those of its frames."""
    return np.array([how(chances) for chances in clips])
