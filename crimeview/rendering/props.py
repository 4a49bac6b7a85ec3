"""Street furniture: trees, lamps, posts, trash cans."""

import math

import numpy as np

from crimeview.rendering.camera import Camera, Floats
from crimeview.rendering.canvas import Canvas, Color, Limbs
from crimeview.rendering.item import bounds
from crimeview.rendering.light import Light


class Prop:
    """Capsules and leaves standing around a point of the ground.

    `rods` are (from, to, radii in meters, color) relative to `at`, painted in order.
    """

    def __init__(
        self,
        rods: list[tuple[Floats, Floats, tuple[float, float], Color]],
        *,
        at: tuple[float, float],
        camera: Camera,
        light: Light,
    ) -> None:
        foot = np.array([*at, 0.0])
        ends = np.array([end for a, b, _, _ in rods for end in (a, b)]) + foot
        flat = ends.copy()
        flat[:, :2] += ends[:, 2:] * np.array(light.shadow)
        flat[:, 2] = 0.0
        self._pixels, depths = camera.project(ends)
        self._shadow, _ = camera.project(flat)
        self.depth = float(camera.project(foot[None])[1][0])
        self._scales = camera.focal / np.maximum(depths, 0.5)
        self._rods, self._light, self._at = rods, light, at
        pad = max(max(r) for _, _, r, _ in rods) * float(self._scales.max()) + 4.0
        self.box = bounds(np.concatenate([self._pixels, self._shadow]), depths, pad=pad)

    def cast(self, canvas: Canvas) -> None:
        near = self._scales[::2, None]
        wide = np.array([[max(radii)] * 2 for _, _, radii, _ in self._rods])
        limbs = Limbs(self._shadow[::2], self._shadow[1::2], 0.7 * wide * near)
        soft = max(2.0, 0.12 * float(self._scales[0]))
        canvas.darken_limbs(limbs, by=self._light.shade, soft=soft)

    def paint(self, canvas: Canvas) -> None:
        radii = np.array([radii for _, _, radii, _ in self._rods]) * self._scales[::2, None]
        colors = np.array([color for _, _, _, color in self._rods], float)
        limbs = Limbs(self._pixels[::2], self._pixels[1::2], radii)
        canvas.limbs(limbs, self._light.lit(colors, *self._at), round_by=0.35)


def tree(
    at: tuple[float, float], *, height: float, seed: int, camera: Camera, light: Light
) -> Prop:
    """A trunk and a crown of leaf clumps, darker below and inside."""
    rng = np.random.default_rng(seed)
    up = np.array([0.0, 0.0, 1.0])
    bark = (86, 70, 56)
    rods: list[tuple[Floats, Floats, tuple[float, float], Color]] = [
        (0 * up, up * height * 0.55, (0.14, 0.1), bark)
    ]
    spread = height * 0.28
    clumps = []
    for _ in range(90):
        direction = rng.normal(size=3)
        direction /= np.linalg.norm(direction)
        place = direction * rng.uniform(0.5, 1.0) * np.array([spread, spread, height * 0.27])
        clumps.append((place, float(direction[2])))
    green = np.array([74.0, 104.0, 52.0]) * rng.uniform(0.85, 1.15)
    for place, rise in sorted(clumps, key=lambda c: c[1]):
        center = place + up * height * 0.72
        tone = green * (0.72 + 0.3 * rise + rng.uniform(-0.12, 0.14))
        size = rng.uniform(0.045, 0.085) * height
        end = center + rng.normal(0.0, 0.08, 3) * height * 0.4
        rods.append((center, end, (size, size * 0.7), tuple(np.clip(tone, 20, 200))))
    return Prop(rods, at=at, camera=camera, light=light)


def lamp_post(
    at: tuple[float, float], *, height: float, reach: float, camera: Camera, light: Light
) -> Prop:
    """A post with an arm of `reach` m along y and a luminaire."""
    top = np.array([0.0, 0.0, height])
    tip = np.array([0.0, reach, height + 0.25])
    steel, glass = (112, 116, 120), (226, 222, 200)
    return Prop(
        [
            (np.zeros(3), np.array([0.0, 0.0, 0.6]), (0.11, 0.1), (92, 96, 100)),
            (np.array([0.0, 0.0, 0.5]), top, (0.075, 0.05), steel),
            (top, tip, (0.045, 0.04), steel),
            (tip, tip + np.array([0.0, 0.5 * math.copysign(1.0, reach), 0.0]), (0.11, 0.09), glass),
        ],
        at=at,
        camera=camera,
        light=light,
    )


def bollard(at: tuple[float, float], *, camera: Camera, light: Light) -> Prop:
    """A knee-high post with a white band."""
    top = np.array([0.0, 0.0, 0.85])
    return Prop(
        [
            (np.zeros(3), top, (0.085, 0.085), (70, 72, 76)),
            (top * 0.78, top * 0.9, (0.09, 0.09), (228, 226, 214)),
        ],
        at=at,
        camera=camera,
        light=light,
    )


def trash_can(at: tuple[float, float], *, camera: Camera, light: Light) -> Prop:
    """A trash can."""
    return Prop(
        [
            (np.array([0.0, 0.0, 0.25]), np.array([0.0, 0.0, 0.85]), (0.26, 0.28), (58, 84, 66)),
            (np.array([-0.05, 0.0, 1.0]), np.array([0.05, 0.0, 1.0]), (0.26, 0.26), (40, 52, 46)),
        ],
        at=at,
        camera=camera,
        light=light,
    )
