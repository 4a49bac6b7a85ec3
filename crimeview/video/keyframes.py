"""From which keyframes a recording can be decoded."""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from crimeview.video.clock import Clock
from crimeview.video.index import packet_index

if TYPE_CHECKING:
    from av.packet import Packet
    from av.video.stream import VideoStream


class Keyframes:
    """The keyframes of a recording that can be sought; its packets are indexed when first asked.

    There are none where time stamps jump, repeat or are missing: after a seek nobody could tell
    which picture came out.
    """

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock

    def before(self, seconds: float) -> float:
        """The time (s) of the last one at or before `seconds`, 0.0 if there is none."""
        at = self._last_by(seconds)
        return float(self._times[at]) if at >= 0 else 0.0

    def targets(self, seconds: float) -> Iterator[float]:
        """Times (s) to seek to in turn, until one leads to a keyframe at or before `seconds`.

        The first is `seconds` itself, which most containers answer well; the others are keyframes
        before it, at first the nearest and then in steps that double.
        """
        at, step = self._last_by(seconds), 1
        if at >= 0:
            yield seconds
        while at >= 0:
            yield float(self._times[at])
            at, step = at - step, step * 2

    def lead_to(self, seconds: float, *, by: "Packet[VideoStream]") -> bool:
        """Whether decoding from a packet, at which a seek landed, will show that time rightly.

        It must be a keyframe of the index with the same time, which a seek in a program stream
        fails to give: the times of most of its packets are counted from the few that tell theirs,
        and after a seek from the wrong one.
        """
        if by.pts is None or self._clock.seconds(by.pts) > seconds:
            return False
        at = self._last_by(self._clock.seconds(by.pts))
        return bool(
            at >= 0
            and self._times[at] == self._clock.seconds(by.pts)
            and self._sizes[at] == by.size
        )

    def _last_by(self, seconds: float) -> int:
        """Which is the last one at or before `seconds`, -1 if none is."""
        return int(np.searchsorted(self._times, seconds, side="right")) - 1

    @cached_property
    def _known(self) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
        index = packet_index(self._path, self._clock)
        if not index.in_order:
            return np.zeros(0), np.zeros(0, np.int32)
        chosen = np.flatnonzero(index.keyframes & ~np.isnan(index.times))
        chosen = chosen[np.argsort(index.times[chosen])]
        return index.times[chosen], index.sizes[chosen]

    @property
    def _times(self) -> NDArray[np.float64]:
        """Seconds, ascending."""
        return self._known[0]

    @property
    def _sizes(self) -> NDArray[np.int32]:
        """Bytes."""
        return self._known[1]
