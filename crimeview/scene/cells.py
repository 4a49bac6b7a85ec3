"""The grid by which a camera's picture is remembered, and what is kept of a moment in it.

A moment is a row of numbers: which cells moved, how fast and which way, and now and then how bright
every cell is. Rows are all that is stored of a recording for its scene; they are scored again
whenever the scene is taught something, without decoding anything.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

CELL = 8  # pixels of the small picture
_LONG = 320  # pixels of the small picture's longer side; the speeds of people are lost below
_PLANES = 5  # share moving, flow across, flow down, squared speed, brightness

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class CellGrid:
    """Rows and columns of square cells that cover a picture."""

    rows: int
    columns: int

    @classmethod
    def of(cls, *, height: int, width: int) -> Self:
        """The grid of a picture of that size, whatever its size: the longer side has 40 cells."""
        scale = _LONG / CELL / max(height, width, 1)
        return cls(rows=max(1, round(height * scale)), columns=max(1, round(width * scale)))

    @property
    def shape(self) -> tuple[int, int]:
        return self.rows, self.columns

    @property
    def pixels(self) -> tuple[int, int]:
        """Height and width of the small picture that flow is found in."""
        return self.rows * CELL, self.columns * CELL

    @property
    def dimensions(self) -> int:
        """How many numbers a row has."""
        return 1 + _PLANES * self.rows * self.columns

    def key(self) -> str:
        return f"{self.rows}x{self.columns}"


@dataclass(frozen=True, slots=True)
class Moments:
    """Consecutive rows of a recording as planes, each (n, rows, columns) float32.

    `share` is how much of a cell moves (0 to 1); `across` and `down` are its summed flow, and
    `energy` its summed squared speed, both over the moving part, in percent of the picture's longer
    side a second. `light` (m, rows, columns) is the brightness (0 to 255) at rows `lit` (m,),
    NaN of cells that are ignored. `times` (n, 2) are seconds.
    """

    times: NDArray[np.float64]
    share: Floats
    across: Floats
    down: Floats
    energy: Floats
    light: Floats
    lit: NDArray[np.intp]

    def __len__(self) -> int:
        return len(self.times)

    def of(self, chosen: NDArray[np.bool_]) -> "Moments":
        """Those rows that are set in `chosen` (n,)."""
        numbers = np.cumsum(chosen) - 1
        kept = chosen[self.lit]
        return Moments(
            times=self.times[chosen],
            share=self.share[chosen],
            across=self.across[chosen],
            down=self.down[chosen],
            energy=self.energy[chosen],
            light=self.light[kept],
            lit=numbers[self.lit[kept]],
        )


@dataclass(frozen=True, slots=True)
class HeldMoments:
    """Moments as rows store them, in a third of the memory: those that were unpacked come back.

    `moving` (n,) is in which of them anything moves.
    """

    times: NDArray[np.float64]
    moving: NDArray[np.bool_]
    _planes: NDArray[np.float16]
    _light: NDArray[np.float16]
    _lit: NDArray[np.intp]

    @classmethod
    def of(cls, moments: Moments) -> Self:
        speed = np.sqrt(moments.energy)
        planes = (moments.share, moments.across, moments.down, speed)
        return cls(
            moments.times,
            np.asarray(moments.share.any(axis=(1, 2))),
            np.stack(planes).clip(-_MOST, _MOST).astype(np.float16),
            moments.light.astype(np.float16),
            moments.lit,
        )

    def __len__(self) -> int:
        return len(self.times)

    def moments(self) -> Moments:
        share, across, down, speed = self._planes.astype(np.float32)
        light = self._light.astype(np.float32)
        return Moments(self.times, share, across, down, speed**2, light, self._lit)


_MOST = 60000.0  # that half precision holds
_STILL, _LIT, _REPEATED = 0.0, 1.0, 2.0  # a row's first number: what to make of the rest


def empty_row(grid: CellGrid) -> NDArray[np.float16]:
    """A row in which nothing moves and no brightness is told."""
    return np.zeros(grid.dimensions, np.float16)


def packed(grid: CellGrid, planes: Floats, light: Floats | None) -> NDArray[np.float16]:
    """A row of four planes (4, rows, columns) and the brightness, if it is told.

    Six bits of each number are kept: far finer than flow is exact, and stored in half the bytes.
    """
    row = empty_row(grid)
    stored = np.clip(planes, -_MOST, _MOST)
    stored[3] = np.sqrt(planes[3]).clip(max=_MOST)  # squares are too large for half precision
    row[1 : 1 + planes.size] = stored.reshape(-1)
    row.view(np.uint16)[:] &= 0xFFF0
    if light is not None:
        row[0] = _LIT
        row[1 + planes.size :] = light.reshape(-1)
    return row


def repeated_row(grid: CellGrid) -> NDArray[np.float16]:
    """A row for a picture that was shown twice: what moved still does."""
    row = empty_row(grid)
    row[0] = _REPEATED
    return row


def unpacked(grid: CellGrid, times: NDArray[np.float64], rows: NDArray[np.float16]) -> Moments:
    """The rows (n, dimensions) as planes."""
    count = len(rows)
    kinds = rows[:, 0]
    planes = rows[:, 1:].astype(np.float32).reshape(count, _PLANES, *grid.shape)
    for number in np.flatnonzero(kinds == _REPEATED).tolist():
        if number > 0 and kinds[number - 1] != _REPEATED:  # a frozen picture does not move on
            planes[number, :4] = planes[number - 1, :4]
    lit = np.flatnonzero(kinds == _LIT)
    return Moments(
        times=times,
        share=planes[:, 0],
        across=planes[:, 1],
        down=planes[:, 2],
        energy=planes[:, 3] ** 2,
        light=planes[lit, 4],
        lit=lit,
    )
