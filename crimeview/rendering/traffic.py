"""How cars move: way points turned into positions, headings and the nodding of the body."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from crimeview.rendering.camera import Floats
from crimeview.rendering.gait import TICKS, smooth
from crimeview.rendering.vehicle import CarLook, CarState


@dataclass(frozen=True, slots=True, kw_only=True)
class CarRun:
    """A car's whole time in the scene.

    Row i is `start` + i / TICKS seconds: `places` (n, 2), `headings` (n,), and per row `pitch`,
    `roll` (rad), `lift` (m), `crush` (share) and `braking`; from `blinking` on (seconds) the
    hazard lights blink.
    """

    look: CarLook
    start: float
    places: Floats
    headings: Floats
    pitch: Floats
    roll: Floats
    lift: Floats
    crush: Floats
    braking: Floats
    blinking: float = math.inf

    def state(self, seconds: float) -> CarState | None:
        """The car at a time, None while it is not there."""
        row = round((seconds - self.start) * TICKS)
        if not 0 <= row < len(self.places):
            return None
        blink = seconds > self.blinking and (seconds - self.blinking) % 0.8 < 0.4
        return CarState(
            at=(float(self.places[row, 0]), float(self.places[row, 1])),
            heading=float(self.headings[row]),
            pitch=float(self.pitch[row]),
            roll=float(self.roll[row]),
            lift=float(self.lift[row]),
            crush=float(self.crush[row]),
            braking=bool(self.braking[row] > 0.5),
            blinking=blink,
        )


def drive(
    look: CarLook,
    points: Sequence[tuple[float, float, float]],
    *,
    backward_until: float = -math.inf,
) -> CarRun:
    """Drive through `points` (seconds, x, y), in reverse gear before `backward_until` seconds."""
    start, end = points[0][0], points[-1][0]
    count = max(2, round((end - start) * TICKS))
    times = start + np.arange(count) / TICKS
    when = [p[0] for p in points]
    places = np.stack(
        [np.interp(times, when, [p[axis] for p in points]) for axis in (1, 2)], axis=1
    )
    places = smooth(smooth(places, 0.35), 0.35)
    velocity = np.gradient(places, 1.0 / TICKS, axis=0)
    speed = np.hypot(velocity[:, 0], velocity[:, 1])
    sign = np.where(times < backward_until, -1.0, 1.0)
    moving = np.flatnonzero(speed > 0.3)
    if len(moving) == 0:
        raise ValueError("a car that drives must move")
    nearest = moving[np.clip(np.searchsorted(moving, np.arange(count), "right") - 1, 0, None)]
    arrow = smooth((velocity / np.maximum(speed, 1e-6)[:, None] * sign[:, None])[nearest], 0.15)
    gain = np.gradient(smooth(speed, 0.2), 1.0 / TICKS) * sign
    still = np.zeros(count)
    return CarRun(
        look=look,
        start=start,
        places=places,
        headings=np.unwrap(np.arctan2(arrow[:, 1], arrow[:, 0])),
        pitch=-0.012 * gain,
        roll=still,
        lift=still,
        crush=still,
        braking=((gain * sign < -1.0) | (speed < 0.1)).astype(float),
    )


def pass_by(
    look: CarLook, *, lane: float, speed: float, at: float, x: float = 0.0, span: float = 60.0
) -> CarRun:
    """Drive along y = `lane` without stopping, at `x` at `at` seconds; `speed` (m/s) is signed."""
    seconds = span / abs(speed)
    way = math.copysign(span, speed)
    return drive(look, [(at - seconds, x - way, lane), (at + seconds, x + way, lane)])


def parked(run: CarRun, *, until: float) -> CarRun:
    """The run with its last row held until `until` seconds."""
    missing = round((until - run.start) * TICKS) - len(run.places)
    if missing <= 0:
        return run

    def held(track: Floats) -> Floats:
        return np.concatenate([track, np.repeat(track[-1:], missing, axis=0)])

    return replace(
        run,
        places=held(run.places),
        headings=held(run.headings),
        pitch=held(run.pitch),
        roll=held(run.roll),
        lift=held(run.lift),
        crush=held(run.crush),
        braking=np.concatenate([run.braking, np.zeros(missing)]),
    )
