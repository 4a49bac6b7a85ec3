"""The demonstration: two minutes of a street with a fight and a crash."""

import math
from datetime import datetime

import numpy as np
from numpy.random import Generator

from crimeview.rendering.camera import Camera
from crimeview.rendering.crash import CrashPlan, crash
from crimeview.rendering.fight import FightPlan, fight
from crimeview.rendering.figure import Look, random_look
from crimeview.rendering.gait import Person, Walk, talking, telephoning
from crimeview.rendering.ground import Bays, Crossing, Facade, Line, Place, Strip
from crimeview.rendering.incident import Incident
from crimeview.rendering.item import Item
from crimeview.rendering.lettering import Caption
from crimeview.rendering.light import Light
from crimeview.rendering.props import bin_, bollard, lamp_post, tree
from crimeview.rendering.scene import Scene
from crimeview.rendering.traffic import CarRun, drive, parked, pass_by
from crimeview.rendering.vehicle import Car, CarLook, CarState, random_car

_DURATION = 120.0
_FIGHT, _FIGHT_LENGTH = 38.0, 7.5
_HIT = 88.0
# Along y: near pavement, road with two lanes, parking bays, far pavement, shops.
_NEAR_CURB, _FAR_CURB, _BAY_END, _SHOPS = 8.6, 15.6, 20.8, 24.4
_LANE_NEAR, _LANE_FAR = 10.3, 13.9
_ZEBRA = 4.6


def demonstration(
    seed: int = 3, *, size: tuple[int, int] = (360, 640), rate: float = 25.0
) -> Scene:
    """A street seen by a fixed camera: walkers, a runner, a busy crossing, traffic, parking.

    A fight from 38.0 to 45.5 s on the near pavement and a crash from 87.4 to 91.4 s on the near
    lane. The seed changes looks and gestures, never the times.
    """
    rng = np.random.default_rng(seed)
    camera = Camera.looking_at(
        (0.0, 7.0), distance=8.4, height=4.3, yaw=math.radians(-9), person=0.32, row=0.8, size=size
    )
    light = Light(
        level=1.0,
        shadow=(0.55, 0.35),
        shade=0.42,
        lamps=(),
        saturation=0.8,
        tint=(1.02, 1.0, 0.96),
    )
    brawlers, brawl = _fight(rng)
    happened = crash(
        CrashPlan(
            kind="side",
            place=(-0.4, _LANE_NEAR),
            heading=0.0,
            speed=11.5,
            hit=_HIT,
            since=_HIT - 9.0,
            until=_DURATION,
            looks=(
                CarLook(shape="sedan", color=(150, 28, 30)),
                CarLook(shape="hatchback", color=(214, 216, 220)),
            ),
        ),
        np.random.default_rng(seed + 100),
    )
    people = [*brawlers, *_walkers(rng), *_crossing(rng), *_talkers(rng), *_helpers(rng)]
    return Scene(
        camera=camera,
        light=light,
        place=_place(),
        props=_props(rng, camera, light),
        people=tuple(people),
        cars=(*_traffic(rng), *happened.cars),
        crashes=(happened,),
        incidents=(brawl, happened.incident),
        duration=_DURATION,
        rate=rate,
        noise=3.2,
        caption=Caption(
            camera="CAM 03",
            began=datetime(2024, 5, 17, 16, 41, 32),
            scale=max(1, size[0] // 180),
        ),
        seed=seed,
    )


def _place() -> Place:
    return Place(
        strips=(
            Strip(near=-30.0, far=_NEAR_CURB, surface="pavers"),
            Strip(near=_NEAR_CURB, far=_BAY_END, surface="asphalt"),
            Strip(near=_BAY_END, far=_SHOPS + 1, surface="concrete"),
        ),
        lines=(
            Line(y=(_NEAR_CURB + _FAR_CURB) / 2, dash=(2.0, 5.0)),
            Line(y=_FAR_CURB),
            Line(y=_NEAR_CURB + 0.35, color=(206, 176, 72)),
        ),
        bays=(
            Bays(near=_FAR_CURB, far=_BAY_END, x0=-24.0, x1=1.5, pitch=2.55),
            Bays(near=_FAR_CURB, far=_BAY_END, x0=8.0, x1=31.0, pitch=2.55),
        ),
        crossings=(Crossing(x=_ZEBRA, width=4.0, near=_NEAR_CURB, far=_FAR_CURB),),
        facades=(
            Facade(
                y=_SHOPS, height=13.0, x0=-60.0, x1=-3.0, color=(164, 128, 106), storey=3.6, bay=4.2
            ),
            Facade(
                y=_SHOPS + 0.6,
                height=16.0,
                x0=-3.0,
                x1=19.0,
                color=(186, 178, 160),
                storey=4.0,
                bay=3.6,
            ),
            Facade(
                y=_SHOPS, height=11.0, x0=19.0, x1=90.0, color=(140, 142, 150), storey=3.5, bay=5.0
            ),
        ),
        sky=(196, 208, 220),
        seed=41,
    )


def _bay(number: int) -> tuple[float, float]:
    """Middle of a parking bay: left of the crossing below 10, right of it from 10 on."""
    x0 = -24.0 + 2.55 * number if number < 10 else 8.0 + 2.55 * (number - 10)
    return x0 + 1.275, (_FAR_CURB + _BAY_END) / 2


def _props(rng: Generator, camera: Camera, light: Light) -> tuple[Item, ...]:
    props: list[Item] = []
    for number in (1, 2, 4, 5, 8, 10, 12, 13, 16):
        heading = rng.choice([-1.0, 1.0]) * math.pi / 2 + rng.normal(0, 0.02)
        state = CarState(at=_bay(number), heading=float(heading))
        props.append(Car(random_car(rng), state, camera=camera, light=light, lamps_on=False))
    for x, height in ((-15.0, 6.2), (-7.2, 5.4), (10.5, 5.8), (20.0, 6.4)):
        props.append(
            tree((x, 21.6), height=height, seed=int(rng.integers(1000)), camera=camera, light=light)
        )
    for x in (-11.0, 1.9, 15.0):
        props.append(lamp_post((x, 21.3), height=6.5, reach=-1.6, camera=camera, light=light))
    for x in (-6.0, -4.2, -2.4, -0.6, 1.2, 7.9, 9.7):
        props.append(bollard((x, 8.15), lean=np.zeros(2), camera=camera, light=light))
    props.append(bin_((8.6, 7.4), camera=camera, light=light))
    return tuple(props)


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
    from dataclasses import replace

    return replace(random_look(rng), top=top, bottom=bottom, long_sleeves=True, short_legs=False)


def _walkers(rng: Generator) -> list[Person]:
    """People going along both pavements, one of them running."""
    people = []
    near = ((0.0, 1, 6.3), (9.0, -1, 7.3), (24.0, 1, 5.9), (55.0, -1, 6.6), (71.0, 1, 7.2),
            (75.0, -1, 5.8), (98.0, 1, 6.3), (104.0, -1, 7.0))  # fmt: skip
    for start, way, y in near:
        walk = Walk(rng, start=start, at=(-9.5 * way, y))
        speed = rng.uniform(1.15, 1.55)
        walk.to(rng.uniform(-2, 2), y + rng.normal(0, 0.2), speed=speed)
        if rng.random() < 0.4:
            walk.stay(rng.uniform(1.5, 3.5), action=telephoning())
        people.append(walk.to(9.5 * way, y, speed=speed).person(random_look(rng)))
    far = ((-8.0, 1), (3.0, -1), (12.0, 1), (20.0, -1), (33.0, 1), (41.0, -1), (52.0, 1), (60.0, -1),
           (69.0, 1), (77.0, -1), (84.0, 1), (93.0, -1), (101.0, 1), (106.0, -1))  # fmt: skip
    for start, way in far:
        y = rng.uniform(21.4, 23.6)
        walk = Walk(rng, start=start, at=(-17.0 * way, y))
        people.append(walk.to(19.0 * way, y, speed=rng.uniform(1.1, 1.6)).person(random_look(rng)))
    runner = Walk(rng, start=63.0, at=(-10.0, 6.5)).to(10.0, 6.8, speed=3.4)
    people.append(runner.person(random_look(rng)))
    return people


def _crossing(rng: Generator) -> list[Person]:
    """Two busy green phases at the zebra crossing, and single people at other times."""
    people = []
    starts = [(16.0, 5), (57.0, 2), (78.0, 4), (110.0, 3)]
    for start, count in starts:
        for number in range(count):
            x = _ZEBRA + rng.uniform(-1.6, 1.6)
            down = number % 2 == 0
            far, near = (x + rng.uniform(-3, 3), 22.0), (x + rng.uniform(-2, 5), 6.0)
            walk = Walk(rng, start=start + rng.uniform(-3.0, 1.0), at=far if down else near)
            walk.to(x, 16.0 if down else 8.1, speed=1.4)
            walk.stay(max(0.1, start + 3.0 - walk.now))
            walk.to(x + rng.normal(0, 0.3), 8.0 if down else 16.2, speed=rng.uniform(1.2, 1.6))
            goal = near if down else far
            walk.to(*goal).to(goal[0] + rng.choice([-1, 1]) * 16.0, goal[1])
            people.append(walk.person(random_look(rng)))
    return people


def _talkers(rng: Generator) -> list[Person]:
    """Two who meet, stop and talk."""
    left = Walk(rng, start=3.0, at=(-9.5, 7.4)).to(1.6, 7.3)
    right = Walk(rng, start=3.4, at=(10.0, 6.7)).to(2.5, 7.1)
    until = 25.0
    left.stay(until - left.now, facing=(2.5, 7.1), action=talking(rng)).to(10.0, 7.2)
    right.stay(until + 0.6 - right.now, facing=(1.6, 7.3), action=talking(rng)).to(-9.5, 7.0)
    return [left.person(random_look(rng)), right.person(random_look(rng))]


def _helpers(rng: Generator) -> list[Person]:
    """Passers-by who run to the crash and stand about."""
    people = []
    for start, at, goal in (
        (_HIT + 1.2, (-8.5, 6.4), (-2.6, 8.9)),
        (_HIT + 1.6, (9.0, 6.0), (1.2, 8.4)),
        (_HIT + 1.5, (6.0, 21.8), (3.2, 14.0)),
    ):
        walk = Walk(rng, start=start - 6.0, at=(at[0], at[1])).stay(0.1)
        walk = Walk(rng, start=start, at=at).to(*goal, speed=3.3)
        walk.stay(_DURATION - walk.now, facing=(0.8, 10.6), action=talking(rng))
        people.append(walk.person(random_look(rng)))
    return people


def _traffic(rng: Generator) -> list[CarRun]:
    cars = []
    for at, speed in (
        (2.0, 9.0),
        (11.0, 8.0),
        (29.5, 9.5),
        (34.0, 8.5),
        (52.0, 9.0),
        (67.0, 8.0),
        (73.0, 9.0),
    ):
        cars.append(pass_by(random_car(rng), lane=_LANE_NEAR, speed=speed, at=at))
    for at, speed in (
        (6.0, -8.5),
        (26.0, -9.0),
        (31.5, -8.0),
        (48.0, -9.5),
        (64.5, -8.5),
        (75.5, -9.0),
        (103.0, -5.0),
    ):
        cars.append(pass_by(random_car(rng), lane=_LANE_FAR, speed=speed, at=at))
    waiting = [(10.0, -45.0, _LANE_NEAR), (15.5, -4.0, _LANE_NEAR), (16.5, -1.4, _LANE_NEAR),
               (24.5, -1.4, _LANE_NEAR), (26.0, 3.0, _LANE_NEAR), (31.0, 45.0, _LANE_NEAR)]  # fmt: skip
    cars.append(drive(random_car(rng), waiting))
    bay = _bay(7)
    parking = [(50.0, 45.0, _LANE_FAR), (54.5, 6.0, _LANE_FAR), (56.5, -1.0, _LANE_FAR - 0.3),
               (58.3, bay[0] + 0.9, _LANE_FAR + 1.1), (60.0, bay[0], bay[1] - 1.5), (61.6, *bay), (62.5, *bay)]  # fmt: skip
    cars.append(parked(drive(random_car(rng), parking), until=_DURATION))
    return cars
