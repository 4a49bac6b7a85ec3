"""Which recordings can be judged by their keyframes, told before anything is decoded."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from crimeview.core.look import Refusal

FEWEST_KEYFRAMES = 30
SHORT_GOP, LONGEST_GOP = 1.1, 2.1  # s; 30 pictures at 29.97 a second are 1.001 s
_SMALL_PIXELS = 720 * 576  # up to here decoding everything is as fast
_IRREGULAR = 1.6  # times the median: cameras that choose their keyframes by what happens
_MOST_IRREGULAR = 0.02  # share of the time; a camera that starts anew is no such camera


class GopTable(Protocol):
    """A recording's groups of pictures in order of time, each array (k,).

    `times` s of the keyframes, `ends` s of the groups, `sizes` bytes of the keyframes, `bytes` of
    all packets of each group; `in_order` is False where times are not to be relied on.
    """

    @property
    def times(self) -> NDArray[np.float64]: ...
    @property
    def ends(self) -> NDArray[np.float64]: ...
    @property
    def sizes(self) -> NDArray[np.int32]: ...
    @property
    def bytes(self) -> NDArray[np.int64]: ...
    @property
    def in_order(self) -> bool: ...


def unsuitable(gops: GopTable, *, height: int, width: int) -> Refusal | None:
    """Why keyframes cannot tell what to decode of a recording of that size, None if they can."""
    if height * width <= _SMALL_PIXELS:
        return Refusal.SMALL_PICTURES
    if not gops.in_order:
        return Refusal.NO_TIME_STAMPS
    if len(gops.times) == 0:
        return Refusal.FEW_KEYFRAMES
    lengths = gops.ends - gops.times
    usual = typical_length(gops)
    if usual > LONGEST_GOP:
        return Refusal.LONG_GOPS
    if len(gops.times) < FEWEST_KEYFRAMES:
        return Refusal.FEW_KEYFRAMES
    longer = lengths[lengths > max(_IRREGULAR * usual, SHORT_GOP)]
    if longer.sum() > _MOST_IRREGULAR * lengths.sum():
        return Refusal.IRREGULAR_GOPS
    return None


def typical_length(gops: GopTable) -> float:
    """The median length (s) of a group."""
    return float(np.median(gops.ends - gops.times))
