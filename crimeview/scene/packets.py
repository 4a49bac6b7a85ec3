"""What the sizes of packets add: groups of pictures that took far more bytes than usual.

They never say that nothing moves: noise and rate control drown a small mover.
"""

import numpy as np
from numpy.typing import NDArray

from crimeview.scene.gops import GopTable

_UNUSUAL = 3.0  # standard deviations
_DEVIATION = 1.4826
_LEAST = 0.02  # of the usual bytes: an encoder at a constant rate hardly varies at all
_WINDOW = 240  # groups; night and day have sizes of their own


def unusual(gops: GopTable) -> NDArray[np.bool_]:
    """Which groups (k,) take unusually many bytes without their keyframe."""
    rest = (gops.bytes - gops.sizes).astype(np.float64)
    marked = np.zeros(len(rest), np.bool_)
    for first in range(0, len(rest), _WINDOW):
        part = rest[max(0, min(first, len(rest) - _WINDOW)) : first + _WINDOW]
        middle = float(np.median(part))
        spread = _DEVIATION * float(np.median(np.abs(part - middle)))
        spread = max(spread, _LEAST * middle, 1.0)
        row = slice(first, first + _WINDOW)
        marked[row] = (rest[row] - middle) / spread > _UNUSUAL
    return marked
