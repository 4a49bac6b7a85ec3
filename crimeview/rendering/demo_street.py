"""The street of the demonstration: sidewalk, two lanes, a crossing, parking bays, shops."""

import math

from numpy.random import Generator

from crimeview.rendering.camera import Camera
from crimeview.rendering.item import Item
from crimeview.rendering.light import Light
from crimeview.rendering.place import Bays, Crossing, Facade, Line, Place, Strip
from crimeview.rendering.props import bollard, lamp_post, trash_can, tree
from crimeview.rendering.vehicle import Car, CarState, random_car

# Along y: near sidewalk, road with two lanes, parking bays, far sidewalk, shops.
_NEAR_CURB, _FAR_CURB, _BAY_END, _SHOPS = 8.6, 15.6, 20.8, 24.4
LANE_NEAR, LANE_FAR = 10.3, 13.9
ZEBRA = 4.6


def street() -> Place:
    """All that is flat."""
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
        crossings=(Crossing(x=ZEBRA, width=4.0, near=_NEAR_CURB, far=_FAR_CURB),),
        facades=(
            Facade(
                y=_SHOPS, height=13.0, x0=-60.0, x1=-3.0, color=(164, 128, 106), floor=3.6, bay=4.2
            ),
            Facade(
                y=_SHOPS + 0.6,
                height=16.0,
                x0=-3.0,
                x1=19.0,
                color=(186, 178, 160),
                floor=4.0,
                bay=3.6,
            ),
            Facade(
                y=_SHOPS, height=11.0, x0=19.0, x1=90.0, color=(140, 142, 150), floor=3.5, bay=5.0
            ),
        ),
        sky=(196, 208, 220),
        seed=41,
    )


def bay(number: int) -> tuple[float, float]:
    """Middle of a parking bay: left of the crossing below 10, right of it from 10 on."""
    x0 = -24.0 + 2.55 * number if number < 10 else 8.0 + 2.55 * (number - 10)
    return x0 + 1.275, (_FAR_CURB + _BAY_END) / 2


def furniture(rng: Generator, camera: Camera, light: Light) -> tuple[Item, ...]:
    """Parked cars, trees, lamps and posts."""
    props: list[Item] = []
    for number in (1, 2, 4, 5, 8, 10, 12, 13, 16):
        heading = rng.choice([-1.0, 1.0]) * math.pi / 2 + rng.normal(0, 0.02)
        state = CarState(at=bay(number), heading=float(heading))
        props.append(Car(random_car(rng), state, camera=camera, light=light, lamps_on=False))
    for x, height in ((-15.0, 6.2), (-7.2, 5.4), (10.5, 5.8), (20.0, 6.4)):
        leaves = int(rng.integers(1000))
        props.append(tree((x, 21.6), height=height, seed=leaves, camera=camera, light=light))
    props += [
        lamp_post((x, 21.3), height=6.5, reach=-1.6, camera=camera, light=light)
        for x in (-11.0, 1.9, 15.0)
    ]
    props += [
        bollard((x, 8.15), camera=camera, light=light)
        for x in (-6.0, -4.2, -2.4, -0.6, 1.2, 7.9, 9.7)
    ]
    props.append(trash_can((8.6, 7.4), camera=camera, light=light))
    return tuple(props)
