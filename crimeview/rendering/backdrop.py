"""The still part of a scene: painted once, and what of it can stand before those who move."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crimeview.rendering.canvas import Box, Canvas, Picture
from crimeview.rendering.item import Item


@dataclass(frozen=True, slots=True)
class _Cutout:
    """A still thing: its colors premultiplied by its opacity, and what shows through."""

    depth: float
    box: Box
    colors: Picture
    through: NDArray[np.float32]


class Backdrop:
    """The empty picture with all still things in it."""

    def __init__(self, ground: Picture, items: Sequence[Item]) -> None:
        canvas = Canvas(ground.copy())
        seen = [item for item in items if canvas.box(*item.box)]
        ordered = sorted(seen, key=lambda item: -item.depth)
        for item in ordered:
            item.cast(canvas)
        self._cutouts = []
        for item in ordered:
            item.paint(canvas)
            cutout = _cut_out(item, canvas)
            if cutout is not None:
                self._cutouts.append(cutout)
        self.planes = canvas.planes

    def paint(self, canvas: Canvas, moving: Sequence[Item]) -> None:
        """Paint what moves into the picture, still things that stand nearer over it."""
        seen = [(m, box) for m in moving if (box := canvas.box(*m.box))]
        for item, _ in seen:
            item.cast(canvas)
        ordered: list[tuple[float, Item | _Cutout]] = [(item.depth, item) for item, _ in seen]
        ordered += [(c.depth, c) for c in self._cutouts]
        for depth, thing in sorted(ordered, key=lambda pair: -pair[0]):
            if not isinstance(thing, _Cutout):
                thing.paint(canvas)
                continue
            for item, box in seen:
                if item.depth > depth and (shared := _overlap(box, thing.box)):
                    _lay_over(canvas, thing, shared)


def _cut_out(item: Item, canvas: Canvas) -> _Cutout | None:
    """Paint on black and on white: the difference tells the opacity."""
    box = canvas.box(*item.box)
    if box is None:
        return None
    x0, y0, x1, y1 = box
    shape = canvas.planes.shape
    black, white = Canvas(np.zeros(shape, np.float32)), Canvas(np.full(shape, 255.0, np.float32))
    item.paint(black)
    item.paint(white)
    colors = black.planes[:, y0:y1, x0:x1]
    through = (white.planes[0, y0:y1, x0:x1] - colors[0]) / 255.0
    rows, columns = np.nonzero(through < 0.999)
    if len(rows) == 0:
        return None
    top, bottom, left, right = rows.min(), rows.max() + 1, columns.min(), columns.max() + 1
    return _Cutout(
        item.depth,
        (int(x0 + left), int(y0 + top), int(x0 + right), int(y0 + bottom)),
        colors[:, top:bottom, left:right].copy(),
        through[top:bottom, left:right].copy(),
    )


def _overlap(a: Box, b: Box) -> Box | None:
    x0, y0, x1, y1 = max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])
    return (x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None


def _lay_over(canvas: Canvas, cutout: _Cutout, box: Box) -> None:
    x0, y0, x1, y1 = box
    left, top = cutout.box[0], cutout.box[1]
    inside = (slice(y0 - top, y1 - top), slice(x0 - left, x1 - left))
    patch = canvas.planes[:, y0:y1, x0:x1]
    patch *= cutout.through[inside]
    patch += cutout.colors[(slice(None), *inside)]
