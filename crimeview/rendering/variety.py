"""Random scenes for training: other cameras, places, lights, people and events every time."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.random import Generator

from crimeview.rendering.camera import PERSON, Camera, Floats
from crimeview.rendering.crash import Crash, CrashKind, CrashPlan, crash
from crimeview.rendering.fight import FightPlan, Way, fight
from crimeview.rendering.figure import random_look
from crimeview.rendering.gait import Person, Walk, talking, telephoning
from crimeview.rendering.incident import Incident, IncidentKind
from crimeview.rendering.item import Item
from crimeview.rendering.lettering import Caption
from crimeview.rendering.light import Light
from crimeview.rendering.place import Bays, Crossing, Facade, Line, Place, Strip, Surface
from crimeview.rendering.props import bin_, bollard, lamp_post, tree
from crimeview.rendering.scene import Scene
from crimeview.rendering.traffic import CarRun, pass_by
from crimeview.rendering.vehicle import Car, CarState, random_car


def random_scene(
    seed: int,
    *,
    kind: IncidentKind | None,
    duration: float,
    size: tuple[int, int] = (180, 320),
    rate: float = 25.0,
) -> Scene:
    """A scene of `duration` seconds (at least 4) with a fight, a crash, or ordinary life only.

    The incident begins somewhere in the first third, but leaves at least half a second before it,
    and may go on beyond the end, where its stored end is cut. Ordinary life has walkers, runners,
    talkers and traffic, so that motion alone does not tell the kinds apart. `size` is (height,
    width) of the frames, `rate` their number a second. Equal arguments give equal pictures, and
    none of them is a picture of the demonstration.
    """
    rng = np.random.default_rng([seed, 7919])
    layout = _layout(rng)
    camera = _camera(rng, kind, size)
    light = _light(rng)
    people, cars, crashes, incidents = _event(rng, kind, duration)
    people += _passers_by(
        rng, duration, crowd=int(rng.integers(0, 5) if kind else rng.integers(2, 9))
    )
    if layout.road is not None:
        cars += _traffic(rng, duration, layout.road, busy=kind is None)
    return Scene(
        camera=camera,
        light=light,
        place=layout.place,
        props=_props(rng, layout, camera, light),
        people=tuple(people),
        cars=tuple(cars),
        crashes=tuple(crashes),
        incidents=tuple(incidents),
        duration=duration,
        rate=rate,
        noise=float(rng.uniform(1.0, 4.0) if light.level > 0.7 else rng.uniform(3.0, 7.0)),
        caption=_caption(rng, size),
        seed=int(rng.integers(1 << 30)),
    )


@dataclass(frozen=True, slots=True)
class _Layout:
    """A place, and y of its traffic (None without), of its furniture and of its parked cars."""

    place: Place
    road: float | None
    furniture: float
    parking: float | None


def _layout(rng: Generator) -> _Layout:
    """Things happen around (0, 0): on a pavement, a road, a car park or a square."""
    grounds: tuple[Surface, ...] = ("asphalt", "pavers", "concrete", "grass")
    ground = grounds[rng.choice(4, p=[0.45, 0.25, 0.25, 0.05])]
    beyond = grounds[rng.integers(1, 4)]
    edge = float(rng.uniform(3.0, 6.5))
    road_width = float(rng.uniform(6.0, 8.0))
    far = edge + road_width
    wall = far + float(rng.uniform(2.0, 9.0))
    style = rng.choice(["street", "car park", "square"], p=[0.45, 0.35, 0.2])
    strips = [Strip(near=-60.0, far=edge, surface=ground)]
    lines: list[Line] = []
    bays: tuple[Bays, ...] = ()
    crossings: tuple[Crossing, ...] = ()
    road: float | None = None
    parking: float | None = None
    if style == "square":
        strips = [Strip(near=-60.0, far=far, surface=ground)]
    elif style == "street":
        strips.append(Strip(near=edge, far=far, surface="asphalt"))
        lines = [Line(y=edge + road_width / 2, dash=(2.0, float(rng.uniform(4, 7))))]
        road = edge + road_width * 0.25
        if rng.random() < 0.4:
            crossings = (Crossing(x=float(rng.uniform(-8, 8)), width=4.0, near=edge, far=far),)
    else:
        strips.append(Strip(near=edge, far=far, surface="asphalt"))
        bays = (
            Bays(near=edge, far=edge + 5.2, x0=-30.0, x1=30.0, pitch=float(rng.uniform(2.4, 2.8))),
        )
        parking = edge + 2.6
        if rng.random() < 0.5:
            lines = [Line(y=float(rng.uniform(-3, 2)), dash=(1.5, 4.0))]
    strips.append(Strip(near=far, far=wall + 60, surface=beyond))
    haze = float(rng.uniform(0.8, 1.1))
    place = Place(
        strips=tuple(strips),
        lines=tuple(lines),
        bays=bays,
        crossings=crossings,
        facades=_facades(rng, wall),
        sky=(196 * haze, 208 * haze, 220 * haze),
        seed=int(rng.integers(1 << 20)),
    )
    return _Layout(place, road, furniture=far + 0.8, parking=parking)


def _facades(rng: Generator, wall: float) -> tuple[Facade, ...]:
    facades = []
    x = -90.0
    while x < 90.0:
        width = float(rng.uniform(12, 40))
        tone = rng.uniform(90, 200)
        color = tuple(float(c) for c in tone * rng.uniform(0.85, 1.1, 3))
        if rng.random() < 0.85:
            facades.append(
                Facade(
                    y=wall + float(rng.uniform(0, 1.5)),
                    height=float(rng.uniform(5, 18)),
                    x0=x,
                    x1=x + width,
                    color=(color[0], color[1], color[2]),
                    storey=float(rng.uniform(3.0, 4.2)),
                    bay=float(rng.uniform(2.8, 6.0)),
                )
            )
        x += width
    return tuple(facades)


def _camera(rng: Generator, kind: IncidentKind | None, size: tuple[int, int]) -> Camera:
    """A crash needs a wider view than a fight; ordinary life is seen by either."""
    wide = kind == "crash" or (kind is None and rng.random() < 0.4)
    person = float(rng.uniform(0.11, 0.27) if wide else rng.uniform(0.15, 0.48))
    focal = float(rng.uniform(0.65, 1.4)) * size[1]
    reach = focal * PERSON / (person * size[0])
    height = min(float(rng.uniform(2.6, 7.0)), 0.75 * reach)
    return Camera.looking_at(
        (float(rng.normal(0, 0.5)), float(rng.normal(0, 0.5))),
        distance=math.sqrt(reach**2 - height**2),
        height=height,
        yaw=float(rng.uniform(-0.9, 0.9)),
        person=person,
        row=float(rng.uniform(0.6, 0.85)),
        size=size,
    )


def _light(rng: Generator) -> Light:
    gray = rng.random() < 0.25
    tint = rng.normal(1.0, 0.03, 3)
    angle = rng.uniform(0, 2 * math.pi)
    long = rng.uniform(0.3, 1.1)
    if rng.random() < 0.65:
        return Light(
            level=float(rng.uniform(0.75, 1.2)),
            shadow=(float(long * math.cos(angle)), float(long * math.sin(angle))),
            shade=float(rng.choice([0.0, 0.2, 0.4, 0.5])),
            lamps=(),
            saturation=0.0 if gray else float(rng.uniform(0.4, 1.0)),
            tint=(float(tint[0]), float(tint[1]), float(tint[2])),
        )
    lamps = tuple(
        (float(rng.uniform(-9, 9)), float(rng.uniform(-3, 12)), float(rng.uniform(4, 8)), float(rng.uniform(0.35, 0.8)))
        for _ in range(int(rng.integers(1, 4)))
    )  # fmt: skip
    return Light(
        level=float(rng.uniform(0.25, 0.5)),
        shadow=(0.2, 0.2),
        shade=0.25,
        lamps=lamps,
        saturation=0.0 if gray or rng.random() < 0.4 else float(rng.uniform(0.3, 0.8)),
        tint=(1.05, 0.98, 0.85),
    )


def _event(
    rng: Generator, kind: IncidentKind | None, duration: float
) -> tuple[list[Person], list[CarRun], list[Crash], list[Incident]]:
    begin = float(rng.uniform(0.5, max(0.6, duration / 3)))
    if kind == "fight":
        people, incident = _some_fight(rng, begin, float(rng.uniform(5.0, 9.0)))
        return people, [], [], [_cut(incident, duration)]
    if kind == "crash":
        happened = _some_crash(rng, begin + 0.6, duration)
        people = _curious(rng, happened.plan.hit)
        return people, list(happened.cars), [happened], [_cut(happened.incident, duration)]
    return _harmless(rng, duration), [], [], []


def _cut(incident: Incident, duration: float) -> Incident:
    return Incident(
        kind=incident.kind, start=max(0.0, incident.start), end=min(duration, incident.end)
    )


def _some_fight(rng: Generator, start: float, length: float) -> tuple[list[Person], Incident]:
    place = rng.normal(0.0, 0.6, 2)
    angle = rng.uniform(0, 2 * math.pi)
    ahead = np.array([math.cos(angle), math.sin(angle)]) * 0.5
    count = 3 if rng.random() < 0.55 else 2

    def far() -> tuple[float, float]:
        turn = rng.uniform(0, 2 * math.pi)
        return float(9 * math.cos(turn)), float(9 * math.sin(turn))

    def at(offset: Floats) -> tuple[float, float]:
        return float(place[0] + offset[0]), float(place[1] + offset[1])

    ways: tuple[Way, ...] = ((far(), at(-ahead)), (far(), at(ahead)), (far(), at(ahead * 0)))
    plan = FightPlan(
        place=at(ahead * 0),
        start=start,
        length=length,
        argument=float(rng.uniform(0.5, 4.0)),
        ways_in=ways[:count],
        ways_out=tuple((far(),) for _ in range(count)),
        looks=tuple(random_look(rng) for _ in range(count)),
    )
    return fight(plan, rng)


def _some_crash(rng: Generator, hit: float, duration: float) -> Crash:
    kinds: tuple[CrashKind, ...] = ("rear", "side", "side", "post")
    return crash(
        CrashPlan(
            kind=kinds[rng.integers(4)],
            place=(float(rng.normal(0, 1.2)), float(rng.normal(0.5, 1.0))),
            heading=float(rng.choice([0.0, math.pi]) + rng.normal(0, 0.5)),
            speed=float(rng.uniform(7.0, 14.0)),
            hit=hit,
            since=-6.0,
            until=duration + 1.0,
            side=float(rng.choice([-1.0, 1.0])),
            approach=float(rng.uniform(5.0, 25.0)),
            looks=(random_car(rng), random_car(rng)),
        ),
        rng,
    )


def _curious(rng: Generator, hit: float) -> list[Person]:
    """People who come running after a crash."""
    people = []
    for _ in range(int(rng.integers(0, 4))):
        turn = rng.uniform(0, 2 * math.pi)
        way = np.array([math.cos(turn), math.sin(turn)])
        walk = Walk(rng, start=hit - 3.0, at=(float(way[0] * 11), float(way[1] * 11)))
        walk.to(*(way * 8).tolist(), speed=1.0).to(*(way * 4).tolist(), speed=3.2)
        walk.stay(20.0, facing=(0.0, 0.0), action=talking(rng))
        people.append(walk.person(random_look(rng)))
    return people


def _harmless(rng: Generator, duration: float) -> list[Person]:
    """What stands in the middle where nothing happens: talkers, a runner, somebody waiting."""
    people = []
    pick = rng.random()
    if pick < 0.4:
        a, b = rng.normal(0, 1.0, 2), rng.normal(0, 0.2, 2)
        ends = ((float(a[0]), float(a[1])), (float(a[0] + 0.9 + b[0]), float(a[1] + b[1])))
        for me, other in (ends, ends[::-1]):
            walk = Walk(rng, start=-3.0, at=me)
            walk.stay(3.0 + duration * rng.uniform(0.4, 1.2), facing=other, action=talking(rng))
            people.append(walk.to(*_around(rng, 11.0)).person(random_look(rng)))
    elif pick < 0.75:
        for _ in range(int(rng.integers(1, 4))):
            walk = Walk(rng, start=float(rng.uniform(-2.0, duration * 0.6)), at=_around(rng, 9.0))
            walk.to(*rng.normal(0, 1.5, 2).tolist(), speed=float(rng.uniform(2.8, 4.5)))
            people.append(walk.to(*_around(rng, 11.0), speed=3.4).person(random_look(rng)))
    return people


def _around(rng: Generator, radius: float) -> tuple[float, float]:
    turn = rng.uniform(0, 2 * math.pi)
    return float(radius * math.cos(turn)), float(radius * math.sin(turn))


def _passers_by(rng: Generator, duration: float, *, crowd: int) -> list[Person]:
    people = []
    for _ in range(crowd):
        start = float(rng.uniform(-9.0, duration - 1.0))
        walk = Walk(rng, start=start, at=_around(rng, 10.0))
        speed = float(rng.uniform(1.0, 1.7))
        walk.to(*rng.normal(0.0, 3.5, 2).tolist(), speed=speed)
        if rng.random() < 0.35:
            walk.stay(float(rng.uniform(1.0, 6.0)), action=telephoning())
        people.append(walk.to(*_around(rng, 12.0), speed=speed).person(random_look(rng)))
    return people


def _traffic(rng: Generator, duration: float, lane: float, *, busy: bool) -> list[CarRun]:
    cars = []
    at = float(rng.uniform(-2.0, 4.0))
    while at < duration + 2.0:
        speed = float(rng.uniform(5.0, 12.0) * rng.choice([-1, 1]))
        offset = 0.0 if speed > 0 else 3.4
        if busy or rng.random() < 0.4:
            cars.append(pass_by(random_car(rng), lane=lane + offset, speed=speed, at=at))
        at += float(rng.uniform(1.5, 6.0))
    return cars


def _props(rng: Generator, layout: _Layout, camera: Camera, light: Light) -> tuple[Item, ...]:
    props: list[Item] = []
    if layout.parking is not None:
        pitch, x0 = layout.place.bays[0].pitch, layout.place.bays[0].x0
        for bay in range(3, 20):
            if rng.random() < 0.5:
                at = (x0 + (bay + 0.5) * pitch, layout.parking + float(rng.normal(0, 0.15)))
                heading = float(rng.choice([-1, 1]) * math.pi / 2 + rng.normal(0, 0.03))
                state = CarState(at=at, heading=heading)
                props.append(
                    Car(random_car(rng), state, camera=camera, light=light, lamps_on=False)
                )
    for _ in range(int(rng.integers(0, 4))):
        at = (float(rng.uniform(-16, 16)), layout.furniture)
        height = float(rng.uniform(4, 8))
        props.append(
            tree(at, height=height, seed=int(rng.integers(9999)), camera=camera, light=light)
        )
    for _ in range(int(rng.integers(0, 3))):
        at = (float(rng.uniform(-14, 14)), layout.furniture - 0.3)
        props.append(lamp_post(at, height=6.5, reach=-1.5, camera=camera, light=light))
    for _ in range(int(rng.integers(0, 5))):
        at = (float(rng.uniform(-9, 9)), layout.furniture - 0.5)
        props.append(bollard(at, lean=np.zeros(2), camera=camera, light=light))
    if rng.random() < 0.4:
        props.append(
            bin_((float(rng.uniform(-5, 5)), layout.furniture), camera=camera, light=light)
        )
    return tuple(props)


def _caption(rng: Generator, size: tuple[int, int]) -> Caption | None:
    if rng.random() < 0.4 or size[1] < 160:
        return None
    began = datetime(2019, 1, 1) + timedelta(seconds=float(rng.uniform(0, 1.5e8)))  # noqa: DTZ001
    return Caption(
        camera=f"CAM {rng.integers(1, 30):02d}",
        began=began,
        right=bool(rng.random() < 0.5),
        scale=max(1, size[0] // 180),
    )
