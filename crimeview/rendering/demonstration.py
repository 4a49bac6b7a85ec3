"""The demonstration: two minutes of a street with a fight and a crash."""

import math
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
from numpy.random import Generator

from crimeview.rendering.camera import Camera
from crimeview.rendering.crash import Crash, CrashPlan, crash
from crimeview.rendering.demo_life import everyday_people, traffic
from crimeview.rendering.demo_street import LANE_NEAR, bay, furniture, street
from crimeview.rendering.fight import FightPlan, fight
from crimeview.rendering.gait import Person, Walk, talking
from crimeview.rendering.incident import Incident
from crimeview.rendering.lettering import Caption
from crimeview.rendering.light import Light
from crimeview.rendering.look import Look, random_look
from crimeview.rendering.scene import Scene
from crimeview.rendering.vehicle import CarLook

_DURATION = 120.0
_FIGHT, _FIGHT_LENGTH = 38.0, 7.5
_HIT = 88.0


def demonstration(
    seed: int = 3, *, size: tuple[int, int] = (360, 640), rate: float = 25.0
) -> Scene:
    """A street seen by a fixed camera: walkers, a runner, a busy crossing, traffic, parking.

    A fight from 38.0 to 45.5 s on the near sidewalk and a crash from 87.4 to 91.4 s on the near
    lane. The seed changes looks and gestures, never the times.
    """
    rng = np.random.default_rng(seed)
    camera = Camera.looking_at(
        (0.0, 7.0), distance=8.4, height=4.3, yaw=math.radians(-9), person=0.32, row=0.8, size=size
    )
    light = Light(
        level=1.1,
        shadow=(0.55, 0.35),
        shade=0.42,
        lamps=(),
        saturation=0.8,
        tint=(1.02, 1.0, 0.96),
    )
    brawlers, brawl = _fight(rng)
    happened = _crash(rng)
    people = [*brawlers, *everyday_people(rng), *_helpers(rng)]
    return Scene(
        camera=camera,
        light=light,
        place=street(),
        props=furniture(rng, camera, light),
        people=tuple(people),
        cars=(*traffic(rng, until=_DURATION), *happened.cars),
        crashes=(happened,),
        incidents=(brawl, happened.incident),
        duration=_DURATION,
        rate=rate,
        noise=1.8,
        caption=Caption(
            camera="CAM 03",
            began=datetime(2024, 5, 17, 16, 41, 32, tzinfo=UTC),
            scale=max(1, size[0] // 180),
        ),
        seed=seed,
    )


def _fight(rng: Generator) -> tuple[list[Person], Incident]:
    looks = (
        _dressed(rng, top=(40, 44, 52), bottom=(66, 82, 118)),
        _dressed(rng, top=(206, 62, 52), bottom=(54, 50, 50)),
        _dressed(rng, top=(226, 222, 208), bottom=(34, 38, 52)),
    )
    plan = FightPlan(
        place=(-1.3, 6.9),
        start=_FIGHT,
        length=_FIGHT_LENGTH,
        argument=3.0,
        ways_in=(((-9.5, 6.2), (-1.8, 6.9)), ((8.0, 7.2), (-0.8, 6.9)), ((-9.5, 6.6), (-3.0, 7.0))),
        ways_out=(((2.0, 6.2), (10.0, 6.6)), ((-3.0, 7.2), (-9.5, 7.0)), ((2.0, 7.2), (10.5, 7.2))),
        looks=looks,
    )
    return fight(plan, rng)


def _dressed(
    rng: Generator, *, top: tuple[float, float, float], bottom: tuple[float, float, float]
) -> Look:
    return replace(random_look(rng), top=top, bottom=bottom, long_sleeves=True, short_legs=False)


def _crash(rng: Generator) -> Crash:
    """A car pulls out of its bay into the way of a fast one."""
    x, y = bay(9)
    plan = CrashPlan(
        kind="side",
        place=(x - 0.88, LANE_NEAR),
        heading=0.0,
        speed=11.5,
        hit=_HIT,
        since=0.0,
        until=_DURATION,
        side=-1.0,
        approach=y - LANE_NEAR,
        looks=(
            CarLook(shape="sedan", color=(150, 28, 30)),
            CarLook(shape="hatchback", color=(214, 216, 220)),
        ),
    )
    return crash(plan, rng)


def _helpers(rng: Generator) -> list[Person]:
    """Passers-by who run to the crash and stand about."""
    people = []
    for way in (
        ((-10.0, 6.4), (-5.0, 6.4), (-1.9, 8.0)),
        ((10.0, 6.0), (4.5, 6.0), (0.6, 7.7)),
        ((18.0, 21.8), (6.0, 21.8), (1.6, 14.4)),
    ):
        start = _HIT + rng.uniform(0.8, 1.4) - math.dist(way[0], way[1]) / 1.35
        walk = Walk(rng, start=start, at=way[0]).to(*way[1]).to(*way[2], speed=3.3)
        walk.stay(_DURATION - walk.now, facing=(0.8, 10.6), action=talking(rng))
        people.append(walk.person(random_look(rng)))
    return people
