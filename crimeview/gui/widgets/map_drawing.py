"""Draws a map's points behind the scenes, and keeps the picture for panning and zooming."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage

from crimeview.gui.look import Look
from crimeview.gui.map_raster import (
    FEW,
    LARGE,
    SMALL,
    Pixels,
    Stamp,
    View,
    draw_dots,
    draw_symbols,
    stamp_of,
)
from crimeview.gui.map_symbols import Mark, stamp
from crimeview.gui.tasks import Tasks, log_error

Floats = NDArray[np.float32]
Numbers = NDArray[np.intp]

MARGIN = 0.5  # of the width and height, drawn beyond each edge
_HUGE_SIZE, _LARGE_SIZE, _SMALL_SIZE = 16, 12, 8  # pixels of a symbol


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What is to be drawn: points at `positions` (n, 2) with `codes` (n,) of `marks`.

    Those not in `shown` (n,) are left out. Codes are drawn in `order`, the last one above all;
    where there are `hits`, all other points are pale.
    """

    positions: Floats
    codes: Numbers
    shown: NDArray[np.bool_]
    marks: tuple[Mark, ...]
    order: tuple[int, ...]
    hits: Numbers | None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture and the part of the map that is on it."""

    image: QImage
    view: View


class MapDrawing:
    """The newest picture; what is asked for while one is drawn waits, and only the last counts.

    A picture reaches beyond what is seen, so that moving shows no edge.
    """

    def __init__(self, tasks: Tasks, on_drawn: Callable[[], None], *, look: Look) -> None:
        self.drawn: Drawn | None = None
        self._lane = tasks.lane("map picture")
        self._on_drawn = on_drawn
        self._look = look
        self._drawing = False
        self._next: Callable[[], Drawn] | None = None

    @property
    def busy(self) -> bool:
        return self._drawing

    def draw(self, scene: Scene, view: View, *, ratio: float) -> None:
        """Have the scene drawn for a view in points of a screen that has `ratio` pixels a point."""
        wide = replace(
            view,
            scale=view.scale * ratio,
            width=round(view.width * (1 + 2 * MARGIN) * ratio),
            height=round(view.height * (1 + 2 * MARGIN) * ratio),
        )
        seen = replace(view, scale=view.scale * ratio, width=round(view.width * ratio),
                       height=round(view.height * ratio))  # fmt: skip
        stamps = {
            size: _stamps(scene.marks, self._look, size=round(size * ratio))
            for size in (_HUGE_SIZE, _LARGE_SIZE, _SMALL_SIZE)
        }
        pale = self._look.colors.line
        self._next = lambda: _draw(scene, wide, seen, stamps, pale=pale, ratio=ratio)
        self._start()

    def close(self) -> None:
        self._lane.close(lambda: None)

    def _start(self) -> None:
        if self._drawing or self._next is None:
            return
        work, self._next = self._next, None
        self._drawing = True
        self._lane.call(work, on_result=self._on_result, on_error=self._on_error)

    def _on_result(self, drawn: Drawn) -> None:
        self._drawing = False
        self.drawn = drawn
        self._start()
        self._on_drawn()

    def _on_error(self, error: Exception) -> None:
        self._drawing = False
        log_error(error)


def target_of(drawn: Drawn, view: View) -> QRectF:
    """Where a picture belongs on a view, in its points."""
    own = drawn.view
    left, top = own.position(0, 0)
    share = view.scale / own.scale
    across = (left - view.x) * view.scale + view.width / 2
    down = (view.y - top) * view.scale + view.height / 2
    return QRectF(across, down, own.width * share, own.height * share)


def _draw(
    scene: Scene,
    wide: View,
    seen: View,
    stamps: Mapping[int, Sequence[Stamp]],
    *,
    pale: str,
    ratio: float,
) -> Drawn:
    shown = np.flatnonzero(scene.shown)
    np.random.default_rng(0).shuffle(shown)  # dots of no recording lie above all others
    at = wide.pixels(scene.positions[shown])
    codes = scene.codes[shown]
    across, down = (wide.width - seen.width) / 2, (wide.height - seen.height) / 2
    visible = int(
        (
            (at[:, 0] >= across)
            & (at[:, 1] >= down)
            & (at[:, 0] < wide.width - across)
            & (at[:, 1] < wide.height - down)
        ).sum()
    )
    pixels = _pixels(scene, at, codes, shown, visible, wide, stamps, pale=pale, ratio=ratio)
    height, width = pixels.shape
    view = QImage(pixels.data, width, height, QImage.Format.Format_ARGB32_Premultiplied)
    return Drawn(view.copy(), wide)  # the array goes away


def _pixels(
    scene: Scene,
    at: Floats,
    codes: Numbers,
    shown: Numbers,
    visible: int,
    wide: View,
    stamps: Mapping[int, Sequence[Stamp]],
    *,
    pale: str,
    ratio: float,
) -> Pixels:
    if scene.hits is not None:
        return _with_hits(scene, at, codes, shown, wide, stamps, pale=pale, ratio=ratio)
    if visible > SMALL:
        colors = np.array([_opaque(mark.color) for mark in scene.marks], np.uint32)
        return draw_dots(at, codes, colors, dot=max(2, round(2 * ratio)), size=wide)
    size = _SMALL_SIZE if visible > LARGE else _LARGE_SIZE if visible > FEW else _HUGE_SIZE
    return draw_symbols(at, codes, stamps[size], order=scene.order, size=wide)


def _with_hits(
    scene: Scene,
    at: Floats,
    codes: Numbers,
    shown: Numbers,
    wide: View,
    stamps: Mapping[int, Sequence[Stamp]],
    *,
    pale: str,
    ratio: float,
) -> Pixels:
    """Hits large over all others, which are pale dots."""
    assert scene.hits is not None
    found = np.isin(shown, scene.hits)
    ground = draw_dots(
        at[~found],
        np.zeros(int((~found).sum()), np.intp),
        np.array([_opaque(pale)], np.uint32),
        dot=max(2, round(3 * ratio)),
        size=wide,
    )
    above = draw_symbols(at[found], codes[found], stamps[_LARGE_SIZE], order=scene.order, size=wide)
    return np.where(above >> 24 > 0, above, ground)


def _stamps(marks: Sequence[Mark], look: Look, *, size: int) -> list[Stamp]:
    size += size % 2 == 0  # with a pixel in its middle
    return [stamp_of(_pixels_of(stamp(m, size=size, edge=look.colors.panel))) for m in marks]


def _pixels_of(image: QImage) -> Pixels:
    flat = np.frombuffer(image.constBits(), np.uint32)
    return flat.reshape(image.height(), -1)[:, : image.width()].copy()


def _opaque(color: str) -> int:
    return 0xFF000000 | (QColor(color).rgb() & 0xFFFFFF)
