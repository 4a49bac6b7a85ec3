import math
from dataclasses import replace
from itertools import islice

import numpy as np
import pytest

from crimeview.rendering.demonstration import demonstration
from crimeview.rendering.gait import TICKS, Person
from crimeview.rendering.incident import IncidentKind
from crimeview.rendering.scene import Scene
from crimeview.rendering.skeleton import Pose
from crimeview.rendering.traffic import CarRun
from crimeview.rendering.variety import random_scene

KINDS: tuple[IncidentKind | None, ...] = ("fight", "crash", None)


def small(seed: int, kind: IncidentKind | None, duration: float = 6.0) -> Scene:
    return random_scene(seed, kind=kind, duration=duration, size=(72, 128), rate=12.5)


def first_frames(scene: Scene, count: int) -> np.ndarray:
    return np.stack(list(islice(scene.frames(), count)))


def place(person: Person, seconds: float) -> np.ndarray:
    return person.places[round((seconds - person.start) * TICKS)]


def speed(run: CarRun, seconds: float) -> float:
    row = round((seconds - run.start) * TICKS)
    return float(math.dist(run.places[row + 1], run.places[row - 1]) * TICKS / 2)


def pushed(run: CarRun, seconds: float) -> float:
    """Speed along the striking car's way, which is x."""
    row = round((seconds - run.start) * TICKS)
    return float((run.places[row + 1, 0] - run.places[row - 1, 0]) * TICKS / 2)


def test_the_demonstration_knows_its_incidents() -> None:
    scene = demonstration()
    assert (scene.duration, scene.rate, scene.size) == (120.0, 25.0, (360, 640))
    assert scene.frame_count == 3000
    times = [(i.kind, i.start, i.end) for i in scene.incidents]
    assert times == [("fight", 38.0, 45.5), ("crash", pytest.approx(87.4), pytest.approx(91.4))]


def test_in_the_fight_they_are_at_close_quarters_and_one_lies_in_the_end() -> None:
    scene = demonstration(size=(90, 160))
    attacker, victim = scene.people[:2]
    fight = scene.incidents[0]
    for seconds in np.arange(fight.start + 0.1, fight.end - 1.0, 0.2):
        assert math.dist(place(attacker, seconds), place(victim, seconds)) < 1.9
    assert math.dist(place(attacker, fight.start - 5), place(victim, fight.start - 5)) > 3.0
    row = round((fight.end - victim.start) * TICKS) - 5
    assert victim.poses[row, Pose.TIP] < -1.2


def test_the_crash_stops_a_fast_car_at_once_and_moves_the_other() -> None:
    scene = demonstration(size=(90, 160))
    striking, struck = scene.crashes[0].cars
    hit = scene.crashes[0].plan.hit
    assert speed(striking, hit - 0.1) > 8.0
    assert speed(striking, hit + 0.2) < 3.0
    assert speed(struck, hit - 12.0) == 0.0  # still in its bay
    assert pushed(struck, hit - 0.1) == pytest.approx(0.0, abs=0.1)
    assert pushed(struck, hit + 0.1) > 3.0
    for run in (striking, struck):
        assert speed(run, scene.incidents[1].end) < 0.3
        assert speed(run, 110.0) < 0.01


def test_the_demonstration_is_the_same_every_time() -> None:
    once, again = (first_frames(demonstration(size=(90, 160)), 3) for _ in range(2))
    assert once.shape == (3, 90, 160, 3)
    assert once.dtype == np.uint8
    assert (once == again).all()
    assert (once[0] != once[1]).mean() > 0.3  # the sensor's noise is new in every frame


def test_the_burnt_in_clock_is_in_the_upper_left() -> None:
    scene = demonstration(size=(180, 320))
    with_clock = next(scene.frames())
    without = next(replace(scene, caption=None).frames())
    rows, columns = np.nonzero((with_clock != without).any(axis=2)[:90])
    assert rows.max() < 20
    assert columns.max() < 160


@pytest.mark.parametrize("kind", KINDS)
def test_random_scenes_are_labeled_and_repeatable(kind: IncidentKind | None) -> None:
    for seed in range(4):
        scene = small(seed, kind)
        assert [i.kind for i in scene.incidents] == ([kind] if kind else [])
        for incident in scene.incidents:
            assert 0.5 <= incident.start < incident.end <= scene.duration
    frames = first_frames(scene, 5)
    assert frames.shape == (5, 72, 128, 3)
    assert (frames == first_frames(small(seed, kind), 5)).all()
    assert (frames != first_frames(small(seed + 1, kind), 5)).mean() > 0.5


@pytest.mark.parametrize("kind", ["fight", "crash"])
def test_incidents_happen_in_the_picture(kind: IncidentKind) -> None:
    for seed in range(12):
        scene = small(seed, kind)
        end = min(scene.incidents[0].start + 2.0, scene.incidents[0].end)
        actors = (
            [np.append(place(p, end), 0.9) for p in scene.people[-3:] if p.start < end]
            if kind == "fight"
            else [np.array([*scene.crashes[0].plan.place, 0.6])]
        )
        pixels, depths = scene.camera.project(np.array(actors))
        inside = (pixels > 0).all(axis=1) & (pixels < (128, 72)).all(axis=1) & (depths > 0)
        assert inside.any()


def test_a_fight_moves_more_than_the_quarrel_before_it() -> None:
    ratios = []
    for seed in range(5):
        scene = replace(small(seed, "fight"), noise=0.0, caption=None, cars=())
        scene = replace(scene, people=scene.people[-3:])  # the fighters
        frames = [frame.mean(axis=2) for frame in scene.frames()]
        motion = np.abs(np.diff(frames, axis=0)).mean(axis=(1, 2))
        begin = round(scene.incidents[0].start * scene.rate)
        ratios.append(motion[begin : begin + 25].mean() / motion[: begin - 1].mean())
    assert np.median(ratios) > 1.5
