"""Random scenes for training: other cameras, places, lights, people and events every time."""

import math
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.random import Generator

from crimeview.rendering.camera import PERSON, Camera
from crimeview.rendering.happenings import Stage, cut
from crimeview.rendering.incident import IncidentKind
from crimeview.rendering.layout import random_furniture, random_layout
from crimeview.rendering.lettering import Caption
from crimeview.rendering.light import NIGHT, Light
from crimeview.rendering.props import lamp_post
from crimeview.rendering.scene import Scene


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
    layout = random_layout(rng)
    camera = _camera(rng, kind, size)
    light = _light(rng)
    props = random_furniture(rng, layout, camera=camera, light=light)
    stage = Stage(rng, camera, duration=duration)
    begin = float(rng.uniform(0.5, max(0.6, duration / 3)))
    people = stage.passers_by(int(rng.integers(0, 5) if kind else rng.integers(2, 9)))
    cars = stage.traffic(layout.lane, density=0.4 if kind else 1.0) if layout.lane else []
    happened = stage.some_crash(hit=begin + 0.6) if kind == "crash" else None
    incidents = []
    if happened is not None:
        people += stage.curious(happened)
        cars += happened.cars
        incidents.append(cut(happened.incident, duration=duration))
        if happened.plan.kind == "post":
            place = happened.plan.place
            props.append(lamp_post(place, height=6.5, reach=-1.5, camera=camera, light=light))
    elif kind == "fight":
        brawlers, brawl = stage.some_fight(start=begin)
        people += brawlers
        incidents.append(cut(brawl, duration=duration))
    else:
        people += stage.harmless()
    return Scene(
        camera=camera,
        light=light,
        place=layout.place,
        props=tuple(props),
        people=tuple(people),
        cars=tuple(cars),
        crashes=(happened,) if happened else (),
        incidents=tuple(incidents),
        duration=duration,
        rate=rate,
        noise=float(rng.uniform(1.0, 3.5) if light.level > NIGHT else rng.uniform(2.5, 6.0)),
        caption=_caption(rng, size),
        seed=int(rng.integers(1 << 30)),
    )


def _camera(rng: Generator, kind: IncidentKind | None, size: tuple[int, int]) -> Camera:
    """A crash needs a wider view than a fight; ordinary life is seen by either."""
    wide = kind == "crash" or (kind is None and rng.random() < 0.4)
    person = float(rng.uniform(0.11, 0.27) if wide else rng.uniform(0.17, 0.5))
    focal = float(rng.uniform(0.65, 1.4)) * size[1]
    reach = focal * PERSON / (person * size[0])
    height = min(float(rng.uniform(2.6, 7.0)), 0.75 * reach)
    return Camera.looking_at(
        (float(rng.normal(0, 0.3)), float(rng.normal(0, 0.3))),
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
    lamps = []
    for _ in range(int(rng.integers(1, 4))):
        x, y = rng.uniform(-9, 9), rng.uniform(-3, 12)
        lamps.append((float(x), float(y), float(rng.uniform(4, 8)), float(rng.uniform(0.35, 0.8))))
    return Light(
        level=float(rng.uniform(0.35, 0.6)),
        shadow=(0.2, 0.2),
        shade=0.25,
        lamps=tuple(lamps),
        saturation=0.0 if gray or rng.random() < 0.4 else float(rng.uniform(0.3, 0.8)),
        tint=(1.05, 0.98, 0.85),
    )


def _caption(rng: Generator, size: tuple[int, int]) -> Caption | None:
    if rng.random() < 0.4 or size[1] < 160:
        return None
    began = datetime(2019, 1, 1, tzinfo=UTC) + timedelta(seconds=float(rng.uniform(0, 1.5e8)))
    return Caption(
        camera=f"CAM {rng.integers(1, 30):02d}",
        began=began,
        right=bool(rng.random() < 0.5),
        scale=max(1, size[0] // 180),
    )
