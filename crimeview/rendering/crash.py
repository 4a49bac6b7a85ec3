"""A crash: a car hits another car or a post, with what flies and smokes."""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.random import Generator

from crimeview.rendering.camera import Camera, Floats
from crimeview.rendering.canvas import Canvas
from crimeview.rendering.gait import TICKS, smooth
from crimeview.rendering.incident import Incident
from crimeview.rendering.light import Light
from crimeview.rendering.traffic import CarRun
from crimeview.rendering.vehicle import CarLook

CrashKind = Literal["rear", "side", "post"]
_NOSE, _HALF_WIDTH = 2.15, 0.88


@dataclass(frozen=True, slots=True, kw_only=True)
class CrashPlan:
    """Where, when and how.

    The striking car comes along `heading` at `speed` m/s and its nose is at `place` at `hit`
    seconds. `kind`: into the rear of a slow car, the side of a crossing one, or a post. Both cars
    stay until `until` seconds; the struck one was there (or on its way) since `since`.
    """

    kind: CrashKind
    place: tuple[float, float]
    heading: float
    speed: float
    hit: float
    since: float
    until: float
    looks: tuple[CarLook, CarLook]


@dataclass(frozen=True, slots=True)
class Crash:
    """A played plan; `place`, `heading` and `hit` as planned, for what flies about."""

    plan: CrashPlan
    cars: tuple[CarRun, ...]
    incident: Incident
    seed: int


def crash(plan: CrashPlan, rng: Generator) -> Crash:
    """Play the plan.

    The incident lasts from the loss of control 0.6 s before the hit until everything is at rest.
    """
    side = float(rng.choice([-1.0, 1.0]))
    cars = [_striking(plan, side, rng)]
    if plan.kind != "post":
        cars.append(_struck(plan, side, rng))
    incident = Incident(kind="crash", start=plan.hit - 0.6, end=plan.hit + 3.4)
    return Crash(plan, tuple(cars), incident, int(rng.integers(1 << 30)))


def _clock(plan: CrashPlan, start: float) -> Floats:
    """Seconds since the hit, from `start` until the plan's end."""
    return np.arange(round((plan.until - start) * TICKS)) / TICKS + start - plan.hit


def _shaken(t: Floats, *, size: float, hertz: float) -> Floats:
    after = np.maximum(t, 0.0)
    return np.asarray(
        np.where(t > 0, size * np.exp(-after / 0.45) * np.sin(2 * np.pi * hertz * after + 0.8), 0.0)
    )


def _striking(plan: CrashPlan, side: float, rng: Generator) -> CarRun:
    start = plan.hit - 45.0 / plan.speed
    t = _clock(plan, start)
    before = np.minimum(t, 0.0)
    after = np.maximum(t, 0.0)
    braking = 0.5 * 4.0 * np.maximum(0.0, before + 0.6) ** 2  # meters lost to late brakes
    braking_all = 0.5 * 4.0 * 0.6**2
    rest = {"rear": 0.22, "side": 0.25, "post": -0.1}[plan.kind]
    along = plan.speed * before + braking_all - braking - _NOSE
    along += plan.speed * rest * 0.3 * (1 - np.exp(-after / 0.3))
    swerve = side * 0.35 * np.exp(-((t + 0.25) ** 2) / 0.08)
    across = swerve + side * 0.5 * (1 - np.exp(-after / 0.4))
    turn = {"rear": 0.35, "side": 0.55, "post": 0.4}[plan.kind] * rng.uniform(0.8, 1.3)
    yaw = side * turn * (1 - np.exp(-after / 0.35))
    yaw += side * 0.16 * np.exp(-((t + 0.35) ** 2) / 0.05)
    return CarRun(
        look=plan.looks[0],
        start=start,
        places=_along(plan, along, across),
        headings=smooth(plan.heading + yaw, 0.03),
        pitch=_shaken(t, size=0.11, hertz=2.4)
        + 0.05 * np.clip((before + 0.6) / 0.3, 0, 1) * (t < 0),
        roll=_shaken(t, size=0.09 * side, hertz=1.9),
        lift=np.abs(_shaken(t, size=0.16, hertz=1.6)),
        crush=0.42 * np.clip(t / 0.1, 0.0, 1.0),
        braking=(t > -0.6).astype(float),
        blinking=plan.hit + 2.0,
    )


def _struck(plan: CrashPlan, side: float, rng: Generator) -> CarRun:
    t = _clock(plan, plan.since)
    before, after = np.minimum(t, 0.0), np.maximum(t, 0.0)
    if plan.kind == "rear":
        heading, own, push = plan.heading, 1.2, 0.5
        along = _NOSE + own * before
        across = np.zeros_like(t) + 0.25 * side
        spin = -side * rng.uniform(0.5, 0.9)
    else:
        heading, own, push = plan.heading + side * math.pi / 2, rng.uniform(3.0, 4.5), 0.45
        along = _HALF_WIDTH + np.zeros_like(t)
        across = side * (own * before - rng.uniform(-0.9, 0.9))
        across = across + side * own * 0.3 * (1 - np.exp(-after / 0.3))
        spin = side * rng.uniform(0.7, 1.2) * rng.choice([-1.0, 1.0])
    along = along + plan.speed * push * 0.5 * (1 - np.exp(-after / 0.5))
    return CarRun(
        look=plan.looks[1],
        start=plan.since,
        places=_along(plan, along, across),
        headings=smooth(heading + spin * (1 - np.exp(-after / 0.45)), 0.03),
        pitch=_shaken(t, size=-0.05, hertz=2.0),
        roll=_shaken(t, size=0.14 * side, hertz=1.5),
        lift=np.abs(_shaken(t, size=0.1, hertz=1.8)),
        crush=np.zeros_like(t),
        braking=((t > 0) & (t < 3)).astype(float) if plan.kind == "side" else np.ones_like(t),
        blinking=plan.hit + 2.6,
    )


def _along(plan: CrashPlan, along: Floats, across: Floats) -> Floats:
    ch, sh = math.cos(plan.heading), math.sin(plan.heading)
    x = plan.place[0] + along * ch - across * sh
    y = plan.place[1] + along * sh + across * ch
    return np.stack([x, y], axis=1)


class Wreckage:
    """Splinters, dust and steam of a crash at one moment, to be painted over the cars."""

    _COUNT = 34

    def __init__(self, happened: Crash, seconds: float, *, camera: Camera, light: Light) -> None:
        plan = happened.plan
        self._age = seconds - plan.hit
        self._camera, self._light = camera, light
        rng = np.random.default_rng(happened.seed)
        self._place = np.array([*plan.place, 0.6])
        self._colors = np.array(
            [(200, 210, 215), (40, 42, 46), happened.plan.looks[0].color, (230, 180, 90)], float
        )
        self._pieces = self._fly(plan.heading, rng)
        self._puffs = [tuple(rng.uniform(-1, 1, 4)) for _ in range(11)]
        row = round((seconds - happened.cars[0].start) * TICKS)
        runs = happened.cars[0]
        row = min(max(row, 0), len(runs.places) - 1)
        heading = float(runs.headings[row])
        self._nose = np.array(
            [
                runs.places[row, 0] + 1.7 * math.cos(heading),
                runs.places[row, 1] + 1.7 * math.sin(heading),
                0.9,
            ]
        )
        pixels, depths = camera.project(np.vstack([self._place, self._nose, self._pieces]))
        self.depth = float(depths[0]) - 1.2
        self._scale = camera.focal / max(float(depths[0]), 0.5)
        low, high = pixels.min(axis=0) - 3 * self._scale, pixels.max(axis=0) + 3 * self._scale
        self.box = (float(low[0]), float(low[1]), float(high[0]), float(high[1]))

    def _fly(self, heading: float, rng: Generator) -> Floats:
        """Where the splinters are: thrown, bounced once, slid to rest; (n, 3)."""
        count = self._COUNT
        away = heading + rng.normal(0.0, 0.9, count)
        speed = rng.uniform(1.0, 6.5, count)
        climb = rng.uniform(0.5, 4.0, count)
        age = max(0.0, self._age)
        landing = (climb + np.sqrt(climb**2 + 2 * 9.81 * 0.6)) / 9.81
        flown = np.minimum(age, landing)
        slid = 0.3 * (1 - np.exp(-np.maximum(0.0, age - landing) / 0.3))
        reach = speed * (flown + slid)
        height = np.maximum(0.02, 0.6 + climb * flown - 0.5 * 9.81 * flown**2)
        hop = np.clip(age - landing, 0.0, 0.3)
        height += np.maximum(0.0, 0.3 * climb * hop - 0.5 * 9.81 * hop**2)
        x = self._place[0] + reach * np.cos(away)
        y = self._place[1] + reach * np.sin(away)
        return np.stack([x, y, height], axis=1)

    def cast(self, canvas: Canvas) -> None:
        """Splinters are too small for shadows."""

    def paint(self, canvas: Canvas) -> None:
        if self._age < 0:
            return
        lit = self._light.lit(self._colors, float(self._place[0]), float(self._place[1]))
        pixels, _ = self._camera.project(self._pieces)
        size = 0.05 * self._scale
        for index, (x, y) in enumerate(pixels):
            length = size * (0.5 + (index % 5) * 0.35)
            angle = index * 2.4 + (self._age * 14 if self._age < 0.7 else 0)
            end = (x + length * math.cos(angle), y + length * 0.6 * math.sin(angle))
            canvas.capsule((x, y), end, (size * 0.5, size * 0.3), lit[index % 4])
        self._smoke(canvas)

    def _smoke(self, canvas: Canvas) -> None:
        gray = self._light.lit(np.array([[186.0, 184.0, 180.0]]), *self._place[:2].tolist())[0]
        for index, (a, b, c, d) in enumerate(self._puffs):
            dust = index < 5
            age = self._age if dust else (self._age - 0.5 + 1.2 * index) % 3.2
            if (not dust and self._age < 0.5 + 0.3 * index) or (dust and age > 1.6):
                continue
            life = 1.6 if dust else 3.2
            origin = self._place if dust else self._nose
            rise = (0.5 if dust else 0.75) * age
            spot = origin + np.array([a * 0.8 + 0.3 * age, b * 0.6, 0.2 * c + rise])
            (pixel,), _ = self._camera.project(spot[None])
            radius = self._scale * (0.35 + (0.9 if dust else 0.32) * age) * (1 + 0.2 * d)
            alpha = (0.65 if dust else 0.34) * (1 - age / life) * min(1.0, age / 0.12)
            canvas.blob((pixel[0], pixel[1]), (radius, radius * 0.85), gray, alpha=alpha)
