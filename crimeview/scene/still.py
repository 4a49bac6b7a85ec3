"""Whether anything moves in the pictures that a network is about to see."""

import numpy as np
from numpy.typing import NDArray

_LOOKED_AT = 4  # pictures of a clip
_FLOOR = 4.0  # levels
_NOISE = 6.0  # times the noise
_CELLS = 2  # that may change without anything moving


def moves(frames: NDArray[np.uint8], *, clock: NDArray[np.bool_] | None) -> bool:
    """Whether more than two cells of the clip (T, h, w, c) change by more than noise.

    `clock` (rows, columns) marks, in any resolution, where a running clock is shown.
    """
    if len(frames) < 2:
        return True
    chosen = frames[np.linspace(0, len(frames) - 1, _LOOKED_AT).astype(int)]
    lumas = chosen.mean(axis=3, dtype=np.float32)
    change = np.abs(np.diff(lumas, axis=0)).max(axis=0)
    noise = min(1.0, 1.48 * float(np.median(change)))
    changed = change > max(_FLOOR, _NOISE * noise)
    if clock is not None:
        rows = np.arange(changed.shape[0]) * clock.shape[0] // changed.shape[0]
        columns = np.arange(changed.shape[1]) * clock.shape[1] // changed.shape[1]
        changed &= ~clock[rows][:, columns]
    return int(changed.sum()) > _CELLS
