"""Buildings: walls with windows above and shops below, pixel by pixel."""

import numpy as np

from crimeview.rendering.camera import Floats
from crimeview.rendering.place import Facade
from crimeview.rendering.texture import repeated, stripe, value_noise

_GLASS = np.array([66.0, 78.0, 92.0])
_LAMPLIGHT = np.array([250.0, 205.0, 130.0])


def facade_colors(
    facade: Facade, x: Floats, z: Floats, blur: Floats, *, night: bool, seed: int
) -> tuple[Floats, Floats]:
    """Colors (n, 3) of wall points (n,) in even light, and how much (n,) each shines by itself.

    `blur` (n,) is the meters over which edges are softened.
    """
    wall = np.array(facade.color) * np.ones((len(x), 1))
    wall *= (1.0 + 0.05 * value_noise(x * 0.6, z * 0.6, seed=seed + 11))[:, None]
    courses = stripe(repeated(z, period=0.3), center=0.0, width=0.03, blur=blur)
    wall *= (1.0 - 0.12 * courses)[:, None]
    across = repeated(x - facade.x0, period=facade.bay)
    column = np.floor((x - facade.x0) / facade.bay + 0.5)
    floor = np.floor(z / facade.floor)
    up = z - floor * facade.floor
    pane = np.where(
        floor >= 1,
        _pane(across, up, width=facade.bay * 0.45, low=0.9, high=facade.floor - 0.6, blur=blur),
        _pane(across, up, width=facade.bay * 0.78, low=0.35, high=facade.floor - 0.75, blur=blur),
    )
    tone = value_noise(column * 3.7, floor * 5.3, seed=seed + 12)
    glass = _GLASS * (1.0 + 0.25 * tone + 0.16 * np.sin(x * 1.7 + z * 2.3))[:, None]
    lit = (tone > 0.35) & night
    glass[lit] = _LAMPLIGHT
    opening = np.clip((pane - 0.3) * 2.0, 0.0, 1.0)
    frame = np.clip(pane * 3.0, 0.0, 1.0) * (1.0 - np.clip((pane - 0.6) * 4.0, 0.0, 1.0))
    wall += (glass - wall) * opening[:, None]
    wall *= (1.0 - 0.3 * frame)[:, None]
    _paint_sign(wall, facade, x, z, across, column, blur, seed)
    plinth = np.clip((0.3 - z) / 0.02, 0.0, 1.0)
    ledge = stripe(z, center=facade.floor, width=0.16, blur=blur)
    wall *= ((1.0 - 0.3 * plinth + 0.18 * ledge) * (0.92 - 0.08 * np.exp(-z)))[:, None]
    return wall, lit * opening


def _paint_sign(
    wall: Floats,
    facade: Facade,
    x: Floats,
    z: Floats,
    across: Floats,
    column: Floats,
    blur: Floats,
    seed: int,
) -> None:
    """A board with something like letters over each shop."""
    middle = facade.floor - 0.35
    board = stripe(z, center=middle, width=0.55, blur=blur) * (np.abs(across) < facade.bay * 0.42)
    hue = value_noise(column * 2.1, column * 1.3, seed=seed + 13)
    colors = np.stack([120 + 80 * hue, 70 - 30 * hue, 70 - 60 * hue], axis=1)
    letters = stripe(z, center=middle, width=0.22, blur=blur) * (np.abs(across) < facade.bay * 0.3)
    letters = letters * (value_noise(x * 5.0, column, seed=seed + 14) > 0.1)
    colors += (225.0 - colors) * letters[:, None]
    wall += (colors - wall) * board[:, None]


def _pane(
    across: Floats, up: Floats, *, width: float, low: float, high: float, blur: Floats
) -> Floats:
    sideways = stripe(across, center=0.0, width=width, blur=blur * 3)
    return sideways * stripe(up, center=(low + high) / 2, width=high - low, blur=blur * 3)
