"""Where the packets of a recording lie, found without decoding any."""

from array import array
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, cast

import av
import numpy as np
from av.stream import Discard
from numpy.typing import NDArray

from crimeview.core.recording import ClockSource
from crimeview.video.clock import Clock
from crimeview.video.container import open_container, packets, video_stream
from crimeview.video.mp4 import SampleTable, sample_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from av.container import InputContainer
    from av.video.stream import VideoStream

_UNKNOWN = int(np.iinfo(np.int64).min)  # FFmpeg's AV_NOPTS_VALUE
_COMPARED = 2000  # samples of the file's tables with those of FFmpeg's index, of the same packets
_READ = 64  # packets, to compare when they are shown
_A_STEP = 1000  # packets: some 10 MB


@dataclass(frozen=True, slots=True)
class PacketIndex:
    """The packets of a recording's pictures in file order, all arrays (n,).

    `times` are seconds on the recording's clock at which each picture is shown, NaN where a packet
    does not say. `positions` are bytes from the start of the file (-1 if unknown), `sizes` (int32)
    bytes. `in_order` says that time stamps never jump back or repeat, so that seeking to a time
    finds the picture that an undisturbed reading would show then. 24 hours take some 50 MB.
    """

    times: NDArray[np.float64]
    positions: NDArray[np.int64]
    sizes: NDArray[np.int32]
    keyframes: NDArray[np.bool_]
    in_order: bool


def packet_index(path: Path, clock: Clock) -> PacketIndex:
    """Index the recording: at once from an MP4's tables, else by reading the file through.

    Reading through takes about half a second for an hour of video in memory, and the disk's time
    for the whole file where it is not. Damaged data ends the index early. Raises MediaError.
    """
    finding = find_packets(path, clock)
    while True:
        try:
            next(finding)
        except StopIteration as end:
            return cast("PacketIndex", end.value)


def find_packets(path: Path, clock: Clock) -> Generator[float, None, PacketIndex]:
    """The same in short steps, each of which yields the share of the file that has been read."""
    listed = _listed(path, clock)
    return listed if listed is not None else (yield from _demuxed(path, clock))


@contextmanager
def _opened(path: Path) -> "Iterator[tuple[InputContainer, VideoStream]]":
    with open_container(path) as container:
        stream = video_stream(container, path)
        for other in container.streams:
            if other is not stream:
                other.discard = Discard.all
        yield container, stream


def _listed(path: Path, clock: Clock) -> PacketIndex | None:
    """The index by an MP4's own tables, where FFmpeg is seen to understand them just so."""
    with _opened(path) as (container, stream):
        samples = len(stream.index_entries)
        if "mp4" not in container.format.name or not 0 < stream.frames == samples:
            return None
        table = sample_table(path, track=stream.id, samples=samples)
        if table is None or not _agrees(table, stream):
            return None
        shown = table.decoded + table.delays
        shift = _shift(shown, table.positions, container, stream)
    if shift is None:
        return None
    shown += shift
    return PacketIndex(
        times=_seconds(shown, clock),
        positions=table.positions,
        sizes=table.sizes,
        keyframes=table.keyframes,
        in_order=_in_order(shown, table.decoded, clock),
    )


def _agrees(table: SampleTable, stream: "VideoStream") -> bool:
    """Whether samples of the table are as FFmpeg has them, but for a shift of all times."""
    count = len(table.sizes)
    chosen = np.unique(np.linspace(0, count - 1, min(count, _COMPARED)).astype(np.int64))
    entries = [stream.index_entries[number] for number in chosen.tolist()]
    known = [(e.timestamp, e.pos, e.size, e.is_keyframe, e.is_discard) for e in entries]
    times, positions, sizes, keyframes, discarded = np.array(known, np.int64).T
    return bool(
        len(set((times - table.decoded[chosen]).tolist())) == 1
        and (positions == table.positions[chosen]).all()
        and (sizes == table.sizes[chosen]).all()
        and (keyframes == table.keyframes[chosen]).all()
        and not discarded.any()
    )


def _shift(
    shown: NDArray[np.int64],
    positions: NDArray[np.int64],
    container: "InputContainer",
    stream: "VideoStream",
) -> int | None:
    """What FFmpeg adds to all times of showing; None if it is not the same for the first packets.

    It moves all decoding times by the same as well, as `_agrees` has seen for the whole file.
    """
    try:
        first = [p for p in islice(packets(container, stream), _READ) if p.size]
    except av.FFmpegError:
        return None
    if [p.pos for p in first] != positions[: len(first)].tolist():
        return None
    shifts = {
        None if p.pts is None else p.pts - at
        for p, at in zip(first, shown[: len(first)].tolist(), strict=True)
    }
    return shifts.pop() if len(shifts) == 1 else None


def _demuxed(path: Path, clock: Clock) -> Generator[float, None, PacketIndex]:
    shown, decoded, positions = array("q"), array("q"), array("q")
    sizes, keyframes = array("i"), array("b")
    length = path.stat().st_size
    # A damaged file ends where it cannot be read on: what follows cannot be decoded either.
    with _opened(path) as (container, stream), suppress(av.FFmpegError):
        for p in packets(container, stream):
            if size := p.size:  # the last packet is empty and flushes the decoder
                pts, dts, position = p.pts, p.dts, p.pos
                shown.append(_UNKNOWN if pts is None else pts)
                decoded.append(_UNKNOWN if dts is None else dts)
                positions.append(-1 if position is None else position)
                sizes.append(size)
                keyframes.append(p.is_keyframe)
                if len(sizes) % _A_STEP == 0:
                    yield min(1.0, max(0.0, positions[-1] / length))
    stamps = np.frombuffer(shown, np.int64)
    return PacketIndex(
        times=_seconds(stamps, clock),
        positions=np.frombuffer(positions, np.int64),
        sizes=np.frombuffer(sizes, np.int32),
        keyframes=np.frombuffer(keyframes, np.bool_),
        in_order=_in_order(stamps, np.frombuffer(decoded, np.int64), clock),
    )


def _seconds(stamps: NDArray[np.int64], clock: Clock) -> NDArray[np.float64]:
    known = stamps != _UNKNOWN
    return np.where(known, clock.times(np.where(known, stamps, clock.zero)), np.nan)


def _in_order(shown: NDArray[np.int64], decoded: NDArray[np.int64], clock: Clock) -> bool:
    return bool(
        clock.source is ClockSource.TIMESTAMPS
        and (np.diff(np.sort(shown[shown != _UNKNOWN])) > 0).all()
        and (np.diff(decoded[decoded != _UNKNOWN]) > 0).all()
    )
