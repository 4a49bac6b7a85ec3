"""How people move: a walk laid out as way points, turned into positions, headings and poses.

All tracks are sampled at `TICKS` a second and then smoothed, so that every start, stop and turn
comes out rounded.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from crimeview.rendering.camera import Camera, Floats
from crimeview.rendering.figure import Figure
from crimeview.rendering.light import Light
from crimeview.rendering.look import Look
from crimeview.rendering.skeleton import Pose

TICKS = 50


@dataclass(frozen=True, slots=True)
class Person:
    """A person's whole time in the scene.

    Row i of `places` (n, 2), `headings` (n,) and `poses` (n, 17) is `start` + i / TICKS seconds.
    """

    look: Look
    start: float
    places: Floats
    headings: Floats
    poses: Floats

    def figure(self, seconds: float, *, camera: Camera, light: Light) -> Figure | None:
        """The person at a time, None while not there or not in the picture."""
        row = round((seconds - self.start) * TICKS)
        if not 0 <= row < len(self.places):
            return None
        x, y = self.places[row].tolist()
        if not camera.may_see((x, y), margin=2.5):
            return None
        heading = float(self.headings[row])
        return Figure(
            self.look, self.poses[row], at=(x, y), heading=heading, camera=camera, light=light
        )


Action = Callable[[Floats, Floats], None]
"""Changes poses (m, 17) in place, given the seconds (m,) since the action began."""


class Walk:
    """Lays out what one person does, piece after piece."""

    def __init__(self, rng: Generator, *, start: float, at: tuple[float, float]) -> None:
        self._rng = rng
        self.start = self.now = start
        self.at = at
        self._points = [(start, *at)]
        self._facing: list[tuple[float, float, float]] = []
        self._actions: list[tuple[float, float, Action]] = []

    def to(self, x: float, y: float, *, speed: float = 1.35) -> "Walk":
        """Go straight to a point, at `speed` m/s."""
        self.now += math.hypot(x - self.at[0], y - self.at[1]) / speed
        self.at = (x, y)
        self._points.append((self.now, x, y))
        return self

    def stay(
        self,
        seconds: float,
        *,
        facing: tuple[float, float] | None = None,
        action: Action | None = None,
    ) -> "Walk":
        """Stand, turned to a point if given, doing `action`."""
        if facing is not None:
            angle = math.atan2(facing[1] - self.at[1], facing[0] - self.at[0])
            self._facing.append((self.now, self.now + seconds, angle))
        if action is not None:
            self.do(action, start=self.now, seconds=seconds)
        self.now += seconds
        self._points.append((self.now, *self.at))
        return self

    def do(self, action: Action, *, start: float, seconds: float) -> "Walk":
        """Lay an action over whatever happens from `start` on."""
        self._actions.append((start, seconds, action))
        return self

    def follow(self, places: Floats, headings: Floats) -> "Walk":
        """Go along places (n, 2) given at TICKS a second, turned as `headings` (n,) says."""
        for row, (x, y) in enumerate(places):
            self._points.append((self.now + row / TICKS, float(x), float(y)))
        for row in range(0, len(headings), 2):
            at = self.now + row / TICKS
            self._facing.append((at, at + 2 / TICKS, float(headings[row])))
        self.now += len(places) / TICKS
        self.at = (float(places[-1, 0]), float(places[-1, 1]))
        return self

    def person(self, look: Look) -> Person:
        """The finished tracks."""
        count = max(2, round((self.now - self.start) * TICKS))
        times = self.start + np.arange(count) / TICKS
        when = np.array([p[0] for p in self._points])
        places = np.stack(
            [np.interp(times, when, [p[axis] for p in self._points]) for axis in (1, 2)], axis=1
        )
        places = smooth(places, 0.12)
        velocity = np.gradient(places, 1.0 / TICKS, axis=0)
        headings = self._headings(times, velocity)
        poses = walking(velocity, headings, self._rng)
        for start, seconds, action in self._actions:
            first = max(0, round((start - self.start) * TICKS))
            stop = min(count, first + round(seconds * TICKS))
            if stop > first:
                action(poses[first:stop], np.arange(stop - first) / TICKS)
        return Person(look, self.start, places, headings, smooth(poses, 0.035))

    def _headings(self, times: Floats, velocity: Floats) -> Floats:
        speed = np.hypot(velocity[:, 0], velocity[:, 1])
        arrow = np.where(speed[:, None] > 0.25, velocity / np.maximum(speed, 1e-6)[:, None], 0.0)
        for start, end, angle in self._facing:
            arrow[(times >= start) & (times < end)] = (math.cos(angle), math.sin(angle))
        known = np.flatnonzero(np.abs(arrow).sum(axis=1) > 0)
        if len(known) == 0:
            return np.full(len(times), self._rng.uniform(-math.pi, math.pi))
        nearest = known[
            np.clip(np.searchsorted(known, np.arange(len(times)), "right") - 1, 0, None)
        ]
        arrow = smooth(arrow[nearest], 0.12)
        return np.unwrap(np.arctan2(arrow[:, 1], arrow[:, 0]))


def smooth(track: Floats, sigma: float) -> Floats:
    """Gaussian smoothing over time (sigma in seconds) of (n,) or (n, k), ends held."""
    width = max(1, round(3 * sigma * TICKS))
    offsets = np.arange(-width, width + 1) / TICKS
    kernel = np.exp(-0.5 * (offsets / sigma) ** 2)
    kernel /= kernel.sum()
    if track.ndim == 1:
        return np.convolve(np.pad(track, width, mode="edge"), kernel, mode="valid")
    return np.stack([smooth(column, sigma) for column in track.T], axis=1)


def wander(rng: Generator, count: int, *, sigma: float) -> Floats:
    """Aimless smooth motion (count,), standard deviation about 1, changing over sigma seconds."""
    raw = smooth(rng.normal(size=count), sigma)
    return np.asarray(raw * math.sqrt(2 * math.sqrt(math.pi) * sigma * TICKS))


def walking(velocity: Floats, headings: Floats, rng: Generator) -> Floats:
    """Poses (n, 17) of legs and arms that fit the ground covered; standing people sway a little."""
    speed = np.hypot(velocity[:, 0], velocity[:, 1])
    ahead = velocity[:, 0] * np.cos(headings) + velocity[:, 1] * np.sin(headings)
    run = np.clip((speed - 2.0) / 1.5, 0.0, 1.0)
    stride = 0.72 + 0.52 * np.minimum(speed, 4.5)
    phase = rng.uniform(0, 2 * math.pi) + np.cumsum(
        np.where(ahead < -0.2, -1.0, 1.0) * speed / stride * (2 * math.pi / TICKS)
    )
    reach = np.clip(speed / 1.2, 0.0, 1.0) * (0.42 + 0.28 * run)
    swing = rng.uniform(0.8, 1.2) * np.clip(speed / 1.2, 0.0, 1.0) * (0.42 + 0.35 * run)
    lift = np.clip(speed / 1.0, 0.0, 1.0) * (0.85 + 0.8 * run)
    poses = np.zeros((len(speed), len(Pose)))
    poses[:, Pose.LEFT_HIP] = reach * np.sin(phase) + 0.08 * run
    poses[:, Pose.RIGHT_HIP] = -reach * np.sin(phase) + 0.08 * run
    poses[:, Pose.LEFT_KNEE] = 0.06 + lift * np.maximum(0.0, np.cos(phase + 0.25)) ** 1.5
    poses[:, Pose.RIGHT_KNEE] = 0.06 + lift * np.maximum(0.0, -np.cos(phase + 0.25)) ** 1.5
    poses[:, Pose.LEFT_ARM] = -swing * np.sin(phase)
    poses[:, Pose.RIGHT_ARM] = swing * np.sin(phase)
    for elbow in (Pose.LEFT_ELBOW, Pose.RIGHT_ELBOW):
        poses[:, elbow] = 0.25 + 1.25 * run
    poses[:, Pose.LEFT_OUT] = poses[:, Pose.RIGHT_OUT] = rng.uniform(0.08, 0.16)
    poses[:, Pose.LEAN] = 0.03 + 0.14 * run + 0.015 * wander(rng, len(speed), sigma=0.8)
    poses[:, Pose.TWIST] = 0.12 * np.clip(speed, 0.0, 1.0) * np.sin(phase)
    poses[:, Pose.ROLL] = 0.02 * wander(rng, len(speed), sigma=0.9)
    poses[:, Pose.NOD] = 0.08 * wander(rng, len(speed), sigma=0.7)
    poses[:, Pose.SPREAD] = 0.05
    return poses


def talking(rng: Generator) -> Action:
    """Gestures of somebody in conversation: now and then a hand comes up."""

    def act(poses: Floats, seconds: Floats) -> None:
        count = len(seconds)
        for arm, elbow in ((Pose.LEFT_ARM, Pose.LEFT_ELBOW), (Pose.RIGHT_ARM, Pose.RIGHT_ELBOW)):
            mood = np.clip(wander(rng, count, sigma=0.9) - 0.4, 0.0, 1.0)
            beat = 0.25 * np.sin(seconds * rng.uniform(5, 8) + rng.uniform(0, 6))
            poses[:, arm] += mood * (0.35 + 0.5 * beat)
            poses[:, elbow] += mood * (1.4 + beat)
        poses[:, Pose.NOD] += 0.12 * wander(rng, count, sigma=0.35)
        poses[:, Pose.TWIST] += 0.1 * wander(rng, count, sigma=0.6)

    return act


def telephoning() -> Action:
    """One hand at the ear."""

    def act(poses: Floats, seconds: Floats) -> None:
        poses[:, Pose.RIGHT_ARM] = 0.5
        poses[:, Pose.RIGHT_OUT] = 0.5
        poses[:, Pose.RIGHT_ELBOW] = 2.45
        poses[:, Pose.NOD] += 0.1 * np.sin(seconds * 1.1)

    return act
