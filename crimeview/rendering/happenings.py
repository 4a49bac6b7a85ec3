"""What random scenes are about: fights, crashes, and ordinary life of all sorts."""

import math

import numpy as np
from numpy.random import Generator

from crimeview.rendering.camera import Camera
from crimeview.rendering.crash import Crash, CrashKind, CrashPlan, crash
from crimeview.rendering.fight import FightPlan, fight
from crimeview.rendering.gait import Person, Walk, talking, telephoning
from crimeview.rendering.incident import Incident
from crimeview.rendering.look import random_look
from crimeview.rendering.traffic import CarRun, pass_by
from crimeview.rendering.vehicle import random_car

Spot = tuple[float, float]


class Stage:
    """The ground that the camera sees around (0, 0), and how people come and leave."""

    def __init__(self, rng: Generator, camera: Camera, *, duration: float) -> None:
        self._rng, self._duration = rng, duration
        self._yaw = camera.yaw
        distance = math.hypot(*camera.at)
        self._out = 1.3 * distance * camera.size[1] / 2 / camera.focal + 3.0

    def edge(self) -> Spot:
        """A place out of the picture, to the left or the right."""
        turn = self._yaw + self._rng.choice([0.0, math.pi]) + self._rng.uniform(-0.45, 0.45)
        return float(self._out * math.cos(turn)), float(self._out * math.sin(turn))

    def near(self, spread: float) -> Spot:
        """A place around the middle, `spread` m standard deviation."""
        x, y = self._rng.normal(0.0, spread, 2)
        return float(x), float(y)

    def some_fight(self, *, start: float) -> tuple[list[Person], Incident]:
        """Two or three fight near the middle."""
        rng = self._rng
        x, y = self.near(0.3)
        turn = rng.uniform(0, 2 * math.pi)
        dx, dy = 0.5 * math.cos(turn), 0.5 * math.sin(turn)
        meeting = ((x - dx, y - dy), (x + dx, y + dy), (x, y))
        count = 3 if rng.random() < 0.55 else 2
        plan = FightPlan(
            place=(x, y),
            start=start,
            length=float(rng.uniform(5.0, 9.0)),
            argument=float(rng.uniform(0.5, 4.0)),
            ways_in=tuple((self.edge(), spot) for spot in meeting[:count]),
            ways_out=tuple((self.edge(),) for _ in range(count)),
            looks=tuple(random_look(rng) for _ in range(count)),
        )
        return fight(plan, rng)

    def some_crash(self, *, hit: float) -> Crash:
        """A crash near the middle."""
        rng = self._rng
        kinds: tuple[CrashKind, ...] = ("rear", "side", "side", "post")
        plan = CrashPlan(
            kind=kinds[rng.integers(len(kinds))],
            place=self.near(1.0),
            heading=float(rng.choice([0.0, math.pi]) + rng.normal(0, 0.5)),
            speed=float(rng.uniform(7.0, 14.0)),
            hit=hit,
            since=-6.0,
            until=self._duration + 1.0,
            side=float(rng.choice([-1.0, 1.0])),
            approach=float(rng.uniform(5.0, 25.0)),
            looks=(random_car(rng), random_car(rng)),
        )
        return crash(plan, rng)

    def curious(self, happened: Crash) -> list[Person]:
        """Up to three who come running after a crash."""
        people = []
        for _ in range(int(self._rng.integers(0, 4))):
            begin = self.edge()
            walk = Walk(self._rng, start=happened.plan.hit + self._rng.uniform(-2, 1), at=begin)
            reach = self._rng.uniform(3.5, 5.0) / self._out
            walk.to(begin[0] * reach, begin[1] * reach, speed=self._rng.uniform(2.6, 4.0))
            walk.stay(self._duration, facing=(0.0, 0.0), action=talking(self._rng))
            people.append(walk.person(random_look(self._rng)))
        return people

    def harmless(self) -> list[Person]:
        """What may be mistaken for more: people in lively talk, people running."""
        pick = self._rng.random()
        if pick < 0.4:
            return self._talk()
        return [self._runner() for _ in range(int(self._rng.integers(1, 4)))] if pick < 0.75 else []

    def passers_by(self, count: int) -> list[Person]:
        """People who walk through, some stopping with the telephone at the ear."""
        rng, people = self._rng, []
        for _ in range(count):
            speed = float(rng.uniform(1.0, 1.7))
            start = float(rng.uniform(-1.2 * self._out / speed, self._duration - 1.0))
            walk = Walk(rng, start=start, at=self.edge()).to(*self.near(3.0), speed=speed)
            if rng.random() < 0.35:
                walk.stay(float(rng.uniform(1.0, 6.0)), action=telephoning())
            people.append(walk.to(*self.edge(), speed=speed).person(random_look(rng)))
        return people

    def traffic(self, lane: float, *, density: float) -> list[CarRun]:
        """Cars on two lanes; `density` (0 to 1) thins them out."""
        rng, cars = self._rng, []
        at = float(rng.uniform(-2.0, 4.0))
        while at < self._duration + 2.0:
            speed = float(rng.uniform(5.0, 12.0) * rng.choice([-1, 1]))
            y = lane if speed > 0 else lane + 3.4
            if rng.random() < density:
                cars.append(pass_by(random_car(rng), lane=y, speed=speed, at=at))
            at += float(rng.uniform(1.5, 6.0))
        return cars

    def _talk(self) -> list[Person]:
        rng, people = self._rng, []
        a, (dx, dy) = self.near(1.0), self.near(0.2)
        b = (a[0] + 0.9 + dx, a[1] + dy)
        for me, other in ((a, b), (b, a)):
            walk = Walk(rng, start=-3.0, at=me)
            seconds = 3.0 + self._duration * rng.uniform(0.4, 1.2)
            walk.stay(seconds, facing=other, action=talking(rng))
            people.append(walk.to(*self.edge()).person(random_look(rng)))
        return people

    def _runner(self) -> Person:
        rng = self._rng
        begin, speed = self.edge(), float(rng.uniform(2.8, 4.5))
        start = float(rng.uniform(-self._out / speed, self._duration * 0.6))
        walk = Walk(rng, start=start, at=begin).to(*self.near(1.5), speed=speed)
        return walk.to(*self.edge(), speed=speed).person(random_look(rng))


def cut(incident: Incident, *, duration: float) -> Incident:
    """The part of an incident that lies within the scene."""
    end = float(np.clip(incident.end, 0.0, duration))
    return Incident(kind=incident.kind, start=max(0.0, incident.start), end=end)
