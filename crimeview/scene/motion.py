"""What moves between two pictures, how fast and which way, cell by cell.

Dense inverse search (Kroeger et al., ECCV 2016) where anything moves at all, and only around it.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from crimeview.scene.cells import CELL, CellGrid, Floats, empty_row, packed, repeated_row

cv2.setNumThreads(1)  # whoever analyzes several recordings has other work for the other cores

_CHANGE = 8  # levels, of 3x3 averages; noise of a camera by night stays below after averaging
_EVERYWHERE = 0.7  # of the picture; so much changes only with the camera or its light
_NOISE = 4.0  # times the picture's own usual change, where that is more
_HALF = 0.5  # of a cell
_OPEN, _CLOSE = np.ones((3, 3), np.uint8), np.ones((5, 5), np.uint8)
_AROUND = 24  # pixels around what moves that flow may look at
# Pixels that a part of a picture must have down and across. By its width OpenCV chooses how coarse
# a flow to begin with: in a narrow part fast movement is lost, and beyond the end of one of less
# than 64 it reads on (opencv issue 14554).
_LEAST_DOWN, _LEAST_ACROSS = 64, 184
_FINEST, _STRIDE, _ITERATIONS = 1, 4, 12  # of the flow; more is no better and takes longer

Gray = NDArray[np.uint8]


class MotionCells:
    """Makes rows of pairs of small gray pictures (height, width) that are `interval` s apart."""

    def __init__(
        self,
        grid: CellGrid,
        *,
        interval: float,
        hidden: NDArray[np.bool_] | None = None,
        unseen: NDArray[np.bool_] | None = None,
    ) -> None:
        """`hidden` (height, width) are pixels whose movement does not count, as those of a clock.

        Those that are `unseen` are not there at all: cells of them have no brightness either.
        """
        self._grid = grid
        self._seen = None if unseen is None else np.where(unseen, 0.0, 1.0).astype(np.float32)
        # From pixels a pair to percent of the longer side a second.
        self._speed = 100.0 / (interval * max(grid.pixels))
        self._hidden = hidden
        self._flow = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
        self._flow.setFinestScale(_FINEST)
        self._flow.setPatchStride(_STRIDE)
        self._flow.setGradientDescentIterations(_ITERATIONS)
        self._flow.setVariationalRefinementIterations(0)

    def row(self, before: Gray, after: Gray, *, lit: bool) -> NDArray[np.float16]:
        """The row of a pair; `lit` asks for the brightness of each cell as well."""
        moving = _moving(before, after, self._hidden)
        if moving is not None:
            light = self._light(after) if lit else None
            return packed(self._grid, self._planes(before, after, moving), light)
        if not lit and np.array_equal(before, after):
            return repeated_row(self._grid)
        return self.still(after, lit=lit)

    def still(self, picture: Gray, *, lit: bool) -> NDArray[np.float16]:
        """The row of a picture in which nothing moves."""
        if not lit:
            return empty_row(self._grid)
        nothing = np.zeros((4, *self._grid.shape), np.float32)
        return packed(self._grid, nothing, self._light(picture))

    def _planes(self, before: Gray, after: Gray, moving: Gray) -> Floats:
        planes = np.zeros((4, *self._grid.shape), np.float32)
        top, bottom, left, right = _around(moving)
        area = slice(top, bottom), slice(left, right)
        flow = self._flow_of(before[area], after[area])
        mask = moving[area].astype(np.float32)
        across, down = (flow[..., axis] * mask * self._speed for axis in (0, 1))
        cells = slice(top // CELL, bottom // CELL), slice(left // CELL, right // CELL)
        parts = (mask, across, down, across * across + down * down)
        for plane, part in zip(planes, parts, strict=True):
            plane[cells] = _averaged(part, (bottom - top) // CELL, (right - left) // CELL)
        return planes

    def _flow_of(self, before: Gray, after: Gray) -> Floats:
        """Pixels across and down, (height, width, 2)."""
        height, width = before.shape
        below, right = max(0, _LEAST_DOWN - height), max(0, _LEAST_ACROSS - width)
        one, other = (
            cv2.copyMakeBorder(picture, 0, below, 0, right, cv2.BORDER_REPLICATE)
            for picture in (before, after)
        )
        empty = np.zeros((height + below, width + right, 2), np.float32)
        return np.asarray(self._flow.calc(one, other, empty), np.float32)[:height, :width]

    def _light(self, picture: Gray) -> Floats:
        """The brightness of each cell, NaN where half of it or more is unseen."""
        if self._seen is None:
            return _averaged(picture.astype(np.float32), *self._grid.shape)
        share = _averaged(self._seen, *self._grid.shape)
        light = _averaged(picture * self._seen, *self._grid.shape)
        return np.where(share > _HALF, light / np.maximum(share, _HALF), np.nan).astype(np.float32)


def _averaged(pixels: Floats, rows: int, columns: int) -> Floats:
    """The mean of each cell, (rows, columns)."""
    return np.asarray(cv2.resize(pixels, (columns, rows), interpolation=cv2.INTER_AREA), np.float32)


def _moving(before: Gray, after: Gray, hidden: NDArray[np.bool_] | None) -> Gray | None:
    """Where something moves, 0 or 1 (height, width); None where nothing does."""
    brighter = float(np.median(after[::4, ::4].astype(np.int16) - before[::4, ::4]))
    if brighter:  # everywhere: light, not movement
        after = np.asarray(cv2.add(after, np.array([-brighter])), np.uint8)
    change = cv2.absdiff(cv2.blur(before, (3, 3)), cv2.blur(after, (3, 3)))
    usual = float(np.median(change[::4, ::4]))
    if usual > _CHANGE:  # half of the picture: the camera was turned, or covered
        return None
    threshold = max(_CHANGE, _NOISE * usual)
    mask = np.asarray(cv2.threshold(change, threshold, 1, cv2.THRESH_BINARY)[1], np.uint8)
    if hidden is not None:
        mask[hidden] = 0
    if not mask.any() or mask.mean() > _EVERYWHERE:
        return None
    opened = cv2.morphologyEx(cv2.dilate(mask, _OPEN), cv2.MORPH_OPEN, _OPEN)
    return np.asarray(cv2.morphologyEx(opened, cv2.MORPH_CLOSE, _CLOSE), np.uint8)


def _around(moving: Gray) -> tuple[int, int, int, int]:
    """Top, bottom, left, right of what moves with its surroundings, on borders of cells."""
    height, width = moving.shape
    left, top, across, down = cv2.boundingRect(moving)
    return (
        *_cells_around(top, down, height, least=_LEAST_DOWN),
        *_cells_around(left, across, width, least=_LEAST_ACROSS),
    )


def _cells_around(begin: int, length: int, end: int, *, least: int) -> tuple[int, int]:
    around = max(_AROUND, (least - length + 1) // 2)
    first = max(0, begin - around) // CELL * CELL
    return first, min(end, -(-(begin + length + around) // CELL) * CELL)
