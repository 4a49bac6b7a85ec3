"""Something long that a person asked for, and how it tells how far it is.

A job is a generator of `Step`s: progress is yielded, the result returned, and cancelling is
`job.close()`, so that `with` and `finally` release what it holds. A step lasts under half a second.
"""

from collections.abc import Generator
from dataclasses import dataclass
from enum import Flag, auto
from typing import TypeAlias, TypeVar

T = TypeVar("T")


class Changed(Flag):
    """What kind of stored thing a step has written."""

    NOTHING = 0
    RECORDINGS = auto()
    TRACKS = auto()
    SEGMENTS = auto()
    REVIEWS = auto()  # what people say of segments, where these are as they were
    CLOCKS = auto()
    PRESETS = auto()
    TRUTH = auto()
    WALL = auto()  # cameras that are watched, rules, alarms, and who is told


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One report of a job's progress.

    `done` and `total` share a unit (seconds of video, bytes, epochs); `total` is None while it is
    unknown. `recording_id` names the recording of the case that the step is about, if any.
    """

    done: float
    total: float | None
    message: str
    changed: Changed = Changed.NOTHING
    recording_id: int | None = None

    @property
    def fraction(self) -> float | None:
        """Share done, 0 to 1; None while the total is unknown."""
        if self.total is None:
            return None
        return min(1.0, self.done / self.total) if self.total > 0 else 1.0


Job: TypeAlias = Generator[Step, None, T]


class TimeLeft:
    """Estimates a job's remaining seconds from its own pace.

    The pace is an exponential average over wall time with a 10 s time constant, so that it follows
    a change of load and does not jump at every step. It begins with the first known total: what
    a job finds done already, before it knows how much there is, was not done at its pace.
    """

    _TIME_CONSTANT = 10.0

    def __init__(self) -> None:
        self._last: tuple[float, float] | None = None  # (now, done)
        self._pace: float | None = None  # units per second

    def update(self, step: Step, *, now: float) -> float | None:
        """Take in a step that arrived at `now` (seconds, monotonic); give seconds left or None."""
        if self._last is None or step.total is None or step.done < self._last[1]:
            self._last, self._pace = (now, step.done), None
            return None
        elapsed = now - self._last[0]
        if elapsed >= 0.2:  # shorter spans measure the scheduler, not the job
            pace = (step.done - self._last[1]) / elapsed
            weight = min(1.0, elapsed / self._TIME_CONSTANT) if self._pace is not None else 1.0
            self._pace = pace if self._pace is None else self._pace + weight * (pace - self._pace)
            self._last = (now, step.done)
        if not self._pace:
            return None
        return max(0.0, (step.total - step.done) / self._pace)
