"""Where a picture shows a running clock: it never stands still and says nothing of the scene."""

import numpy as np
from numpy.typing import NDArray

_BAND = 8  # clocks stand in the top or bottom eighth
_CHANGE, _SHARE = 6, 0.4  # levels, and in how many of the pairs: the seconds change in each
_MOST = 0.025  # of the cells; more that change there are a busy road
# Ten seconds, minutes and hours change seldom; they stand in one line with the seconds. This many
# times the digits' height, both ways: the digits may stand at either end of the line.
_REACH = 3


def clock_mask(pictures: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Mark the clock in pictures (n, rows, columns) of some minutes, bool (rows, columns)."""
    rows, columns = pictures.shape[1:]
    changed = np.zeros((rows, columns), np.int32)
    for picture, before in zip(pictures[1:], pictures[:-1], strict=True):
        # Bytes wrap around; a change of n levels is n or 256 - n.
        step = picture - before
        changed += (step > _CHANGE) & (step < 256 - _CHANGE)
    running = changed > _SHARE * max(1, len(pictures) - 1)
    band = rows // _BAND
    running[band : rows - band] = False
    mask = np.zeros((rows, columns), np.bool_)
    if running.sum() > _MOST * running.size:
        return mask
    for strip in (slice(0, band), slice(rows - band, rows)):
        mask[strip] = _line(running[strip])
    return mask


def _line(running: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The cells of a strip that lie in one line with those that run, and next to them."""
    mask = np.zeros_like(running)
    at_rows, at_columns = np.nonzero(running)
    if len(at_rows):
        top, bottom = max(0, int(at_rows.min()) - 1), int(at_rows.max()) + 2
        reach = _REACH * (bottom - top)
        for column in np.unique(at_columns).tolist():
            mask[top:bottom, max(0, column - reach) : column + reach + 1] = True
    return mask
