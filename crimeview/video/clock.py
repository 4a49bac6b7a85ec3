"""The one clock: presentation time stamps become seconds here and nowhere else.

A recording starts at 0.0, the time of its first picture: the stream's own start (an hour of uptime
in a transport stream, a reordering delay in FLV) is subtracted.
"""

from dataclasses import dataclass
from fractions import Fraction

from crimeview.core.recording import ClockSource

_NUDGE = 0.001  # s; what a picture is moved on that claims an instant already taken
_RESET = 1.0  # s; time stamps that jump back further start anew, shorter jumps are jitter


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """How a stream's time stamps become seconds.

    `zero` is the time stamp of the first picture, `time_base` the seconds of one unit of the
    stream's time stamps, `frame_duration` the nominal seconds of a picture.
    """

    source: ClockSource
    zero: int
    time_base: Fraction
    frame_duration: float

    @property
    def longest(self) -> float:
        """Seconds a picture may stand before the next; beyond that the recording has a gap."""
        return max(1.0, 3.0 * self.frame_duration)

    def seconds(self, pts: int) -> float:
        return (pts - self.zero) * self.time_base.numerator / self.time_base.denominator

    def pts(self, seconds: float) -> int:
        """The time stamp nearest to `seconds`."""
        return self.zero + round(seconds / self.time_base)


class Timeline:
    """Places pictures, in the order they are shown, on a clock that always moves forward.

    Time stamps that fail to grow are not dropped, for the pictures are real: a duplicate or a small
    step back is placed just after the picture before; a jump back of over a second is taken for a
    camera that started its count anew, and all that follows is moved to go on from there.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._shift = 0.0
        self._last: float | None = None
        self._count = 0

    def place(self, pts: int | None) -> float:
        """Seconds of the next picture."""
        self._last = self._next(pts)
        self._count += 1
        return self._last

    def _next(self, pts: int | None) -> float:
        if self._clock.source is ClockSource.FRAME_RATE:
            return self._count * self._clock.frame_duration
        if pts is None:
            return 0.0 if self._last is None else self._last + self._clock.frame_duration
        time = self._clock.seconds(pts) + self._shift
        if self._last is None or time > self._last:
            return time
        if self._last - time < _RESET:
            return self._last + _NUDGE
        restart = self._last + self._clock.frame_duration
        self._shift += restart - time
        return restart
