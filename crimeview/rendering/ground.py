"""The ground: strips of street with their wear and their markings, pixel by pixel."""

from itertools import pairwise

import numpy as np

from crimeview.rendering.camera import Floats
from crimeview.rendering.place import Place, Strip, Surface
from crimeview.rendering.texture import repeated, stripe, value_noise

_BASE: dict[Surface, tuple[float, float, float]] = {
    "asphalt": (94, 95, 98),
    "pavers": (150, 144, 136),
    "concrete": (160, 158, 152),
    "grass": (86, 104, 60),
}
_PAINT = np.array([214.0, 212.0, 204.0])


def ground_colors(place: Place, x: Floats, y: Floats, pixel: Floats, stretch: Floats) -> Floats:
    """Colors (n, 3) of ground points (n,) in even light.

    `pixel` and `stretch` (n,) are the meters a pixel covers there, across and along the view.
    """
    color = np.empty((len(x), 3))
    color[:] = _BASE[place.strips[-1].surface]
    for strip in place.strips:
        inside = (y >= strip.near) & (y < strip.far)
        color[inside] = _surface(strip, x[inside], y[inside], pixel[inside], place.seed)
    wear = 0.75 + 0.2 * value_noise(x * 2.0, y * 2.0, seed=place.seed + 7)
    for line in place.lines:
        cover = stripe(y, center=line.y, width=0.13, blur=stretch + 0.02)
        if line.dash is not None:
            painted, period = line.dash
            cover *= stripe(
                repeated(x, period=period), center=0.0, width=painted, blur=pixel + 0.02
            )
        color += (np.array(line.color) - color) * (cover * wear)[:, None]
    for bays in place.bays:
        within = (y > bays.near) & (y < bays.far) & (x > bays.x0 - 0.1) & (x < bays.x1 + 0.1)
        offset = repeated(x - bays.x0, period=bays.pitch)
        cover = stripe(offset, center=0.0, width=0.11, blur=pixel + 0.02) * within
        color += (_PAINT - color) * (cover * wear)[:, None]
    for crossing in place.crossings:
        within = (y > crossing.near + 0.2) & (y < crossing.far - 0.2)
        within &= np.abs(x - crossing.x) < crossing.width / 2
        bars = stripe(
            repeated(x - crossing.x, period=1.0), center=0.0, width=0.5, blur=pixel + 0.02
        )
        color += (_PAINT - color) * (bars * within * wear)[:, None]
    for before, after in pairwise(place.strips):
        if (before.surface == "asphalt") != (after.surface == "asphalt"):
            _paint_curb(color, before, after, y, stretch)
    return color


def _surface(strip: Strip, x: Floats, y: Floats, pixel: Floats, seed: int) -> Floats:
    color = np.array(_BASE[strip.surface]) * np.ones((len(x), 1))
    fine = np.clip(1.0 - pixel / 0.06, 0.0, 1.0)
    broad = value_noise(x * 0.35, y * 0.35, seed=seed) + 0.6 * value_noise(
        x * 1.3, y * 1.1, seed=seed + 1
    )
    grain = value_noise(x * 14.0, y * 14.0, seed=seed + 2) * fine
    shade = 1.0 + 0.05 * broad + 0.06 * grain
    if strip.surface == "asphalt":
        tracks = np.cos((y - strip.near) / max(strip.far - strip.near, 1.0) * 4 * np.pi)
        shade += 0.025 * tracks + 0.04 * np.minimum(
            0.0, value_noise(x * 0.5, y * 0.9, seed=seed + 3)
        )
        patch = value_noise(x * 0.09 + 5.2, y * 0.2, seed=seed + 4) > 0.55
        shade -= 0.09 * patch
    elif strip.surface in ("pavers", "concrete"):
        size = 0.6 if strip.surface == "pavers" else 2.4
        row = np.floor(y / size)
        joint_y = stripe(repeated(y, period=size), center=0.0, width=0.035, blur=pixel + 0.02)
        shifted = x + (row % 2) * size / 2
        joint_x = stripe(repeated(shifted, period=size), center=0.0, width=0.035, blur=pixel + 0.02)
        slab = value_noise(np.floor(shifted / size + 0.5) * 7.3, row * 5.1, seed=seed + 5)
        shade += 0.05 * slab * fine - 0.22 * np.maximum(joint_x, joint_y) * (0.3 + 0.7 * fine)
    else:
        shade += 0.12 * value_noise(x * 3.0, y * 3.0, seed=seed + 6) + 0.1 * grain
    return np.asarray(color * shade[:, None])


def _paint_curb(color: Floats, before: Strip, after: Strip, y: Floats, stretch: Floats) -> None:
    """A light stone edge and a dark gutter where road and sidewalk meet."""
    toward_road = -0.16 if before.surface == "asphalt" else 0.16
    stone = stripe(y, center=after.near, width=0.17, blur=stretch + 0.02)[:, None]
    gutter = stripe(y, center=after.near + toward_road, width=0.2, blur=stretch + 0.05)[:, None]
    color *= 1.0 - 0.35 * gutter
    color += (np.array([186.0, 184.0, 178.0]) - color) * stone
