"""A first glance at a recording: whether so much moves that looking at all keyframes is in vain."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

GLANCES = 24  # pairs of neighboring keyframes, spread over the recording
_FEWEST_KEYFRAMES = 12 * GLANCES  # in shorter ones it would not be worth it
_CHANGE, _CELLS = 16, 12  # levels, and how many cells that differ by more: no noise does that
_MOST_STILL = 2  # pairs in which nothing moves


def glance_at(keyframes: int) -> NDArray[np.intp]:
    """Numbers of the keyframes to look at, pair by pair; none in a short recording."""
    if keyframes < _FEWEST_KEYFRAMES:
        return np.empty(0, np.intp)
    first = np.linspace(0, keyframes - 2, GLANCES).astype(np.intp)
    return np.column_stack([first, first + 1]).ravel()


def is_busy(pictures: Sequence[NDArray[np.uint8]]) -> bool:
    """Whether much moves in nearly all pairs of the pictures, each uint8 (rows, columns).

    The pictures are those of `glance_at`, in order; where some are missing nothing can be told. A
    recording that is quiet for a while is never busy: what is called busy here is decoded whole.
    """
    if len(pictures) != 2 * GLANCES:
        return False
    pairs = zip(pictures[::2], pictures[1::2], strict=True)
    return sum(not _moves(before, after) for before, after in pairs) <= _MOST_STILL


def _moves(before: NDArray[np.uint8], after: NDArray[np.uint8]) -> bool:
    change = after.astype(np.int16) - before
    change -= np.int16(round(float(np.median(change))))  # light that changes everywhere
    return int((np.abs(change) > _CHANGE).sum()) > _CELLS
