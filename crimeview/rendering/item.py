"""What every painted thing can do."""

from typing import Protocol

from crimeview.rendering.camera import Floats
from crimeview.rendering.canvas import Canvas

Bounds = tuple[float, float, float, float]  # x0, y0, x1, y1 in pixels
_NEAREST = 0.6  # m before the lens


class Item(Protocol):
    """A thing at one moment.

    `depth` (m) orders painting, `box` bounds it and its shadow.
    """

    depth: float
    box: Bounds

    def cast(self, canvas: Canvas) -> None:
        """Paint the shadow on the ground."""

    def paint(self, canvas: Canvas) -> None:
        """Paint the thing itself."""


def bounds(pixels: Floats, depths: Floats, *, pad: float) -> Bounds:
    """The box around pixels (n, 2) with `pad` more on every side.

    It is empty, so that nothing is painted, for a thing that reaches behind the lens: `depths`
    (any number of meters) tell.
    """
    if depths.min() < _NEAREST:
        return 0.0, 0.0, 0.0, 0.0
    (x0, y0), (x1, y1) = pixels.min(axis=0).tolist(), pixels.max(axis=0).tolist()
    return x0 - pad, y0 - pad, x1 + pad, y1 + pad
