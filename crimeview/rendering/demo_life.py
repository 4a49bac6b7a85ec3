"""Ordinary life in the demonstration: walkers, talkers, a runner, people crossing, traffic."""

from numpy.random import Generator

from crimeview.rendering.demo_street import LANE_FAR, LANE_NEAR, ZEBRA, bay
from crimeview.rendering.gait import Person, Walk, talking, telephoning
from crimeview.rendering.look import random_look
from crimeview.rendering.traffic import CarRun, drive, parked, pass_by
from crimeview.rendering.vehicle import random_car

# Seconds, direction (1: to the right) and y of people on the near sidewalk.
_NEAR_WALKERS = (
    (0.0, 1, 6.3), (9.0, -1, 7.3), (24.0, 1, 5.9), (55.0, -1, 6.6), (71.0, 1, 7.2),
    (75.0, -1, 5.8), (98.0, 1, 6.3), (104.0, -1, 7.0),
)  # fmt: skip
# Seconds and direction of people on the far sidewalk.
_FAR_WALKERS = (
    (-8.0, 1), (3.0, -1), (12.0, 1), (20.0, -1), (33.0, 1), (41.0, -1), (52.0, 1), (60.0, -1),
    (69.0, 1), (77.0, -1), (84.0, 1), (93.0, -1), (101.0, 1), (106.0, -1),
)  # fmt: skip
# Seconds at which people may cross, and how many do.
_GREEN = ((19.0, 5), (60.0, 2), (78.5, 4))
# Seconds and m/s of cars that drive by, on the near lane to the right, on the far one to the left.
_NEAR_CARS = ((2, 9.0), (11, 8.0), (29.5, 9.5), (34, 8.5), (52, 9.0), (69, 8.0), (73, 9.0))
_FAR_CARS = (
    (6, -8.5),
    (27, -9.0),
    (31.5, -8.0),
    (48, -9.5),
    (68.5, -8.5),
    (72.5, -9.0),
    (103, -5.0),
)
_OUT_NEAR, _OUT_FAR = 10.0, 18.0  # m to either side: out of the picture


def everyday_people(rng: Generator) -> list[Person]:
    """All who only go about their business."""
    return [*_walkers(rng), *_runner(rng), *_crossing(rng), *_talkers(rng)]


def _walkers(rng: Generator) -> list[Person]:
    people = []
    for start, way, y in _NEAR_WALKERS:
        walk = Walk(rng, start=start, at=(-_OUT_NEAR * way, y))
        speed = rng.uniform(1.15, 1.55)
        walk.to(rng.uniform(-2, 2), y + rng.normal(0, 0.2), speed=speed)
        if rng.random() < 0.4:
            walk.stay(rng.uniform(1.5, 3.5), action=telephoning())
        people.append(walk.to(_OUT_NEAR * way, y, speed=speed).person(random_look(rng)))
    for start, way in _FAR_WALKERS:
        y = rng.uniform(21.4, 23.6)
        walk = Walk(rng, start=start, at=(-_OUT_FAR * way, y))
        walk.to(_OUT_FAR * way, y, speed=rng.uniform(1.1, 1.6))
        people.append(walk.person(random_look(rng)))
    return people


def _runner(rng: Generator) -> list[Person]:
    walk = Walk(rng, start=63.0, at=(-_OUT_NEAR, 6.5)).to(_OUT_NEAR, 6.8, speed=3.4)
    return [walk.person(random_look(rng))]


def _crossing(rng: Generator) -> list[Person]:
    """People who come to the crossing from both sides, wait, cross and go on."""
    people = []
    for green, count in _GREEN:
        for number in range(count):
            x = ZEBRA + rng.uniform(-1.6, 1.6)
            near = ((_OUT_NEAR, rng.uniform(5.8, 7.4)), (x, 8.0))
            far = ((float(rng.choice([-1, 1])) * _OUT_FAR, rng.uniform(21.5, 23.0)), (x, 16.1))
            (begin, wait), (goal, over) = (far, near) if number % 2 else (near, far)
            seconds = (abs(wait[0] - begin[0]) + abs(wait[1] - begin[1])) / 1.35
            walk = Walk(rng, start=green - seconds - rng.uniform(0.0, 3.0), at=begin)
            walk.to(x, begin[1]).to(*wait).stay(max(0.1, green - walk.now))
            walk.to(*over, speed=rng.uniform(1.2, 1.6)).to(x, goal[1]).to(*goal)
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


def traffic(rng: Generator, *, until: float) -> list[CarRun]:
    """Cars driving by, one that waits at the crossing and one that parks."""
    passing = [(at, speed, LANE_NEAR) for at, speed in _NEAR_CARS]
    passing += [(at, speed, LANE_FAR) for at, speed in _FAR_CARS]
    cars = [pass_by(random_car(rng), lane=lane, speed=v, at=at) for at, v, lane in passing]
    waiting = (
        (10.0, -45.0), (15.5, -4.0), (16.5, -1.4), (24.8, -1.4), (26.2, 3.0), (31.0, 45.0)
    )  # fmt: skip
    cars.append(drive(random_car(rng), [(at, x, LANE_NEAR) for at, x in waiting]))
    x, y = bay(7)
    parking = [
        (50.0, 45.0, LANE_FAR), (54.5, 6.0, LANE_FAR), (56.5, -1.0, LANE_FAR - 0.3),
        (58.3, x + 0.9, LANE_FAR + 1.1), (60.0, x, y - 1.5), (61.6, x, y), (62.5, x, y),
    ]  # fmt: skip
    return [*cars, parked(drive(random_car(rng), parking), until=until)]
