"""The long memory of places: what stays where it was not, and for how long.

A cell is occupied while it moves or is of a brightness that is not usual there; a place, three by
three cells, while half of it is. What crosses a place leaves it free again.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from crimeview.scene.cells import Floats, Moments
from crimeview.scene.novelty import foreign
from crimeview.scene.scene_counts import STAY_BINS, STAYS, bins_of
from crimeview.scene.usual import Usual

_MOVING, _HALF = 0.3, 0.5
_FORGET = (
    3.0  # times as fast as a place's stay grows it is forgotten, so that a blink does not end it
)
_LONGEST_WAIT = 5.0  # s between two looks, after which the stays so far are void
_COUNTED = 5.0  # s; shorter stays are passing by
_STANDS = 0.05  # mean share of a place that moves, below which it stands


@dataclass(frozen=True, slots=True)
class Stay:
    """How long places are occupied at a `time` (s).

    `seconds` (rows, columns), and `moved` the mean share of each place that moved meanwhile.
    """

    time: float
    seconds: Floats
    moved: Floats


class Places:
    """Follows the places of a recording in order of time; its size does not grow."""

    def __init__(self, usual: Usual) -> None:
        shape = usual.grid.shape
        self._usual = usual
        self._seconds = np.zeros(shape, np.float32)
        self._longest = np.zeros(shape, np.float32)  # of each stay that goes on
        self._moved = np.zeros(shape, np.float32)
        self._time = -np.inf
        self.stays = np.zeros((shape[0], STAY_BINS), np.float32)  # that have ended, by row

    def take(self, moments: Moments) -> list[Stay]:
        """Take the next moments; gives the stays at each that tells the brightness."""
        found = []
        begin = 0
        for number, light in zip(moments.lit.tolist(), moments.light, strict=True):
            share = moments.share[begin : number + 1].mean(axis=0)
            begin = number + 1
            found.append(self._look(float(moments.times[number, 0]), light, share))
        return found

    def finish(self) -> None:
        """Count the stays that still go on."""
        self._end(self._longest > 0)

    def _look(self, time: float, light: Floats, share: Floats) -> Stay:
        passed = time - self._time
        self._time = time
        occupied = self._occupied(light, share)
        if not 0.0 < passed <= _LONGEST_WAIT:
            self._seconds[:] = self._moved[:] = self._longest[:] = 0.0
        else:
            grown = self._seconds + passed
            self._seconds = np.where(
                occupied, grown, np.maximum(self._seconds - _FORGET * passed, 0.0)
            ).astype(np.float32)
            self._longest = np.maximum(self._longest, self._seconds)
            self._end((self._seconds == 0) & (self._longest > 0))
            near = _near(share)
            self._moved += np.float32(min(1.0, passed / 10.0)) * (near - self._moved)
        return Stay(time, self._seconds.copy(), self._moved.copy())

    def _occupied(self, light: Floats, share: Floats) -> NDArray[np.bool_]:
        """Which places are occupied."""
        changed = foreign(light[None], self._usual)[0]
        return np.asarray(_near((changed | (share > _MOVING)).astype(np.float32)) >= _HALF)

    def _end(self, ended: NDArray[np.bool_]) -> None:
        rows = np.nonzero(ended & (self._longest >= _COUNTED))
        bins = bins_of(self._longest[rows], STAYS, STAY_BINS)
        np.add.at(self.stays, (rows[0], bins), 1.0)
        self._longest[ended] = 0.0


def _near(plane: Floats) -> Floats:
    return np.asarray(cv2.blur(plane, (3, 3), borderType=cv2.BORDER_REPLICATE), np.float32)


def stands(moved: float) -> bool:
    """Whether what stays stands still; otherwise someone stays."""
    return moved < _STANDS
