"""Many spans of time as the few rectangles that a screen can tell apart."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect

from crimeview.gui.widgets.time_scale import TimeScale


def rectangles(
    spans: NDArray[np.float64],
    *,
    scale: TimeScale,
    left: int,
    top: int,
    height: int,
    narrowest: int = 1,
) -> list[QRect]:
    """Rectangles of the visible ones among `spans` (n, 2), ascending; `left` is where x is 0.

    They consist of whole pixels, which Qt fills ten times faster, at least `narrowest` of them in
    width. Those with no pixel in between become one.
    """
    reach = narrowest / scale.width * scale.span
    first = int(np.searchsorted(spans[:, 1], scale.start - reach))
    last = int(np.searchsorted(spans[:, 0], scale.end, side="right"))
    if first >= last:
        return []
    x = (spans[first:last] - scale.start) * (scale.width / scale.span)
    pixels = np.rint(x).astype(np.int64)
    begin = np.clip(pixels[:, 0], 0, scale.width)
    end = np.clip(np.maximum(pixels[:, 1], pixels[:, 0] + narrowest), 0, scale.width)
    end = np.maximum.accumulate(end)
    opens = np.concatenate([[True], begin[1:] > end[:-1]])
    closes = np.concatenate([opens[1:], [True]])
    sides = zip(begin[opens].tolist(), end[closes].tolist(), strict=True)
    return [QRect(left + a, top, b - a, height) for a, b in sides if b > a]
