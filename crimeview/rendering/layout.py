"""Random places: streets, parking lots and squares around (0, 0), where things will happen."""

import math
from dataclasses import dataclass

from numpy.random import Generator

from crimeview.rendering.camera import Camera
from crimeview.rendering.item import Item
from crimeview.rendering.light import Light
from crimeview.rendering.place import Bays, Crossing, Facade, Line, Place, Strip, Surface
from crimeview.rendering.props import bollard, lamp_post, trash_can, tree
from crimeview.rendering.vehicle import Car, CarState, random_car

_GROUNDS: tuple[Surface, ...] = ("asphalt", "pavers", "concrete", "grass")


@dataclass(frozen=True, slots=True)
class Layout:
    """A place, and y of its near lane (None without a road) and of its furniture."""

    place: Place
    lane: float | None
    furniture: float


def random_layout(rng: Generator) -> Layout:
    """Draw a place; (0, 0) lies on a sidewalk, in a parking lot or on a square."""
    ground = _GROUNDS[rng.choice(4, p=[0.45, 0.25, 0.25, 0.05])]
    edge = float(rng.uniform(3.0, 6.5))
    far = edge + float(rng.uniform(6.0, 8.0))
    wall = far + float(rng.uniform(2.0, 9.0))
    style = rng.choice(["street", "parking lot", "square"], p=[0.45, 0.35, 0.2])
    strips = [
        Strip(near=-60.0, far=edge, surface=ground),
        Strip(near=edge, far=far, surface=ground if style == "square" else "asphalt"),
        Strip(near=far, far=wall + 60, surface=_GROUNDS[rng.integers(1, 4)]),
    ]
    lines: list[Line] = []
    bays: list[Bays] = []
    crossings: list[Crossing] = []
    if style == "street":
        lines.append(Line(y=(edge + far) / 2, dash=(2.0, float(rng.uniform(4, 7)))))
        if rng.random() < 0.4:
            crossings.append(Crossing(x=float(rng.uniform(-8, 8)), width=4.0, near=edge, far=far))
    elif style == "parking lot":
        pitch = float(rng.uniform(2.4, 2.8))
        bays.append(Bays(near=edge, far=edge + 5.2, x0=-30.0, x1=30.0, pitch=pitch))
        if rng.random() < 0.5:
            lines.append(Line(y=float(rng.uniform(-3, 2)), dash=(1.5, 4.0)))
    haze = float(rng.uniform(0.8, 1.1))
    place = Place(
        strips=tuple(strips),
        lines=tuple(lines),
        bays=tuple(bays),
        crossings=tuple(crossings),
        facades=_facades(rng, wall),
        sky=(196 * haze, 208 * haze, 220 * haze),
        seed=int(rng.integers(1 << 20)),
    )
    lane = edge + (far - edge) * 0.25 if style == "street" else None
    return Layout(place, lane, furniture=far + 0.8)


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
                    floor=float(rng.uniform(3.0, 4.2)),
                    bay=float(rng.uniform(2.8, 6.0)),
                )
            )
        x += width
    return tuple(facades)


def random_furniture(rng: Generator, layout: Layout, *, camera: Camera, light: Light) -> list[Item]:
    """Draw parked cars, trees, lamps and posts."""
    props: list[Item] = []
    for bays in layout.place.bays:
        for bay in range(3, 20):
            if rng.random() < 0.5:
                x = bays.x0 + (bay + 0.5) * bays.pitch
                y = (bays.near + bays.far) / 2 + float(rng.normal(0, 0.15))
                heading = float(rng.choice([-1, 1]) * math.pi / 2 + rng.normal(0, 0.03))
                state = CarState(at=(x, y), heading=heading)
                car = Car(random_car(rng), state, camera=camera, light=light, lamps_on=False)
                props.append(car)
    for _ in range(int(rng.integers(0, 4))):
        at = (float(rng.uniform(-16, 16)), layout.furniture)
        height, leaves = float(rng.uniform(4, 8)), int(rng.integers(9999))
        props.append(tree(at, height=height, seed=leaves, camera=camera, light=light))
    for _ in range(int(rng.integers(0, 3))):
        at = (float(rng.uniform(-14, 14)), layout.furniture - 0.3)
        props.append(lamp_post(at, height=6.5, reach=-1.5, camera=camera, light=light))
    for _ in range(int(rng.integers(0, 5))):
        at = (float(rng.uniform(-9, 9)), layout.furniture - 0.5)
        props.append(bollard(at, camera=camera, light=light))
    if rng.random() < 0.4:
        at = (float(rng.uniform(-5, 5)), layout.furniture)
        props.append(trash_can(at, camera=camera, light=light))
    return props
