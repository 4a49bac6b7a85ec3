"""A crash: a car hits another car or a post."""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.random import Generator

from crimeview.rendering.camera import Floats
from crimeview.rendering.gait import TICKS, smooth
from crimeview.rendering.incident import Incident
from crimeview.rendering.traffic import CarRun
from crimeview.rendering.vehicle import CarLook

CrashKind = Literal["rear", "side", "post"]
_NOSE, _HALF_WIDTH = 2.15, 0.88


@dataclass(frozen=True, slots=True, kw_only=True)
class CrashPlan:
    """Where, when and how.

    The striking car comes along `heading` at `speed` m/s and its nose is at `place` at `hit`
    seconds. `kind`: into the rear of a slow car, the side of a crossing one, or a post. A crossing
    car pulls out `approach` m away on the `side` (1: right, -1: left of the striking car's way).
    Both cars stay until `until` seconds; the struck one is there from `since` on.
    """

    kind: CrashKind
    place: tuple[float, float]
    heading: float
    speed: float
    hit: float
    since: float
    until: float
    side: float
    approach: float
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
    cars = [_striking(plan, rng)]
    if plan.kind != "post":
        cars.append(_struck(plan, rng))
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


def _striking(plan: CrashPlan, rng: Generator) -> CarRun:
    side = plan.side
    start = plan.hit - 45.0 / plan.speed
    t = _clock(plan, start)
    before = np.minimum(t, 0.0)
    after = np.maximum(t, 0.0)
    braking = 0.5 * 4.0 * np.maximum(0.0, before + 0.6) ** 2  # meters lost to late brakes
    braking_all = 0.5 * 4.0 * 0.6**2
    rest = {"rear": 0.22, "side": 0.25, "post": -0.1}[plan.kind]
    along = plan.speed * before + braking_all - braking - _NOSE
    along += plan.speed * rest * 0.45 * (1 - np.exp(-after / 0.45))
    swerve = side * 0.35 * np.exp(-((t + 0.25) ** 2) / 0.08)
    across = swerve + side * 0.5 * (1 - np.exp(-after / 0.4))
    turn = {"rear": 0.35, "side": 0.55, "post": 0.4}[plan.kind] * rng.uniform(0.8, 1.3)
    yaw = side * turn * (1 - np.exp(-after / 0.45))
    yaw += side * 0.16 * np.exp(-((t + 0.35) ** 2) / 0.05)
    return CarRun(
        look=plan.looks[0],
        start=start,
        places=_along(plan, along, across),
        headings=smooth(plan.heading + yaw, 0.03),
        pitch=_shaken(t, size=0.15, hertz=2.2)
        + 0.05 * np.clip((before + 0.6) / 0.3, 0, 1) * (t < 0),
        roll=_shaken(t, size=0.12 * side, hertz=1.9),
        lift=np.abs(_shaken(t, size=0.22, hertz=1.6)),
        crush=0.42 * np.clip(t / 0.1, 0.0, 1.0),
        braking=(t > -0.6).astype(float),
        blinking=plan.hit + 2.0,
    )


def _struck(plan: CrashPlan, rng: Generator) -> CarRun:
    side = plan.side
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
        begin = -2 * plan.approach / own  # from rest, evenly faster until the hit
        gone = plan.approach * np.clip(1 - before / begin, 0.0, 1.0) ** 2
        across = side * (gone - plan.approach - rng.uniform(-0.7, 0.7))
        across = across + side * own * 0.5 * (1 - np.exp(-after / 0.5))
        spin = side * rng.uniform(1.1, 1.9) * rng.choice([-1.0, 1.0])
    along = along + plan.speed * push * 0.6 * (1 - np.exp(-after / 0.6))
    return CarRun(
        look=plan.looks[1],
        start=plan.since,
        places=_along(plan, along, across),
        headings=smooth(heading + spin * (1 - np.exp(-after / 0.55)), 0.03),
        pitch=_shaken(t, size=-0.05, hertz=2.0),
        roll=_shaken(t, size=0.2 * side, hertz=1.4),
        lift=np.abs(_shaken(t, size=0.16, hertz=1.6)),
        crush=np.zeros_like(t),
        braking=((t > 0) & (t < 3)).astype(float) if plan.kind == "side" else np.ones_like(t),
        blinking=plan.hit + 2.6,
    )


def _along(plan: CrashPlan, along: Floats, across: Floats) -> Floats:
    ch, sh = math.cos(plan.heading), math.sin(plan.heading)
    x = plan.place[0] + along * ch - across * sh
    y = plan.place[1] + along * sh + across * ch
    return np.stack([x, y], axis=1)
