"""How much of the picture moves, moment by moment."""

import numpy as np
from numpy.typing import NDArray

from crimeview.scene.cells import Floats, Moments


class MovingShare:
    """Takes a recording's moments in order and tells of each the share of the picture that moves.

    What is ignored (regions, a clock) counts as picture that stands still; so does what changes
    with the light, or with a camera that is turned.
    """

    def __init__(self) -> None:
        self._times: list[NDArray[np.float64]] = []
        self._shares: list[Floats] = []

    def take(self, part: Moments) -> None:
        """Measure the next moments."""
        self._times.append(part.times)
        self._shares.append(part.share.mean(axis=(1, 2)).clip(0.0, 1.0))

    def result(self) -> tuple[NDArray[np.float64], Floats]:
        """Times (n, 2) s and shares (n,), 0 to 1, of all that was taken."""
        if not self._times:
            return np.empty((0, 2)), np.empty(0, np.float32)
        return np.concatenate(self._times), np.concatenate(self._shares)
