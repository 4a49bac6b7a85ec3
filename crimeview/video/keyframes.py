"""From which keyframes a recording can be decoded."""

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from crimeview.video.clock import Clock
from crimeview.video.index import PacketIndex, packet_index

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
        at = bisect_right(self._times, seconds) - 1
        return self._times[at] if at >= 0 else 0.0

    def targets(self, seconds: float) -> Iterator[float]:
        """Times (s) to seek to in turn, until one leads to a keyframe at or before `seconds`.

        The first is `seconds` itself, which most containers answer well; the others are keyframes
        before it, at first the nearest and then in steps that double.
        """
        at, step = bisect_right(self._times, seconds) - 1, 1
        if at >= 0:
            yield seconds
        while at >= 0:
            yield self._times[at]
            at, step = at - step, step * 2

    def lead_to(self, seconds: float, *, by: "Packet[VideoStream]") -> bool:
        """Whether decoding from a packet, at which a seek landed, will show that time rightly.

        It must be a keyframe of the index with the same time, which a seek in a program stream
        fails to give: the times of most of its packets are counted from the few that tell theirs,
        and after a seek from the wrong one.
        """
        if by.pts is None or self._clock.seconds(by.pts) > seconds:
            return False
        stamp = by.dts if self._index.of_decoding else by.pts
        return stamp is not None and self._sizes.get(self._clock.seconds(stamp)) == by.size

    @cached_property
    def _index(self) -> PacketIndex:
        return packet_index(self._path, self._clock)

    @cached_property
    def _sizes(self) -> dict[float, int]:
        """Bytes by time (s), in order of time."""
        return self._index.keyframes_by_time() if self._index.in_order else {}

    @cached_property
    def _times(self) -> list[float]:
        return list(self._sizes)
