"""The course of a fight: blows, a clinch, a fall, and what follows on the ground."""

import math

import numpy as np
from numpy.random import Generator

from crimeview.rendering.blows import Fighter, kick, punch, ramp, shove
from crimeview.rendering.camera import Floats
from crimeview.rendering.gait import TICKS, wander
from crimeview.rendering.skeleton import Pose


class Brawl:
    """What attacker, victim and second attacker do from the first blow on, at TICKS a second.

    `axis` (n,) is the direction from attacker to victim (rad); `clinch` and `fall` are seconds.
    """

    def __init__(
        self, rng: Generator, *, place: tuple[float, float], angle: float, seconds: float
    ) -> None:
        """Around `place`; `angle` is the direction from attacker to victim in the beginning."""
        self._rng = rng
        self.seconds = seconds
        self.attacker, self.victim, self.second = (Fighter(seconds) for _ in range(3))
        self.clinch = seconds * rng.uniform(0.34, 0.42)
        self.fall = seconds * rng.uniform(0.52, 0.6)
        self._t = t = self.attacker.times
        count = len(t)
        settle = np.clip(t / 0.5, 0.0, 1.0)
        self._clinched = ramp(t, self.clinch, 0.25) * (1 - ramp(t, self.fall, 0.3))
        spin = np.cumsum(self._clinched) / TICKS * rng.choice([-1, 1]) * rng.uniform(1.8, 2.8)
        self.axis = angle + settle * 0.35 * wander(rng, count, sigma=0.35) + spin
        gap = 0.95 - 0.15 * settle + 0.1 * settle * wander(rng, count, sigma=0.2)
        gap += (0.42 - gap) * self._clinched
        self._gap = np.maximum(gap, 0.38) + 0.3 * ramp(t, self.fall + 0.2, 0.5)
        drift = np.stack([wander(rng, count, sigma=0.45) for _ in range(2)], axis=1)
        self._center: Floats = np.array(place) + 0.22 * (drift - drift[0])
        self._exchange()
        self._wrestle()
        self._go_down()

    def attacker_places(self) -> Floats:
        """Where the attacker stands, (n, 2)."""
        return self._center + (self.attacker.push - self._gap / 2)[:, None] * _unit(self.axis)

    def victim_places(self) -> Floats:
        """Where the victim stands or lies, (n, 2)."""
        return self._center + (self._gap / 2 - self.victim.push)[:, None] * _unit(self.axis)

    def second_places(self, *, side: float) -> tuple[Floats, Floats]:
        """Places (n, 2) beside the victim, left (1) or right (-1), and headings (n,)."""
        across = self.axis + side * math.pi / 2
        middle = self.victim_places() * 0.7 + self._center * 0.3
        return middle + (0.75 - self.second.push)[:, None] * _unit(across), across + math.pi

    def _exchange(self) -> None:
        """Blows in quick turn until the clinch; the attacker gives more than he takes."""
        rng = self._rng
        shove(self.attacker, self.victim, at=0.05)
        at = rng.uniform(0.55, 0.75)
        while at < self.clinch - 0.15:
            pair = (self.attacker, self.victim)
            by, on = pair if rng.random() < 0.65 else pair[::-1]
            blow = kick if rng.random() < 0.25 else punch
            blow(by, on, at=at, rng=rng)
            at += rng.uniform(0.26, 0.48)

    def _wrestle(self) -> None:
        """Arms around each other, tearing and turning."""
        rng, count = self._rng, len(self._t)
        for poses in (self.attacker.poses, self.victim.poses):
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
        down = np.clip((t - self.fall) / 0.55, 0.0, 1.0) ** 1.8
        victim = self.victim.poses
        victim[:, Pose.TIP] -= 1.5 * down
        victim[:, Pose.SIDE_TIP] += down * (
            rng.choice([-0.5, 0.5]) + 0.3 * wander(rng, count, sigma=0.3)
        )
        self.victim.push -= 0.55 * down
        for arm, out in ((Pose.LEFT_ARM, Pose.LEFT_OUT), (Pose.RIGHT_ARM, Pose.RIGHT_OUT)):
            victim[:, arm] += down * (1.1 + 0.5 * wander(rng, count, sigma=0.14))
            victim[:, out] += down * 0.3 * np.abs(wander(rng, count, sigma=0.14))
        for hip, knee in ((Pose.LEFT_HIP, Pose.LEFT_KNEE), (Pose.RIGHT_HIP, Pose.RIGHT_KNEE)):
            jerk = np.abs(wander(rng, count, sigma=0.16))
            victim[:, hip] += down * (0.35 + 0.55 * jerk)
            victim[:, knee] += down * (0.5 + 0.75 * jerk)
        end = self.seconds - 0.55
        self._beat_down(start=self.fall + 0.55, end=end)
        at = self.clinch + 0.4
        while at < end:
            blow = punch if at < self.fall else kick
            blow(self.second, self.victim, at=at, rng=rng)
            at += rng.uniform(0.4, 0.6)

    def _beat_down(self, *, start: float, end: float) -> None:
        """The attacker bends over the one on the ground: fists from above, then kicks."""
        t, poses = self._t, self.attacker.poses
        turn = start + (end - start) * self._rng.uniform(0.4, 0.7)
        bent = ramp(t, start - 0.2, 0.3) * (1 - ramp(t, turn, 0.3))
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
            kick(self.attacker, self.victim, at=at, rng=self._rng)
            at += self._rng.uniform(0.42, 0.58)


def _unit(angles: Floats) -> Floats:
    return np.stack([np.cos(angles), np.sin(angles)], axis=1)
