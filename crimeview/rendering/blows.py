"""Punches, kicks and shoves: what they do to the one who gives and the one who takes."""

import numpy as np
from numpy.random import Generator

from crimeview.rendering.camera import Floats
from crimeview.rendering.gait import TICKS
from crimeview.rendering.skeleton import Pose


class Fighter:
    """Changes to somebody's movement over a fight of `seconds`, at TICKS a second.

    `times` (n,) seconds since the first blow, `poses` (n, 17) to be added to poses, `push` (n,)
    meters toward the opponent.
    """

    def __init__(self, seconds: float) -> None:
        self.times = np.arange(round(seconds * TICKS)) / TICKS
        self.poses = np.zeros((len(self.times), len(Pose)))
        self.push = np.zeros(len(self.times))


def _bump(t: Floats, at: float, *, rise: float, hold: float, fall: float) -> Floats:
    """0, up to 1 within `rise` s, held, and back: the course of a blow."""
    up = np.clip((t - at) / rise, 0.0, 1.0)
    down = np.clip((t - at - rise - hold) / fall, 0.0, 1.0)
    return np.asarray(up * up * (3 - 2 * up) - down * down * (3 - 2 * down))


def ramp(t: Floats, at: float, seconds: float) -> Floats:
    share = np.clip((t - at) / seconds, 0.0, 1.0)
    return np.asarray(share * share * (3 - 2 * share))


def punch(by: Fighter, on: Fighter, *, at: float, rng: Generator) -> None:
    """A fist to the head at `at` seconds."""
    right = rng.random() < 0.6
    arm, elbow, out, sign = (
        (Pose.RIGHT_ARM, Pose.RIGHT_ELBOW, Pose.RIGHT_OUT, 1.0)
        if right
        else (Pose.LEFT_ARM, Pose.LEFT_ELBOW, Pose.LEFT_OUT, -1.0)
    )
    blow = _bump(by.times, at, rise=0.1, hold=0.05, fall=0.18)
    wind = _bump(by.times, at - 0.16, rise=0.12, hold=0.0, fall=0.1)
    poses = by.poses
    poses[:, arm] += 0.75 * blow - 0.7 * wind
    poses[:, elbow] += -1.65 * blow
    poses[:, out] += 0.35 * wind
    poses[:, Pose.TWIST] += sign * (0.65 * blow - 0.4 * wind)
    poses[:, Pose.LEAN] += 0.28 * blow
    by.push += 0.2 * blow
    _take(on, at=at + 0.08, force=1.0, sign=sign)


def kick(by: Fighter, on: Fighter, *, at: float, rng: Generator) -> None:
    """A foot against the body at `at` seconds."""
    right = rng.random() < 0.7
    hip, knee = (Pose.RIGHT_HIP, Pose.RIGHT_KNEE) if right else (Pose.LEFT_HIP, Pose.LEFT_KNEE)
    blow = _bump(by.times, at, rise=0.14, hold=0.05, fall=0.22)
    wind = _bump(by.times, at - 0.16, rise=0.14, hold=0.02, fall=0.12)
    poses = by.poses
    poses[:, hip] += 1.15 * blow - 0.5 * wind
    poses[:, knee] += 1.0 * wind
    poses[:, Pose.LEAN] += -0.3 * blow + 0.15 * wind
    for out in (Pose.LEFT_OUT, Pose.RIGHT_OUT):
        poses[:, out] += 0.45 * blow
    by.push += 0.12 * blow
    _take(on, at=at + 0.12, force=0.7, sign=1.0)


def shove(by: Fighter, on: Fighter, *, at: float) -> None:
    """Both hands against the chest at `at` seconds."""
    blow = _bump(by.times, at, rise=0.16, hold=0.1, fall=0.3)
    poses = by.poses
    for arm, elbow in ((Pose.LEFT_ARM, Pose.LEFT_ELBOW), (Pose.RIGHT_ARM, Pose.RIGHT_ELBOW)):
        poses[:, arm] += 0.65 * blow
        poses[:, elbow] -= 1.6 * blow
    poses[:, Pose.LEAN] += 0.4 * blow
    by.push += 0.25 * blow
    _take(on, at=at + 0.12, force=1.5, sign=1.0)


def _take(who: Fighter, *, at: float, force: float, sign: float) -> None:
    """The one who is hit reels back."""
    hit = force * _bump(who.times, at, rise=0.09, hold=0.04, fall=0.4)
    poses = who.poses
    standing = np.cos(poses[:, Pose.TIP])
    poses[:, Pose.LEAN] -= 0.38 * hit * standing
    poses[:, Pose.NOD] -= 0.35 * hit
    poses[:, Pose.TWIST] += 0.35 * sign * hit
    poses[:, Pose.ROLL] += 0.15 * sign * hit
    for out, elbow in ((Pose.LEFT_OUT, Pose.LEFT_ELBOW), (Pose.RIGHT_OUT, Pose.RIGHT_ELBOW)):
        poses[:, out] += 0.45 * hit
        poses[:, elbow] -= 0.5 * hit
    who.push -= 0.2 * hit * standing
