"""The ground and the building behind it: strips of street seen by the camera, pixel by pixel."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from crimeview.rendering.camera import Camera, Floats
from crimeview.rendering.canvas import Picture
from crimeview.rendering.light import Light
from crimeview.rendering.texture import repeated, stripe, value_noise

Surface = Literal["asphalt", "pavers", "concrete", "grass"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """Ground from y = `near` to `far` (m), along all x."""

    near: float
    far: float
    surface: Surface


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A painted line along x at `y`; `dash` is (painted, period) in meters or None."""

    y: float
    dash: tuple[float, float] | None = None
    color: tuple[float, float, float] = (214, 212, 204)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bays:
    """Parking bays between y = `near` and `far`: lines across, every `pitch` m from x0 to x1."""

    near: float
    far: float
    x0: float
    x1: float
    pitch: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """A zebra crossing of `width` m around `x`, over y = `near` to `far`."""

    x: float
    width: float
    near: float
    far: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Facade:
    """A building's front at `y`, `height` m high, from x0 to x1, with shops at street level."""

    y: float
    height: float
    x0: float
    x1: float
    color: tuple[float, float, float]
    storey: float
    bay: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Everything flat: `strips` (from near to far, unbroken), markings and buildings."""

    strips: tuple[Strip, ...]
    lines: tuple[Line, ...]
    bays: tuple[Bays, ...]
    crossings: tuple[Crossing, ...]
    facades: tuple[Facade, ...]
    sky: tuple[float, float, float]
    seed: int


_BASE: dict[Surface, tuple[float, float, float]] = {
    "asphalt": (94, 95, 98),
    "pavers": (150, 144, 136),
    "concrete": (160, 158, 152),
    "grass": (86, 104, 60),
}
_PAINT = np.array([214.0, 212.0, 204.0])
_SUPERSAMPLE = 2


def paint_place(place: Place, *, camera: Camera, light: Light) -> Picture:
    """The empty place as planes float32 (3, height, width)."""
    rays = camera.rays(_SUPERSAMPLE)
    sight = camera.at[2] / np.maximum(-rays[2], 1e-4)
    x, y = camera.at[0] + rays[0] * sight, camera.at[1] + rays[1] * sight
    below = rays[2] < -1e-3
    pixel = sight / camera.focal  # width of a pixel across, m
    stretch = pixel * sight / camera.at[2]  # the same along the line of sight
    picture = np.empty((*below.shape, 3))
    picture[:] = _sky(place, rays)
    picture[below] = _ground(place, x[below], y[below], pixel[below], stretch[below], light)
    haze = np.clip((sight[below] - 40.0) / 160.0, 0.0, 0.6)[:, None]
    picture[below] += (np.array(place.sky) * min(1.0, light.level) * 0.8 - picture[below]) * haze
    for facade in place.facades:
        _paint_facade(picture, facade, rays, camera, light, place.seed)
    graded = light.grade(picture)
    height, width = camera.size
    s = _SUPERSAMPLE
    small = graded.reshape(height, s, width, s, 3).mean(axis=(1, 3))
    return np.ascontiguousarray(np.clip(small, 0, 255).transpose(2, 0, 1), np.float32)


def _sky(place: Place, rays: Floats) -> Floats:
    up = np.clip(rays[2] * 1.5, 0.0, 1.0)[..., None]
    return np.asarray(np.array(place.sky) * (1.05 - 0.25 * up))


def _ground(
    place: Place, x: Floats, y: Floats, pixel: Floats, stretch: Floats, light: Light
) -> Floats:
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
    return np.asarray(color * np.broadcast_to(light.gain(x, y), x.shape)[:, None])


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
    """A light stone edge and a dark gutter where road and pavement meet."""
    toward_road = -0.16 if before.surface == "asphalt" else 0.16
    stone = stripe(y, center=after.near, width=0.17, blur=stretch + 0.02)[:, None]
    gutter = stripe(y, center=after.near + toward_road, width=0.2, blur=stretch + 0.05)[:, None]
    color *= 1.0 - 0.35 * gutter
    color += (np.array([186.0, 184.0, 178.0]) - color) * stone


def _paint_facade(
    picture: Floats, facade: Facade, rays: Floats, camera: Camera, light: Light, seed: int
) -> None:
    reach = (facade.y - camera.at[1]) / np.where(np.abs(rays[1]) < 1e-6, 1e-6, rays[1])
    x, z = camera.at[0] + rays[0] * reach, camera.at[2] + rays[2] * reach
    seen = (reach > 0) & (z > 0) & (z < facade.height) & (x > facade.x0) & (x < facade.x1)
    if not seen.any():
        return
    x, z, pixel = x[seen], z[seen], reach[seen] / camera.focal
    blur = pixel + 0.01
    wall = np.array(facade.color) * np.ones((len(x), 1))
    wall *= (1.0 + 0.05 * value_noise(x * 0.6, z * 0.6, seed=seed + 11))[:, None]
    courses = stripe(repeated(z, period=0.3), center=0.0, width=0.03, blur=blur)
    wall *= (1.0 - 0.12 * courses)[:, None]
    across, storey = repeated(x - facade.x0, period=facade.bay), np.floor(z / facade.storey)
    up = z - storey * facade.storey
    column = np.floor((x - facade.x0) / facade.bay + 0.5)
    upper = storey >= 1
    window = _pane(
        across, up, width=facade.bay * 0.45, low=0.9, high=facade.storey - 0.6, blur=blur
    )
    shop = _pane(
        across, up, width=facade.bay * 0.78, low=0.35, high=facade.storey - 0.75, blur=blur
    )
    pane = np.where(upper, window, shop)
    tone = value_noise(column * 3.7, storey * 5.3, seed=seed + 12)
    lit = (tone > 0.35) & (light.level < 0.7)
    glass = (
        np.array([62.0, 72.0, 84.0])
        * (1.0 + 0.25 * tone + 0.12 * np.sin(x * 1.7 + z * 2.3))[:, None]
    )
    glass[lit] = (250.0 / max(light.level, 0.25), 205.0 / max(light.level, 0.25), 130.0)
    frame = np.clip(pane * 3.0, 0.0, 1.0) * (1.0 - np.clip((pane - 0.6) * 4.0, 0.0, 1.0))
    wall += (glass - wall) * np.clip((pane - 0.3) * 2.0, 0.0, 1.0)[:, None]
    wall *= (1.0 - 0.3 * frame)[:, None]
    sign = stripe(z, center=facade.storey - 0.35, width=0.55, blur=blur) * (
        np.abs(across) < facade.bay * 0.42
    )
    hue = value_noise(column * 2.1, column * 1.3, seed=seed + 13)
    names = np.stack([120 + 80 * hue, 70 - 30 * hue, 70 - 60 * hue], axis=1)
    letters = (
        (value_noise(x * 5.0, column, seed=seed + 14) > 0.1)
        * stripe(z, center=facade.storey - 0.35, width=0.22, blur=blur)
        * (np.abs(across) < facade.bay * 0.3)
    )
    names += (225.0 - names) * letters[:, None]
    wall += (names - wall) * sign[:, None]
    plinth = np.clip((0.3 - z) / 0.02, 0.0, 1.0)
    ledge = stripe(z, center=facade.storey, width=0.16, blur=blur)
    wall *= (1.0 - 0.3 * plinth + 0.18 * ledge)[:, None]
    gain = np.broadcast_to(light.gain(x, np.full_like(x, facade.y)), x.shape)
    picture[seen] = wall * (gain * (0.92 - 0.08 * np.exp(-z)))[:, None]


def _pane(
    across: Floats, up: Floats, *, width: float, low: float, high: float, blur: Floats
) -> Floats:
    middle = (low + high) / 2
    return stripe(across, center=0.0, width=width, blur=blur * 3) * stripe(
        up, center=middle, width=high - low, blur=blur * 3
    )
