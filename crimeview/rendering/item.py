"""What every painted thing can do."""

from typing import Protocol

from crimeview.rendering.canvas import Canvas


class Item(Protocol):
    """A thing at one moment.

    `depth` (m) orders painting, `box` (x0, y0, x1, y1 in pixels) bounds it and its shadow.
    """

    depth: float
    box: tuple[float, float, float, float]

    def cast(self, canvas: Canvas) -> None:
        """Paint the shadow on the ground."""

    def paint(self, canvas: Canvas) -> None:
        """Paint the thing itself."""
