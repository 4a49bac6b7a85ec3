"""When what a camera sends has happened: its own clock, laid on wall time by when packets come.

A packet is never there before what it shows, and the quickest ones are hardly late: the difference
of the two clocks is the least that the last minute has shown. So the network's jitter does not get
into the times, and a camera whose clock goes wrong by minutes a month is followed.
"""

from collections import deque

_WINDOW = 60.0  # s whose least difference counts
_JUMP = 10.0  # s; a clock that is off by more was set


class ArrivalClock:
    """Lays a stream's seconds on wall time (s since 1970). One connection's; one thread uses it."""

    def __init__(self) -> None:
        self._least: deque[tuple[float, float]] = deque()  # (when, difference), both growing

    def arrived(self, seconds: float, *, at: float) -> float:
        """A packet of those stream seconds came at a wall time; gives when it should have come."""
        difference = at - seconds
        if self._least and abs(difference - self._least[0][1]) > _JUMP:
            self._least.clear()
        while self._least and self._least[-1][1] >= difference:
            self._least.pop()
        self._least.append((at, difference))
        while self._least[0][0] < at - _WINDOW:
            self._least.popleft()
        return self.wall(seconds)

    def wall(self, seconds: float) -> float:
        """The wall time of stream seconds; at least one packet must have arrived."""
        return seconds + self._least[0][1]
