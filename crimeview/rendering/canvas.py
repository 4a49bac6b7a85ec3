"""Painting antialiased shapes into a float picture with numpy.

Every shape is a signed distance evaluated on its own bounding box, so cost follows area.
"""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Picture: TypeAlias = NDArray[np.floating]  # float32 throughout
Color: TypeAlias = NDArray[np.floating] | Sequence[float]
Box = tuple[int, int, int, int]  # x0, y0, x1, y1
Point = tuple[float, float]

# Where the light falls from in the picture: rounded bodies are brighter on the upper left.
_LIGHT = (-0.6, -0.8)
# On few pixels it is numpy's calls that cost, so limbs within so many are painted all at once.
_AT_ONCE = 3500


class Limbs(NamedTuple):
    """Capsules in the picture: `starts` (k, 2), `ends` (k, 2) and `radii` (k, 2), in pixels."""

    starts: NDArray[np.float64]
    ends: NDArray[np.float64]
    radii: NDArray[np.float64]


class Canvas:
    """A picture being painted: `planes` float32 (3, height, width), red, green, blue, 0 to 255."""

    def __init__(self, planes: Picture) -> None:
        self.planes = planes
        self.height, self.width = planes.shape[1:]
        self._x: Picture = np.arange(self.width, dtype=np.float32) + np.float32(0.5)
        self._y: Picture = np.arange(self.height, dtype=np.float32)[:, None] + np.float32(0.5)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box | None:
        """The pixels touched by a rectangle, or None where it misses the picture."""
        left, top = max(0, math.floor(x0)), max(0, math.floor(y0))
        right, bottom = min(self.width, math.ceil(x1)), min(self.height, math.ceil(y1))
        return (left, top, right, bottom) if left < right and top < bottom else None

    def polygon(
        self,
        points: Sequence[Point] | NDArray[np.float64],
        color: Color,
        *,
        fade: float = 0.0,
    ) -> None:
        """A convex polygon; `fade` is the share by which its top is brighter, its bottom darker."""
        inside = self._inside(points, 1.0)
        if inside is None:
            return
        box, cover = inside
        if fade:
            top, bottom = float(min(p[1] for p in points)), float(max(p[1] for p in points))
            rows = (self._y[box[1] : box[3]] - top) * (2.0 / max(1.0, bottom - top)) - 1.0
            self._blend(box, cover, color, (1.0 - fade * rows).astype(np.float32))
        else:
            self._blend(box, cover, color)

    def darken(
        self, points: Sequence[Point] | NDArray[np.float64], *, by: float, soft: float
    ) -> None:
        """A shadow: multiply a convex polygon by 1 - `by`; its edge is `soft` pixels wide."""
        inside = self._inside(points, soft)
        if inside is None:
            return
        (x0, y0, x1, y1), cover = inside
        cover *= np.float32(-by)
        cover += 1.0
        self.planes[:, y0:y1, x0:x1] *= cover

    def limbs(self, limbs: Limbs, colors: Picture, *, round_by: float) -> None:
        """Capsules over one another, the last on top; `colors` (k, 3).

        `round_by` shades them like cylinders, so much brighter toward the light and darker away.
        """
        box = self._around(limbs, 1.0)
        if box is None:
            return
        if _area(box) <= _AT_ONCE:
            self._paint_limbs(box, limbs, colors, round_by)
            return
        for index, (limb, own) in enumerate(self._singly(limbs, 1.0)):
            if own is not None:
                self._paint_limbs(own, limb, colors[index : index + 1], round_by)

    def _paint_limbs(self, box: Box, limbs: Limbs, colors: Picture, round_by: float) -> None:
        qx, qy, radius = self._from_axes(box, limbs)
        cover = radius - np.sqrt(qx * qx + qy * qy)
        cover += 0.5
        _limit(cover)
        widest = limbs.radii.max(axis=1)
        if widest.min() < 0.5:  # thinner than a pixel: fainter instead
            cover *= np.minimum(1.0, 2.0 * widest).astype(np.float32)[:, None, None]
        if len(colors) > 1:
            through = np.multiply.accumulate((1.0 - cover)[::-1], axis=0)[::-1]
            cover[:-1] *= through[1:]
        else:
            through = 1.0 - cover
        x0, y0, x1, y1 = box
        patch = self.planes[:, y0:y1, x0:x1]
        patch *= through[0]
        if round_by:
            qx *= np.float32(_LIGHT[0] * round_by)
            qy *= np.float32(_LIGHT[1] * round_by)
            qx += qy
            qx /= radius
            qx += 1.0
            cover *= qx
        patch += (colors.T @ cover.reshape(len(colors), -1)).reshape(patch.shape)

    def darken_limbs(self, limbs: Limbs, *, by: float, soft: float) -> None:
        """A shadow of capsules that does not darken twice where they meet."""
        whole = self._around(limbs, soft)
        if whole is None:
            return
        x0, y0, x1, y1 = whole
        depth = np.full((y1 - y0, x1 - x0), -soft, np.float32)
        at_once = _area(whole) <= _AT_ONCE
        for limb, box in [(limbs, whole)] if at_once else self._singly(limbs, soft):
            if box is None:
                continue
            qx, qy, radius = self._from_axes(box, limb)
            inside = (radius - np.sqrt(qx * qx + qy * qy)).max(axis=0)
            part = depth[box[1] - y0 : box[3] - y0, box[0] - x0 : box[2] - x0]
            np.maximum(part, inside, out=part)
        depth *= np.float32(1.0 / soft)
        depth += 0.5
        _limit(depth)
        depth *= np.float32(-by)
        depth += 1.0
        self.planes[:, y0:y1, x0:x1] *= depth

    def _around(self, limbs: Limbs, margin: float) -> Box | None:
        low, high = _bounds(limbs, margin)
        return self.box(*low.min(axis=0).tolist(), *high.max(axis=0).tolist())

    def _singly(self, limbs: Limbs, margin: float) -> Iterator[tuple[Limbs, Box | None]]:
        """Limb after limb with its own box."""
        low, high = _bounds(limbs, margin)
        for index, corners in enumerate(np.concatenate([low, high], axis=1).tolist()):
            yield Limbs(*(part[index : index + 1] for part in limbs)), self.box(*corners)

    def _from_axes(self, box: Box, limbs: Limbs) -> tuple[Picture, Picture, Picture]:
        """Offsets x, y of pixels from the nearest points of k axes, and radii there (k, h, w)."""
        starts, ends, radii = (np.asarray(part, np.float32)[:, :, None, None] for part in limbs)
        radii = np.maximum(radii, 0.5)
        x = self._x[box[0] : box[2]] - starts[:, 0]
        y = self._y[box[1] : box[3]] - starts[:, 1]
        way = ends - starts
        square = np.maximum((way * way).sum(axis=1), 0.04)
        along = x * (way[:, 0] / square) + y * (way[:, 1] / square)
        _limit(along)
        return (
            x - along * way[:, 0],
            y - along * way[:, 1],
            radii[:, 0] + along * (radii[:, 1] - radii[:, 0]),
        )

    def blob(
        self, center: Point, radii: tuple[float, float], color: Color, *, alpha: float
    ) -> None:
        """A cloud: an ellipse whose opacity falls off smoothly from `alpha` to 0 at its rim."""
        box = self.box(
            center[0] - radii[0], center[1] - radii[1], center[0] + radii[0], center[1] + radii[1]
        )
        if box is None:
            return
        x0, y0, x1, y1 = box
        dx = (self._x[x0:x1] - center[0]) / np.float32(radii[0])
        dy = (self._y[y0:y1] - center[1]) / np.float32(radii[1])
        cover = np.maximum(0.0, 1.0 - (dx * dx + dy * dy)).astype(np.float32)
        cover *= cover * np.float32(alpha)
        self._blend(box, cover, color)

    def _inside(
        self, points: Sequence[Point] | NDArray[np.float64], soft: float
    ) -> tuple[Box, Picture] | None:
        corners = [(float(x), float(y)) for x, y in points]
        xs, ys = [p[0] for p in corners], [p[1] for p in corners]
        pad = soft * 0.5 + 0.5
        box = self.box(min(xs) - pad, min(ys) - pad, max(xs) + pad, max(ys) + pad)
        if box is None:
            return None
        turns = zip(corners, corners[1:] + corners[:1], strict=True)
        edges = [(a, b, math.hypot(b[0] - a[0], b[1] - a[1])) for a, b in turns]
        area = sum(a[0] * b[1] - b[0] * a[1] for a, b, _ in edges)
        if abs(area) < 0.2:
            return None
        side = math.copysign(1.0 / soft, area)
        x, y = self._x[box[0] : box[2]], self._y[box[1] : box[3]]
        cover: Picture | None = None
        for a, b, length in edges:
            if length < 1e-3:
                continue
            nx, ny = -(b[1] - a[1]) / length * side, (b[0] - a[0]) / length * side
            row = x * np.float32(nx)
            column = y * np.float32(ny) + np.float32(0.5 - nx * a[0] - ny * a[1])
            distance = column + row
            cover = distance if cover is None else np.minimum(cover, distance, out=cover)
        if cover is None:
            return None
        _limit(cover)
        return box, cover

    def _blend(self, box: Box, cover: Picture, color: Color, shade: Picture | None = None) -> None:
        x0, y0, x1, y1 = box
        patch = self.planes[:, y0:y1, x0:x1]
        paint = np.asarray(color, np.float32)[:, None, None]
        change = paint * shade - patch if shade is not None else paint - patch
        change *= cover
        patch += change


def _bounds(limbs: Limbs, margin: float) -> tuple[Picture, Picture]:
    """Upper left and lower right corners (k, 2) of each limb's surroundings."""
    reach = limbs.radii.max(axis=1)[:, None] + margin
    return (
        np.minimum(limbs.starts, limbs.ends) - reach,
        np.maximum(limbs.starts, limbs.ends) + reach,
    )


def _area(box: Box) -> int:
    return (box[2] - box[0]) * (box[3] - box[1])


def _limit(cover: Picture) -> None:
    """Clip to 0..1 in place; two plain calls, as `np.clip` costs more than that on small arrays."""
    np.maximum(cover, 0.0, out=cover)
    np.minimum(cover, 1.0, out=cover)
