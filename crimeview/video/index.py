"""Where the packets of a recording lie, found without decoding any."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np
from numpy.typing import NDArray

from crimeview.core.recording import ClockSource
from crimeview.video.clock import Clock
from crimeview.video.container import open_container, packets, video_stream

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.stream import VideoStream


@dataclass(frozen=True, slots=True)
class PacketIndex:
    """The packets of a recording's pictures in file order, all arrays (n,).

    `times` are seconds on the recording's clock, NaN where a packet has no time: of presentation,
    or `of_decoding` where the container's own index holds only those (MP4, AVI), which come up to
    some pictures earlier. `positions` are bytes from the start of the file (-1 if unknown), `sizes`
    bytes. `in_order` says that time stamps never jump back or repeat, so that seeking to a time
    finds the picture that an undisturbed reading would show then.
    """

    times: NDArray[np.float64]
    positions: NDArray[np.int64]
    sizes: NDArray[np.int64]
    keyframes: NDArray[np.bool_]
    of_decoding: bool
    in_order: bool

    def keyframes_by_time(self) -> dict[float, int]:
        """Times (s), ascending, and sizes (bytes) of the keyframes that have a time."""
        chosen = self.keyframes & ~np.isnan(self.times)
        order = np.argsort(self.times[chosen], kind="stable")
        times, sizes = self.times[chosen][order].tolist(), self.sizes[chosen][order].tolist()
        return dict(zip(times, sizes, strict=True))


@dataclass(frozen=True, slots=True)
class _Entry:
    pts: int | None
    dts: int | None
    position: int | None
    size: int
    keyframe: bool


def packet_index(path: Path, clock: Clock) -> PacketIndex:
    """Index the recording: at once where the container has an index, else by reading it through.

    Reading through takes about a second for an hour of video in memory, and the disk's time for
    the whole file where it is not. Damaged data ends the index early. Raises MediaError.
    """
    container = open_container(path)
    with container:
        stream = video_stream(container, path)
        complete = 0 < stream.frames == len(stream.index_entries)
        entries = list(_listed(stream) if complete else _demuxed(container, stream))
    return PacketIndex(
        times=np.array([np.nan if e.pts is None else clock.seconds(e.pts) for e in entries]),
        positions=np.array([-1 if e.position is None else e.position for e in entries], np.int64),
        sizes=np.array([e.size for e in entries], np.int64),
        keyframes=np.array([e.keyframe for e in entries], np.bool_),
        of_decoding=complete,
        in_order=clock.source is ClockSource.TIMESTAMPS and _in_order(entries),
    )


def _listed(stream: "VideoStream") -> Iterable[_Entry]:
    for e in stream.index_entries:
        if not e.is_discard:
            yield _Entry(e.timestamp, e.timestamp, e.pos, e.size, e.is_keyframe)


def _demuxed(container: "InputContainer", stream: "VideoStream") -> Iterable[_Entry]:
    try:
        for p in packets(container, stream):
            if p.size:  # the last packet is empty and flushes the decoder
                yield _Entry(p.pts, p.dts, p.pos, p.size, p.is_keyframe)
    except av.FFmpegError:
        return


def _in_order(entries: list[_Entry]) -> bool:
    shown = [e.pts for e in entries if e.pts is not None]
    decoded = [e.dts for e in entries if e.dts is not None]
    return len(set(shown)) == len(shown) and all(a < b for a, b in pairwise(decoded))
