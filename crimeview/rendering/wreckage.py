"""What flies, falls and smokes after a crash."""

import math

import numpy as np
from numpy.random import Generator

from crimeview.rendering.camera import Camera, Floats
from crimeview.rendering.canvas import Canvas, Limbs
from crimeview.rendering.crash import Crash
from crimeview.rendering.gait import TICKS
from crimeview.rendering.item import bounds
from crimeview.rendering.light import Light

_SPLINTERS = 46
_DUST, _STEAM = 5, 6  # puffs
_DUST_LIFE, _STEAM_LIFE = 1.6, 3.2  # seconds
_CONTACT = 0.6  # height above ground, m


class Splinters:
    """Glass and plastic thrown about, at `seconds` of the scene (not before the hit)."""

    def __init__(self, happened: Crash, seconds: float, *, camera: Camera, light: Light) -> None:
        plan = happened.plan
        age = seconds - plan.hit
        rng = np.random.default_rng(happened.seed)
        places = _flight(plan.place, plan.heading, age, rng)
        pixels, depths = camera.project(places)
        # In the air before the cars; once on the ground, under whatever stands there.
        self.depth = float(depths.min() if age < 1.2 else depths.max() + 5.0)
        size = 0.05 * camera.focal / np.maximum(depths, 0.5)
        angles = np.arange(_SPLINTERS) * 2.4 + 14.0 * min(age, 0.7)
        lengths = size * (0.5 + (np.arange(_SPLINTERS) % 5) * 0.35)
        ends = pixels + np.stack([np.cos(angles), 0.6 * np.sin(angles)], axis=1) * lengths[:, None]
        self._limbs = Limbs(pixels, ends, np.stack([size * 0.5, size * 0.3], axis=1))
        kinds = np.array(
            [(200, 210, 215), (40, 42, 46), plan.looks[0].color, (230, 180, 90)], float
        )
        self._colors = light.lit(kinds, *plan.place)[np.arange(_SPLINTERS) % len(kinds)]
        self.box = bounds(pixels, depths, pad=20.0)

    def cast(self, canvas: Canvas) -> None:
        """Too small for shadows."""

    def paint(self, canvas: Canvas) -> None:
        canvas.limbs(self._limbs, self._colors, round_by=0.0)


class Smoke:
    """Dust from the hit and steam from the hood, at `seconds` of the scene."""

    def __init__(self, happened: Crash, seconds: float, *, camera: Camera, light: Light) -> None:
        plan = happened.plan
        self._gray = light.lit(np.array([[186.0, 184.0, 180.0]]), *plan.place)[0]
        rng = np.random.default_rng(happened.seed + 1)
        contact = np.array([*plan.place, _CONTACT])
        puffs = [_dust(contact, seconds - plan.hit, rng) for _ in range(_DUST)]
        hood = _hood(happened, seconds)
        puffs += [_steam(hood, seconds - plan.hit, n, rng) for n in range(_STEAM)]
        pixels, depths = camera.project(np.array([place for place, _, _ in puffs]))
        scale = camera.focal / max(float(depths.mean()), 0.5)
        self._puffs = [
            ((float(x), float(y)), radius * scale, alpha)
            for (x, y), (_, radius, alpha) in zip(pixels, puffs, strict=True)
            if alpha > 0
        ]
        self.depth = float(depths.min()) - 1.2
        self.box = bounds(pixels, depths, pad=2.5 * scale)

    def cast(self, canvas: Canvas) -> None:
        """No shadow to speak of."""

    def paint(self, canvas: Canvas) -> None:
        for center, radius, alpha in self._puffs:
            canvas.blob(center, (radius, radius * 0.85), self._gray, alpha=alpha)


def _flight(place: tuple[float, float], heading: float, age: float, rng: Generator) -> Floats:
    """Where the splinters are (n, 3): thrown, bounced once, slid to rest."""
    away = heading + rng.normal(0.0, 0.9, _SPLINTERS)
    speed = rng.uniform(1.0, 6.5, _SPLINTERS)
    climb = rng.uniform(0.5, 4.0, _SPLINTERS)
    landing = (climb + np.sqrt(climb**2 + 2 * 9.81 * _CONTACT)) / 9.81
    flown = np.minimum(age, landing)
    slid = 0.3 * (1 - np.exp(-np.maximum(0.0, age - landing) / 0.3))
    reach = speed * (flown + slid)
    hop = np.clip(age - landing, 0.0, 0.3)
    height = np.maximum(0.02, _CONTACT + climb * flown - 0.5 * 9.81 * flown**2)
    height += np.maximum(0.0, 0.3 * climb * hop - 0.5 * 9.81 * hop**2)
    x, y = place[0] + reach * np.cos(away), place[1] + reach * np.sin(away)
    return np.stack([x, y, height], axis=1)


def _dust(contact: Floats, age: float, rng: Generator) -> tuple[Floats, float, float]:
    """Place (3,), radius (m) and opacity of a puff that blows apart once."""
    a, b, c, d = rng.uniform(-1, 1, 4)
    place = contact + np.array([a * 0.8 + 0.3 * age, b * 0.6, 0.2 * c + 0.5 * age])
    fading = max(0.0, 1 - age / _DUST_LIFE) * min(1.0, age / 0.12)
    return place, (0.5 + 0.9 * age) * (1 + 0.2 * d), 0.5 * fading


def _steam(hood: Floats, age: float, number: int, rng: Generator) -> tuple[Floats, float, float]:
    """The same of a puff that rises again and again."""
    a, b, c, d = rng.uniform(-1, 1, 4)
    begun = age - 0.5 - _STEAM_LIFE * number / _STEAM
    round_ = begun % _STEAM_LIFE
    place = hood + np.array([a * 0.4 + 0.3 * round_, b * 0.4, 0.2 * c + 0.75 * round_])
    fading = (1 - round_ / _STEAM_LIFE) * min(1.0, round_ / 0.3) if 0 < begun < 14 else 0.0
    return place, (0.3 + 0.35 * round_) * (1 + 0.2 * d), 0.36 * fading


def _hood(happened: Crash, seconds: float) -> Floats:
    run = happened.cars[0]
    row = min(round((seconds - run.start) * TICKS), len(run.places) - 1)
    heading = float(run.headings[row])
    ahead = np.array([math.cos(heading), math.sin(heading)]) * 1.6
    return np.array([*(run.places[row] + ahead), 0.9])
