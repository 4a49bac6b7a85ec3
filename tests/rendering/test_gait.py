import math

import numpy as np
import pytest

from crimeview.rendering.camera import Camera
from crimeview.rendering.gait import TICKS, Person, Walk, smooth, talking, wander
from crimeview.rendering.light import Light
from crimeview.rendering.look import random_look
from crimeview.rendering.skeleton import Pose

LIGHT = Light(
    level=1.0, shadow=(0.5, 0.3), shade=0.4, lamps=(), saturation=1.0, tint=(1.0, 1.0, 1.0)
)
CAMERA = Camera.looking_at(
    (0.0, 0.0), distance=8.0, height=4.0, yaw=0.0, person=0.3, row=0.7, size=(180, 320)
)


def walker(speed: float) -> Person:
    rng = np.random.default_rng(1)
    walk = Walk(rng, start=2.0, at=(-8.0, 0.0)).to(8.0, 0.0, speed=speed)
    return walk.person(random_look(rng))


def test_a_walker_keeps_pace_and_looks_ahead() -> None:
    person = walker(1.4)
    assert len(person.places) / TICKS == pytest.approx(16 / 1.4, abs=0.05)
    middle = slice(50, -50)
    pace = np.diff(person.places[middle, 0]) * TICKS
    assert pace == pytest.approx(1.4, abs=0.01)
    assert person.headings[middle] == pytest.approx(0.0, abs=1e-6)


def test_legs_swing_in_turn_and_wider_when_running() -> None:
    walking, running = walker(1.3).poses[50:-50], walker(3.5).poses[50:-50]
    left, right = walking[:, Pose.LEFT_HIP], walking[:, Pose.RIGHT_HIP]
    assert np.corrcoef(left, right)[0, 1] < -0.95
    assert np.ptp(running[:, Pose.LEFT_HIP]) > 1.3 * np.ptp(left)
    assert running[:, Pose.LEFT_ELBOW].mean() > walking[:, Pose.LEFT_ELBOW].mean() + 0.8


def test_who_stays_faces_where_told_and_stands() -> None:
    rng = np.random.default_rng(2)
    walk = Walk(rng, start=0.0, at=(0.0, 0.0)).to(2.0, 0.0)
    walk.stay(4.0, facing=(2.0, 5.0), action=talking(rng))
    person = walk.person(random_look(rng))
    last = slice(-2 * TICKS, None)
    assert np.ptp(person.places[last], axis=0) == pytest.approx([0, 0], abs=1e-6)
    assert person.headings[last] == pytest.approx(math.pi / 2, abs=0.01)
    assert np.ptp(person.poses[last, Pose.LEFT_HIP]) < 0.02


def test_a_person_is_there_only_in_their_time() -> None:
    person = walker(1.4)
    assert person.figure(1.9, camera=CAMERA, light=LIGHT) is None
    assert person.figure(7.0, camera=CAMERA, light=LIGHT) is not None
    assert person.figure(2.1 + 16 / 1.4, camera=CAMERA, light=LIGHT) is None


def test_smoothing_keeps_lines_and_wandering_has_unit_size() -> None:
    line = np.linspace(0.0, 5.0, 400)
    assert smooth(line, 0.1)[50:-50] == pytest.approx(line[50:-50])
    rng = np.random.default_rng(3)
    assert np.std(wander(rng, 20_000, sigma=0.2)) == pytest.approx(1.0, abs=0.15)
