"""How a scene is lit: daylight with a sun, or night with lamps; and what the sensor makes of it."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crimeview.rendering.camera import Floats

NIGHT = 0.7  # below this level lamps and windows are lit
_LUMA = np.array([0.299, 0.587, 0.114])


@dataclass(frozen=True, slots=True, kw_only=True)
class Light:
    """Light over the ground.

    `level` is the general brightness (1 by day). The top of a thing 1 m high casts its shadow at
    the ground offset `shadow` (m), darker by `shade` (0 to 1). `lamps` are (x, y, reach m,
    strength). `saturation` 0 is a gray picture; `tint` multiplies red, green, blue.
    """

    level: float
    shadow: tuple[float, float]
    shade: float
    lamps: tuple[tuple[float, float, float, float], ...]
    saturation: float
    tint: tuple[float, float, float]

    def gain(self, x: Floats | float, y: Floats | float) -> Floats | float:
        """Brightness at ground points."""
        total: Floats | float = self.level
        for lamp_x, lamp_y, reach, strength in self.lamps:
            square = ((x - lamp_x) ** 2 + (y - lamp_y) ** 2) / reach**2
            total = total + strength / (1.0 + square) ** 2
        return total

    def grade(self, colors: Floats) -> Floats:
        """The sensor's color rendering of colors (..., 3)."""
        gray = (colors @ _LUMA)[..., None]
        return np.asarray((gray + (colors - gray) * self.saturation) * np.array(self.tint))

    def lit(self, colors: Floats, x: float, y: float) -> NDArray[np.float32]:
        """Graded colors (n, 3) of something that stands at (x, y)."""
        return np.asarray(self.grade(colors) * self.gain(x, y), np.float32)

    def toward_sun(self) -> Floats:
        """Unit vector to the sun (3,)."""
        x, y = self.shadow
        return np.array([-x, -y, 1.0]) / math.sqrt(x * x + y * y + 1.0)
