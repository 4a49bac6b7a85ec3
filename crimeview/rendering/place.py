"""What is flat in a scene: strips of ground, their markings, and buildings."""

from dataclasses import dataclass
from typing import Literal

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
    """A crossing of `width` m around `x`, over y = `near` to `far`."""

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
    floor: float
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
