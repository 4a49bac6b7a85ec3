"""Painting antialiased shapes into a float picture with numpy.

Every shape is a signed distance evaluated on its own bounding box, so cost follows area.
"""

import math
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Picture: TypeAlias = NDArray[np.float32]
Color = NDArray[np.float32] | Sequence[float]
Box = tuple[int, int, int, int]  # x0, y0, x1, y1
Point = tuple[float, float]

# Where the light falls from in the picture: rounded bodies are brighter on the upper left.
_LIGHT = (-0.6, -0.8)


class Canvas:
    """A picture being painted: `planes` float32 (3, height, width), red, green, blue, 0 to 255."""

    def __init__(self, planes: Picture) -> None:
        self.planes = planes
        self.height, self.width = planes.shape[1:]
        self._x = np.arange(self.width, dtype=np.float32) + np.float32(0.5)
        self._y = np.arange(self.height, dtype=np.float32)[:, None] + np.float32(0.5)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box | None:
        """The pixels touched by a rectangle, or None where it misses the picture."""
        left, top = max(0, math.floor(x0)), max(0, math.floor(y0))
        right, bottom = min(self.width, math.ceil(x1)), min(self.height, math.ceil(y1))
        return (left, top, right, bottom) if left < right and top < bottom else None

    def capsule(
        self, a: Point, b: Point, radii: tuple[float, float], color: Color, *, round_by: float = 0.0
    ) -> None:
        """A limb from `a` to `b`, `radii` at either end; `round_by` shades it like a cylinder."""
        big = max(radii)
        alpha = min(1.0, 2.0 * big)  # thinner than a pixel: fainter instead
        if big < 0.5:
            radii = (0.5, 0.5)
        pad = max(radii) + 1.0
        box = self.box(
            min(a[0], b[0]) - pad,
            min(a[1], b[1]) - pad,
            max(a[0], b[0]) + pad,
            max(a[1], b[1]) + pad,
        )
        if box is None:
            return
        qx, qy, radius = self._from_axis(box, a, b, radii)
        distance = np.sqrt(qx * qx + qy * qy)
        cover = radius - distance
        cover += 0.5
        np.clip(cover, 0.0, 1.0, out=cover)
        if alpha < 1.0:
            cover *= np.float32(alpha)
        if round_by and big >= 1.5:
            shade = qx * np.float32(_LIGHT[0] * round_by / big)
            shade += qy * np.float32(_LIGHT[1] * round_by / big)
            shade += 1.0
            self._blend(box, cover, color, shade)
        else:
            self._blend(box, cover, color)

    def polygon(
        self,
        points: Sequence[Point] | NDArray[np.float64],
        color: Color,
        *,
        alpha: float = 1.0,
        soft: float = 1.0,
        fade: float = 0.0,
    ) -> None:
        """A convex polygon; its edge is `soft` pixels wide.

        `fade` darkens it toward the bottom by that share, brightening the top as much.
        """
        inside = self._inside(points, soft)
        if inside is None:
            return
        box, cover = inside
        if alpha < 1.0:
            cover *= np.float32(alpha)
        if fade:
            top, bottom = float(min(p[1] for p in points)), float(max(p[1] for p in points))
            rows = (self._y[box[1] : box[3]] - top) * (2.0 / max(1.0, bottom - top)) - 1.0
            self._blend(box, cover, color, (1.0 - fade * rows).astype(np.float32))
        else:
            self._blend(box, cover, color)

    def darken(
        self, points: Sequence[Point] | NDArray[np.float64], *, by: float, soft: float
    ) -> None:
        """A shadow: multiply what is inside a convex polygon by 1 - `by`."""
        inside = self._inside(points, soft)
        if inside is None:
            return
        (x0, y0, x1, y1), cover = inside
        cover *= np.float32(-by)
        cover += 1.0
        self.planes[:, y0:y1, x0:x1] *= cover

    def darken_limbs(
        self, limbs: Sequence[tuple[Point, Point, float]], *, by: float, soft: float
    ) -> None:
        """A shadow of several capsules (a, b, radius) that does not darken twice."""
        xs = [p[0] for a, b, _ in limbs for p in (a, b)]
        ys = [p[1] for a, b, _ in limbs for p in (a, b)]
        pad = max(r for _, _, r in limbs) + soft
        whole = self.box(min(xs) - pad, min(ys) - pad, max(xs) + pad, max(ys) + pad)
        if whole is None:
            return
        total = np.zeros((whole[3] - whole[1], whole[2] - whole[0]), np.float32)
        for a, b, r in limbs:
            pad = r + soft
            box = self.box(
                min(a[0], b[0]) - pad,
                min(a[1], b[1]) - pad,
                max(a[0], b[0]) + pad,
                max(a[1], b[1]) + pad,
            )
            if box is None:
                continue
            qx, qy, radius = self._from_axis(box, a, b, (r, r))
            cover = radius - np.sqrt(qx * qx + qy * qy)
            cover *= np.float32(1.0 / soft)
            cover += 0.5
            part = total[
                box[1] - whole[1] : box[3] - whole[1], box[0] - whole[0] : box[2] - whole[0]
            ]
            np.maximum(part, cover, out=part)
        np.minimum(total, 1.0, out=total)
        total *= np.float32(-by)
        total += 1.0
        self.planes[:, whole[1] : whole[3], whole[0] : whole[2]] *= total

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

    def _from_axis(
        self, box: Box, a: Point, b: Point, radii: tuple[float, float]
    ) -> tuple[Picture, Picture, Picture | float]:
        """Offsets of the box's pixels from the segment's nearest point, and the radius there."""
        x = self._x[box[0] : box[2]] - np.float32(a[0])
        y = self._y[box[1] : box[3]] - np.float32(a[1])
        dx, dy = b[0] - a[0], b[1] - a[1]
        square = dx * dx + dy * dy
        if square < 0.04:
            shape = (box[3] - box[1], box[2] - box[0])
            return np.broadcast_to(x, shape), np.broadcast_to(y, shape), radii[0]
        along = x * np.float32(dx / square) + y * np.float32(dy / square)
        np.clip(along, 0.0, 1.0, out=along)
        qx = x - along * np.float32(dx)
        qy = y - along * np.float32(dy)
        if radii[0] == radii[1]:
            return qx, qy, radii[0]
        along *= np.float32(radii[1] - radii[0])
        along += np.float32(radii[0])
        return qx, qy, along

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
        np.clip(cover, 0.0, 1.0, out=cover)
        return box, cover

    def _blend(self, box: Box, cover: Picture, color: Color, shade: Picture | None = None) -> None:
        x0, y0, x1, y1 = box
        patch = self.planes[:, y0:y1, x0:x1]
        paint = np.asarray(color, np.float32)[:, None, None]
        change = paint * shade - patch if shade is not None else paint - patch
        change *= cover
        patch += change
