"""A fight between two people, or two against one, from the first shove to the running away."""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.random import Generator

from crimeview.rendering.blows import Fighter, ramp
from crimeview.rendering.brawl import Brawl
from crimeview.rendering.camera import Floats
from crimeview.rendering.gait import TICKS, Action, Person, Walk, talking, wander
from crimeview.rendering.incident import Incident
from crimeview.rendering.look import Look
from crimeview.rendering.skeleton import Pose

Way = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FightPlan:
    """Where and when.

    The fight lasts from `start` for `length` seconds around `place` (m). Fighters walk in along
    `ways_in` and leave along `ways_out` (way points; one tuple each: attacker, victim and perhaps a
    second attacker, who comes running); `argument` seconds of loud talk come before the first blow.
    """

    place: tuple[float, float]
    start: float
    length: float
    argument: float
    ways_in: tuple[Way, ...]
    ways_out: tuple[Way, ...]
    looks: tuple[Look, ...]


def fight(plan: FightPlan, rng: Generator) -> tuple[list[Person], Incident]:
    """Play the plan: everybody's tracks, and the incident."""
    cast = _Cast(plan, rng)
    people = [cast.attacker(), cast.victim()]
    if len(plan.ways_in) > 2:
        people.append(cast.second())
    return people, Incident(kind="fight", start=plan.start, end=plan.start + plan.length)


class _Cast:
    """Lays out everybody's way into the brawl, through it and out."""

    def __init__(self, plan: FightPlan, rng: Generator) -> None:
        self._plan, self._rng = plan, rng
        (ax, ay), (bx, by) = plan.ways_in[0][-1], plan.ways_in[1][-1]
        angle = math.atan2(by - ay, bx - ax)
        self._brawl = Brawl(rng, place=plan.place, angle=angle, seconds=plan.length)

    def attacker(self) -> Person:
        brawl = self._brawl
        walk = self._enter(0, meeting=1)
        walk.do(_fighting(brawl.attacker, self._rng), start=walk.now, seconds=brawl.seconds)
        walk.follow(brawl.attacker_places(), brawl.axis)
        return self._leave(walk, 0, speed=4.2)

    def victim(self) -> Person:
        brawl, rng = self._brawl, self._rng
        walk = self._enter(1, meeting=0)
        walk.do(_fighting(brawl.victim, rng), start=walk.now, seconds=brawl.seconds)
        headings = brawl.axis + math.pi
        walk.follow(brawl.victim_places(), headings)
        lying, rising = rng.uniform(2.0, 3.0), 2.0
        ahead = (walk.at[0] + math.cos(headings[-1]), walk.at[1] + math.sin(headings[-1]))
        act = _lie_then_rise(lying, rising, rng)
        walk.stay(lying + rising, facing=ahead, action=act)
        return self._leave(walk, 1, speed=0.8)

    def second(self) -> Person:
        """He comes running as the clinch begins, strikes from the side and kicks on the ground."""
        brawl, plan = self._brawl, self._plan
        places, headings = brawl.second_places(side=self._rng.choice([-1.0, 1.0]))
        arrival = round(brawl.clinch * TICKS)
        way = (*plan.ways_in[2], (float(places[arrival, 0]), float(places[arrival, 1])))
        running = 3.8
        start = plan.start + brawl.clinch - _length(way) / running
        walk = Walk(self._rng, start=start, at=way[0])
        for x, y in way[1:]:
            walk.to(x, y, speed=running)
        act = _fighting(brawl.second, self._rng, skip=arrival)
        walk.do(act, start=walk.now, seconds=(len(places) - arrival) / TICKS)
        walk.follow(places[arrival:], headings[arrival:])
        return self._leave(walk, 2, speed=4.6)

    def _enter(self, who: int, *, meeting: int) -> Walk:
        plan = self._plan
        way = plan.ways_in[who]
        speed = self._rng.uniform(1.3, 1.6)
        arrival = plan.start - plan.argument
        walk = Walk(self._rng, start=arrival - _length(way) / speed, at=way[0])
        for x, y in way[1:]:
            walk.to(x, y, speed=speed)
        walk.stay(plan.argument, facing=plan.ways_in[meeting][-1], action=_quarrelling(self._rng))
        return walk

    def _leave(self, walk: Walk, who: int, *, speed: float) -> Person:
        for x, y in self._plan.ways_out[who]:
            walk.to(x, y, speed=speed * self._rng.uniform(0.9, 1.1))
        return walk.person(self._plan.looks[who])


def _fighting(fighter: Fighter, rng: Generator, *, skip: int = 0) -> Action:
    """Guard up, knees bent, never still, and on top what the fighter does from row `skip` on."""
    change = fighter.poses[skip:]
    noise = 0.16 * np.stack([wander(rng, len(change), sigma=0.1) for _ in Pose], axis=1)
    noise[:, [Pose.TIP, Pose.SIDE_TIP, Pose.SPREAD]] = 0.0
    upright = np.cos(change[:, Pose.TIP])

    def act(poses: Floats, seconds: Floats) -> None:
        n = len(poses)
        raised = ramp(seconds, 0.0, 0.25)
        for arm, elbow, out in (
            (Pose.LEFT_ARM, Pose.LEFT_ELBOW, Pose.LEFT_OUT),
            (Pose.RIGHT_ARM, Pose.RIGHT_ELBOW, Pose.RIGHT_OUT),
        ):
            poses[:, arm] = 0.8 * raised
            poses[:, elbow] = 1.7 * raised
            poses[:, out] = 0.3
        for hip, knee in ((Pose.LEFT_HIP, Pose.LEFT_KNEE), (Pose.RIGHT_HIP, Pose.RIGHT_KNEE)):
            poses[:, knee] = np.maximum(poses[:, knee], 0.3) * upright[:n]
            poses[:, hip] = (poses[:, hip] + 0.15) * upright[:n]
        poses[:, Pose.LEAN] += 0.18
        poses[:, Pose.SPREAD] = 0.2
        poses += change[:n] + noise[:n]

    return act


def _quarrelling(rng: Generator) -> Action:
    """Talk with big gestures: pointing, arms thrown up, leaning in."""
    calm = talking(rng)

    def act(poses: Floats, seconds: Floats) -> None:
        calm(poses, seconds)
        count = len(seconds)
        for arm, elbow in ((Pose.LEFT_ARM, Pose.LEFT_ELBOW), (Pose.RIGHT_ARM, Pose.RIGHT_ELBOW)):
            mood = np.clip(wander(rng, count, sigma=0.35), 0.0, 1.5)
            poses[:, arm] += 0.7 * mood
            poses[:, elbow] += 0.5 * mood
        poses[:, Pose.LEAN] += 0.12 * np.clip(wander(rng, count, sigma=0.4), -0.5, 1.5)

    return act


def _lie_then_rise(lying: float, rising: float, rng: Generator) -> Action:
    """On the back for a while, then over a crouch to the feet."""

    def act(poses: Floats, seconds: Floats) -> None:
        count = len(seconds)
        up = ramp(seconds, lying, rising * 0.7)
        crouch = ramp(seconds, lying, rising * 0.4) * (
            1 - ramp(seconds, lying + rising * 0.4, rising * 0.6)
        )
        faint = 0.25 * wander(rng, count, sigma=0.5)
        poses[:, Pose.TIP] = -1.5 * (1 - up)
        poses[:, Pose.LEAN] = 0.15 + 0.9 * crouch
        for hip, knee in ((Pose.LEFT_HIP, Pose.LEFT_KNEE), (Pose.RIGHT_HIP, Pose.RIGHT_KNEE)):
            poses[:, hip] = (0.5 + faint) * (1 - up) + 1.3 * crouch
            poses[:, knee] = (0.8 + faint) * (1 - up) + 1.9 * crouch
        poses[:, Pose.RIGHT_ARM] = 0.9 * (1 - up) + 0.4
        poses[:, Pose.RIGHT_ELBOW] = 1.4
        poses[:, Pose.LEFT_OUT] = 0.7 * (1 - up) + 0.1

    return act


def _length(way: Way) -> float:
    return sum(math.dist(a, b) for a, b in pairwise(way))
