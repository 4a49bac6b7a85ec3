"""A fight between two people, or two against one, from the first shove to the running away."""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.random import Generator

from crimeview.rendering.camera import Floats
from crimeview.rendering.figure import Look, Pose
from crimeview.rendering.gait import TICKS, Action, Person, Walk, talking, wander
from crimeview.rendering.incident import Incident

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
    brawl = _Brawl(plan, rng)
    people = [brawl.attacker(), brawl.victim()]
    if len(plan.ways_in) > 2:
        people.append(brawl.second())
    return people, Incident(kind="fight", start=plan.start, end=plan.start + plan.length)


def _bump(t: Floats, at: float, *, rise: float, hold: float, fall: float) -> Floats:
    """0, up to 1 within `rise` s, held, and back: the course of a blow."""
    up = np.clip((t - at) / rise, 0.0, 1.0)
    down = np.clip((t - at - rise - hold) / fall, 0.0, 1.0)
    return np.asarray(up * up * (3 - 2 * up) - down * down * (3 - 2 * down))


def _ramp(t: Floats, at: float, seconds: float) -> Floats:
    share = np.clip((t - at) / seconds, 0.0, 1.0)
    return np.asarray(share * share * (3 - 2 * share))


class _Brawl:
    """The shared course of a fight; all arrays run at TICKS a second from the first blow on."""

    def __init__(self, plan: FightPlan, rng: Generator) -> None:
        self._plan, self._rng = plan, rng
        count = round(plan.length * TICKS)
        self._t = t = np.arange(count) / TICKS
        self._clinch = plan.length * rng.uniform(0.34, 0.42)
        self._fall = plan.length * rng.uniform(0.52, 0.6)
        settle = np.clip(t / 0.5, 0.0, 1.0)
        a = plan.ways_in[0][-1]
        b = plan.ways_in[1][-1]
        angle = math.atan2(b[1] - a[1], b[0] - a[0])
        clinched = _ramp(t, self._clinch, 0.25) * (1 - _ramp(t, self._fall, 0.3))
        spin = np.cumsum(clinched) / TICKS * rng.choice([-1, 1]) * rng.uniform(1.8, 2.8)
        self._angle = angle + settle * 0.35 * wander(rng, count, sigma=0.35) + spin
        gap = 0.95 - 0.15 * settle + 0.1 * settle * wander(rng, count, sigma=0.2)
        gap += (0.42 - gap) * clinched
        self._gap = np.maximum(gap, 0.38) + 0.3 * _ramp(t, self._fall + 0.2, 0.5)
        drift = np.stack([wander(rng, count, sigma=0.45) for _ in range(2)], axis=1)
        drift -= drift[0]
        self._center = np.array(plan.place) + 0.22 * drift
        self._clinched = clinched
        self._poses = {
            who: np.zeros((count, len(Pose))) for who in ("attacker", "victim", "second")
        }
        self._push = {who: np.zeros(count) for who in self._poses}
        self._exchange()
        self._wrestle()
        self._go_down()

    def attacker(self) -> Person:
        u = np.stack([np.cos(self._angle), np.sin(self._angle)], axis=1)
        places = self._center + u * (self._push["attacker"] - self._gap / 2)[:, None]
        walk = self._enter(0, meeting=1)
        walk.do(self._action("attacker", guard=1.0), start=walk.now, seconds=self._plan.length)
        walk.follow(places, self._angle)
        return self._leave(walk, 0, speed=4.2)

    def victim(self) -> Person:
        places = self._victim_places()
        walk = self._enter(1, meeting=0)
        walk.do(self._action("victim", guard=0.8), start=walk.now, seconds=self._plan.length)
        walk.follow(places, self._angle + math.pi)
        lying, rising = self._rng.uniform(2.0, 3.0), 2.0
        walk.do(_lie_then_rise(lying, rising, self._rng), start=walk.now, seconds=lying + rising)
        end = float(self._angle[-1] + math.pi)
        ahead = (walk.at[0] + math.cos(end), walk.at[1] + math.sin(end))
        walk.stay(lying + rising, facing=ahead)
        return self._leave(walk, 1, speed=0.8)

    def second(self) -> Person:
        """He comes running as the clinch begins, strikes from the side and kicks on the ground."""
        side = self._rng.choice([-1.0, 1.0])
        across = self._angle + side * math.pi / 2
        reach = 0.75 - self._push["second"]
        places = self._victim_places() * 0.7 + self._center * 0.3
        places = places + np.stack([np.cos(across), np.sin(across)], axis=1) * reach[:, None]
        arrival = round(self._clinch * TICKS)
        plan = self._plan
        start = plan.start + self._clinch
        way = plan.ways_in[2]
        length = _length((*way, (float(places[arrival, 0]), float(places[arrival, 1]))))
        walk = Walk(self._rng, start=start - length / 3.8, at=way[0])
        for x, y in (*way[1:], (float(places[arrival, 0]), float(places[arrival, 1]))):
            walk.to(x, y, speed=3.8)
        rest = places[arrival:]
        act = self._action("second", guard=0.7, skip=arrival)
        walk.do(act, start=walk.now, seconds=len(rest) / TICKS)
        walk.follow(rest, across[arrival:] + math.pi)
        return self._leave(walk, 2, speed=4.6)

    def _victim_places(self) -> Floats:
        u = np.stack([np.cos(self._angle), np.sin(self._angle)], axis=1)
        return np.asarray(self._center + u * (self._gap / 2 - self._push["victim"])[:, None])

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

    def _action(self, who: str, *, guard: float, skip: int = 0) -> Action:
        change = self._poses[who][skip:]
        count = len(change)
        rng = self._rng
        noise = 0.16 * np.stack([wander(rng, count, sigma=0.1) for _ in Pose], axis=1)
        noise[:, [Pose.TIP, Pose.SIDE_TIP, Pose.SPREAD]] = 0.0
        upright = np.cos(change[:, Pose.TIP])

        def act(poses: Floats, seconds: Floats) -> None:
            n = len(poses)
            raised = guard * _ramp(seconds, 0.0, 0.25)
            for arm in (Pose.LEFT_ARM, Pose.RIGHT_ARM):
                poses[:, arm] = 0.85 * raised
            for elbow in (Pose.LEFT_ELBOW, Pose.RIGHT_ELBOW):
                poses[:, elbow] = 1.85 * raised
            for out in (Pose.LEFT_OUT, Pose.RIGHT_OUT):
                poses[:, out] = 0.3
            poses[:, Pose.LEAN] += 0.18
            poses[:, Pose.SPREAD] = 0.2
            for knee in (Pose.LEFT_KNEE, Pose.RIGHT_KNEE):
                poses[:, knee] = np.maximum(poses[:, knee], 0.3) * upright[:n]
            for hip in (Pose.LEFT_HIP, Pose.RIGHT_HIP):
                poses[:, hip] = (poses[:, hip] + 0.15) * upright[:n]
            poses += change[:n] + noise[:n]

        return act

    def _exchange(self) -> None:
        """Blows in quick turn until the clinch; the attacker gives more than he takes."""
        rng = self._rng
        self._shove("attacker", "victim", at=0.05)
        at = rng.uniform(0.55, 0.75)
        while at < self._clinch - 0.15:
            by, on = ("attacker", "victim") if rng.random() < 0.65 else ("victim", "attacker")
            if rng.random() < 0.25:
                self._kick(by, on, at=at)
            else:
                self._punch(by, on, at=at)
            at += rng.uniform(0.26, 0.48)

    def _wrestle(self) -> None:
        """Arms around each other, tearing and turning."""
        count = len(self._t)
        for who in ("attacker", "victim"):
            poses, rng = self._poses[who], self._rng
            for arm in (Pose.LEFT_ARM, Pose.RIGHT_ARM):
                poses[:, arm] += self._clinched * (0.45 + 0.4 * wander(rng, count, sigma=0.12))
            for elbow in (Pose.LEFT_ELBOW, Pose.RIGHT_ELBOW):
                poses[:, elbow] += self._clinched * (-0.9 + 0.5 * wander(rng, count, sigma=0.12))
            poses[:, Pose.LEAN] += self._clinched * (0.25 + 0.22 * wander(rng, count, sigma=0.16))
            poses[:, Pose.ROLL] += self._clinched * 0.3 * wander(rng, count, sigma=0.16)
            poses[:, Pose.TWIST] += self._clinched * 0.45 * wander(rng, count, sigma=0.14)

    def _go_down(self) -> None:
        """The victim falls on his back and covers himself; the others go on from above."""
        t, rng, count = self._t, self._rng, len(self._t)
        down = np.clip((t - self._fall) / 0.55, 0.0, 1.0) ** 1.8
        victim = self._poses["victim"]
        victim[:, Pose.TIP] -= 1.5 * down
        victim[:, Pose.SIDE_TIP] += down * (
            rng.choice([-0.5, 0.5]) + 0.3 * wander(rng, count, sigma=0.3)
        )
        self._push["victim"] -= 0.55 * down
        for arm, out in ((Pose.LEFT_ARM, Pose.LEFT_OUT), (Pose.RIGHT_ARM, Pose.RIGHT_OUT)):
            victim[:, arm] += down * (1.1 + 0.5 * wander(rng, count, sigma=0.14))
            victim[:, out] += down * 0.3 * np.abs(wander(rng, count, sigma=0.14))
        for hip, knee in ((Pose.LEFT_HIP, Pose.LEFT_KNEE), (Pose.RIGHT_HIP, Pose.RIGHT_KNEE)):
            kick = np.abs(wander(rng, count, sigma=0.16))
            victim[:, hip] += down * (0.35 + 0.55 * kick)
            victim[:, knee] += down * (0.5 + 0.75 * kick)
        end = self._plan.length - 0.55
        self._beat_down("attacker", start=self._fall + 0.55, end=end)
        at = self._clinch + 0.4
        while at < end:
            act = self._punch if at < self._fall else self._kick
            act("second", "victim", at=at)
            at += rng.uniform(0.4, 0.6)

    def _beat_down(self, who: str, *, start: float, end: float) -> None:
        """Bent over the one on the ground: fists from above, then kicks."""
        t, poses = self._t, self._poses[who]
        turn = start + (end - start) * self._rng.uniform(0.4, 0.7)
        bent = _ramp(t, start - 0.2, 0.3) * (1 - _ramp(t, turn, 0.3))
        poses[:, Pose.LEAN] += 0.75 * bent
        for knee, hip in ((Pose.LEFT_KNEE, Pose.LEFT_HIP), (Pose.RIGHT_KNEE, Pose.RIGHT_HIP)):
            poses[:, knee] += 0.8 * bent
            poses[:, hip] += 0.65 * bent
        beat = 2 * math.pi * self._rng.uniform(1.9, 2.4) * t
        poses[:, Pose.RIGHT_ARM] += bent * (0.5 + 1.1 * np.sin(beat))
        poses[:, Pose.LEFT_ARM] += bent * (0.3 + 0.8 * np.sin(beat + 2.6))
        poses[:, Pose.RIGHT_ELBOW] += bent * (-0.7 + 0.8 * np.sin(beat + 0.6))
        poses[:, Pose.LEFT_ELBOW] += bent * (-0.6 + 0.6 * np.sin(beat + 3.1))
        poses[:, Pose.TWIST] += bent * 0.35 * np.sin(beat)
        at = turn + 0.2
        while at < end - 0.3:
            self._kick(who, "victim", at=at)
            at += self._rng.uniform(0.42, 0.58)

    def _punch(self, by: str, on: str, *, at: float) -> None:
        right = self._rng.random() < 0.6
        arm, elbow, out, sign = (
            (Pose.RIGHT_ARM, Pose.RIGHT_ELBOW, Pose.RIGHT_OUT, 1.0)
            if right
            else (Pose.LEFT_ARM, Pose.LEFT_ELBOW, Pose.LEFT_OUT, -1.0)
        )
        blow = _bump(self._t, at, rise=0.1, hold=0.05, fall=0.18)
        wind = _bump(self._t, at - 0.16, rise=0.12, hold=0.0, fall=0.1)
        poses = self._poses[by]
        poses[:, arm] += 0.75 * blow - 0.7 * wind
        poses[:, elbow] += -1.65 * blow
        poses[:, out] += 0.35 * wind
        poses[:, Pose.TWIST] += sign * (0.65 * blow - 0.4 * wind)
        poses[:, Pose.LEAN] += 0.28 * blow
        self._push[by] += 0.2 * blow
        self._take(on, at=at + 0.08, force=1.0, sign=sign)

    def _kick(self, by: str, on: str, *, at: float) -> None:
        right = self._rng.random() < 0.7
        hip, knee = (Pose.RIGHT_HIP, Pose.RIGHT_KNEE) if right else (Pose.LEFT_HIP, Pose.LEFT_KNEE)
        blow = _bump(self._t, at, rise=0.14, hold=0.05, fall=0.22)
        wind = _bump(self._t, at - 0.16, rise=0.14, hold=0.02, fall=0.12)
        poses = self._poses[by]
        poses[:, hip] += 1.15 * blow - 0.5 * wind
        poses[:, knee] += 1.0 * wind
        poses[:, Pose.LEAN] += -0.3 * blow + 0.15 * wind
        for out in (Pose.LEFT_OUT, Pose.RIGHT_OUT):
            poses[:, out] += 0.45 * blow
        self._push[by] += 0.12 * blow
        self._take(on, at=at + 0.12, force=0.7, sign=1.0)

    def _shove(self, by: str, on: str, *, at: float) -> None:
        blow = _bump(self._t, at, rise=0.16, hold=0.1, fall=0.3)
        poses = self._poses[by]
        for arm, elbow in ((Pose.LEFT_ARM, Pose.LEFT_ELBOW), (Pose.RIGHT_ARM, Pose.RIGHT_ELBOW)):
            poses[:, arm] += 0.65 * blow
            poses[:, elbow] -= 1.6 * blow
        poses[:, Pose.LEAN] += 0.4 * blow
        self._push[by] += 0.25 * blow
        self._take(on, at=at + 0.12, force=1.5, sign=1.0)

    def _take(self, who: str, *, at: float, force: float, sign: float) -> None:
        """The one who is hit reels back."""
        hit = force * _bump(self._t, at, rise=0.09, hold=0.04, fall=0.4)
        poses = self._poses[who]
        standing = np.cos(poses[:, Pose.TIP])
        poses[:, Pose.LEAN] -= 0.38 * hit * standing
        poses[:, Pose.NOD] -= 0.35 * hit
        poses[:, Pose.TWIST] += 0.35 * sign * hit
        poses[:, Pose.ROLL] += 0.15 * sign * hit
        for out, elbow in ((Pose.LEFT_OUT, Pose.LEFT_ELBOW), (Pose.RIGHT_OUT, Pose.RIGHT_ELBOW)):
            poses[:, out] += 0.45 * hit
            poses[:, elbow] -= 0.5 * hit
        self._push[who] -= 0.2 * hit * standing


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
        up = _ramp(seconds, lying, rising * 0.7)
        crouch = _ramp(seconds, lying, rising * 0.4) * (
            1 - _ramp(seconds, lying + rising * 0.4, rising * 0.6)
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
