"""The one clock: presentation time stamps become seconds here and nowhere else.

A recording starts at 0.0, the time of its first picture: the stream's own start (an hour of uptime
in a transport stream, a reordering delay in FLV) is subtracted.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from crimeview.core.recording import ClockSource

_NUDGE = 0.001  # s; what a picture is moved on that claims an instant already taken
_RESET = 1.0  # s; a time stamp that falls by less is jitter


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

    def times(self, stamps: NDArray[np.int64]) -> NDArray[np.float64]:
        """Seconds of many time stamps, each exactly as `seconds` gives it."""
        return (stamps - self.zero) * self.time_base.numerator / self.time_base.denominator

    def pts(self, seconds: float) -> int:
        """The time stamp nearest to `seconds`."""
        return self.zero + round(seconds / self.time_base)


class Continuity:
    """Tells where a camera began to count anew, which some containers allow at any packet.

    Decoding times of packets never fall in an unbroken stream; where one falls by over a second,
    it and all that follow are to be moved on, so that time goes on from where it was.
    """

    def __init__(self, clock: Clock) -> None:
        self._tolerance = round(_RESET / clock.time_base)
        self._step = round(clock.frame_duration / clock.time_base)
        self._shift = 0
        self._newest: int | None = None

    def shift(self, dts: int | None) -> int:
        """Units of the time base to add to the time stamps of the packet with this decoding time.

        Packets are told of in file order.
        """
        if dts is not None:
            if self._newest is not None and dts + self._shift < self._newest - self._tolerance:
                self._shift = self._newest + self._step - dts
            self._newest = dts + self._shift
        return self._shift


class Timeline:
    """Places pictures, in the order they are shown, on a clock that always moves forward.

    A picture whose time stamp repeats, or falls a little, is real and is placed just after the
    picture before; one that comes over a second late is left over from damaged data.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last: float | None = None
        self._count = 0

    def place(self, pts: int | None) -> float | None:
        """Seconds of the next picture, None if it comes too late to be shown."""
        time = self._next(pts)
        if time is not None:
            self._last = time
            self._count += 1
        return time

    def _next(self, pts: int | None) -> float | None:
        if self._clock.source is ClockSource.FRAME_RATE:
            return self._count * self._clock.frame_duration
        if pts is None:
            return 0.0 if self._last is None else self._last + self._clock.frame_duration
        time = self._clock.seconds(pts)
        if self._last is None or time > self._last:
            return time
        return self._last + _NUDGE if self._last - time < _RESET else None
