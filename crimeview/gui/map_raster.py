"""Very many points as a picture: symbols, or above a number of them dots by how dense they lie.

Pictures are premultiplied ARGB in uint32, (height, width). Nothing of Qt is used here: it runs in
any thread, and numpy lets the others go on.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint32]
Numbers = NDArray[np.intp]
Floats = NDArray[np.float32]

FEW, LARGE, SMALL = 400, 5_000, 50_000  # visible points up to which symbols are so large
_LEVELS = 8
_FILL = 0.9  # of a view, for all points
_CLOSEST = 1e5  # pixels for a unit, where all points lie at one place
_FAINTEST = 0.45  # opacity of a dot that is alone


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What part of a map is on a picture of `width` by `height` pixels.

    The point (`x`, `y`) of the map is in the middle, `scale` is pixels for one of its units; y goes
    upwards on the map and downwards on the picture.
    """

    x: float
    y: float
    scale: float
    width: int
    height: int

    def pixels(self, positions: Floats) -> Floats:
        """Where positions (n, 2) of the map are on the picture."""
        offset = np.array([self.width / 2, self.height / 2], np.float32)
        turned = np.array([self.scale, -self.scale], np.float32)
        middle = np.array([self.x, self.y], np.float32)
        return np.asarray((positions - middle) * turned + offset, np.float32)

    def position(self, across: float, down: float) -> tuple[float, float]:
        """What position of the map is at a pixel."""
        return (
            self.x + (across - self.width / 2) / self.scale,
            self.y - (down - self.height / 2) / self.scale,
        )

    def moved(self, across: float, down: float) -> "View":
        """The view when what is seen has moved by pixels."""
        return replace(self, x=self.x - across / self.scale, y=self.y + down / self.scale)

    def scaled(self, scale: float, *, about: tuple[float, float]) -> "View":
        """The view at another scale; what is at the pixel `about` stays there."""
        across, down = about
        x, y = self.position(across, down)
        return replace(
            self,
            x=x - (across - self.width / 2) / scale,
            y=y + (down - self.height / 2) / scale,
            scale=scale,
        )


def fitted(positions: Floats, *, width: int, height: int) -> View:
    """The view of all positions (n, 2), in the middle of a picture; of none, that of the origin."""
    if len(positions) == 0:
        return View(x=0.0, y=0.0, scale=1.0, width=width, height=height)
    low, high = positions.min(axis=0), positions.max(axis=0)
    across, up = np.maximum(high - low, 1e-6).tolist()
    scale = _FILL * min(width / across, height / up)
    x, y = ((low + high) / 2).tolist()
    return View(x=x, y=y, scale=min(scale, _CLOSEST), width=width, height=height)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A point's picture as the pixels that it covers: `rows` and `columns` from its middle."""

    rows: Numbers
    columns: Numbers
    values: Pixels

    @property
    def reach(self) -> int:
        if len(self.rows) == 0:
            return 0
        return int(max(np.abs(self.rows).max(), np.abs(self.columns).max()))


def stamp_of(picture: Pixels) -> Stamp:
    """The stamp of a square picture (s, s)."""
    rows, columns = np.nonzero(picture >> 24)
    middle = len(picture) // 2
    return Stamp(rows=rows - middle, columns=columns - middle, values=picture[rows, columns])


def draw_symbols(
    at: Floats, codes: Numbers, stamps: Sequence[Stamp], *, order: Sequence[int], size: View
) -> Pixels:
    """Points at pixels (n, 2), each as the stamp of its code; later in `order` lies above."""
    canvas = _Canvas(at, size, reach=max((s.reach for s in stamps), default=0))
    codes, pixels = codes[canvas.inside], canvas.pixels
    for code in order:
        places = canvas.places[codes == code]
        if len(places) == 0:
            continue
        own = stamps[code]
        steps = own.rows * canvas.wide + own.columns
        for step, value in zip(steps.tolist(), own.values, strict=True):
            covered = places + step
            opaque = value >> 24 == 255
            pixels[covered] = value if opaque else _over(value, pixels[covered])
    return canvas.picture()


def draw_dots(at: Floats, codes: Numbers, colors: Pixels, *, dot: int, size: View) -> Pixels:
    """Points at pixels (n, 2) as squares of `dot` pixels, the more opaque the denser they lie.

    `colors` (k,) are opaque. Of points at one place a later one is above: they should come in
    no order.
    """
    canvas = _Canvas(at, size, reach=dot)
    counts = np.bincount(canvas.places, minlength=len(canvas.pixels))[canvas.places]
    levels = np.minimum(np.log2(np.maximum(counts, 1)).astype(np.intp), _LEVELS - 1)
    inks = _inks(colors)[codes[canvas.inside], levels]
    for row in range(dot):
        for column in range(dot):
            canvas.pixels[canvas.places + (row * canvas.wide + column)] = inks
    return canvas.picture()


class _Canvas:
    """An empty picture with room round it, and where in its flat `pixels` the points are.

    `inside` (n,) says which points are on it or reach into it.
    """

    def __init__(self, at: Floats, size: View, *, reach: int) -> None:
        self._size, self._room = size, 2 * reach
        self.wide = size.width + 2 * self._room
        self.pixels = np.zeros((size.height + 2 * self._room) * self.wide, np.uint32)
        columns, rows = (np.floor(at[:, n]).astype(np.intp) for n in (0, 1))
        self.inside = (
            (columns >= -reach)
            & (rows >= -reach)
            & (columns < size.width + reach)
            & (rows < size.height + reach)
        )
        self.places = (rows[self.inside] + self._room) * self.wide + (
            columns[self.inside] + self._room
        )

    def picture(self) -> Pixels:
        room, size = self._room, self._size
        whole = self.pixels.reshape(-1, self.wide)
        return np.ascontiguousarray(whole[room : room + size.height, room : room + size.width])


def _inks(colors: Pixels) -> Pixels:
    """Colors (k,) at each level of opacity, premultiplied: (k, levels)."""
    shares = _FAINTEST + (1 - _FAINTEST) * np.arange(_LEVELS) / (_LEVELS - 1)
    channels = (colors[:, None, None] >> np.array([24, 16, 8, 0], np.uint32)) & 255
    scaled = np.round(channels * shares[None, :, None]).astype(np.uint32)
    shifts = np.array([24, 16, 8, 0], np.uint32)
    return np.asarray((scaled << shifts).sum(axis=2), np.uint32)


def _over(value: np.uint32, under: Pixels) -> Pixels:
    """A premultiplied color over others, two channels at a time."""
    mask, half = np.uint32(0x00FF00FF), np.uint32(0x00800080)
    rest = np.uint32(255 - (int(value) >> 24))
    low = (under & mask) * rest + half
    low = ((low + ((low >> np.uint32(8)) & mask)) >> np.uint32(8)) & mask
    high = ((under >> np.uint32(8)) & mask) * rest + half
    high = (high + ((high >> np.uint32(8)) & mask)) & ~mask
    return np.asarray(value + (low | high), np.uint32)
