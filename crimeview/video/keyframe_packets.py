"""The packets of a recording's keyframes, and decoders that are right for them."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from itertools import islice
from math import inf
from typing import TYPE_CHECKING

import av
import numpy as np

from crimeview.video.clock import Clock
from crimeview.video.container import open_container, packets, video_stream
from crimeview.video.gops import Gops
from crimeview.video.luma import LumaScaler
from crimeview.video.places import bytes_before_packets
from crimeview.video.probe import Probe
from crimeview.video.single import Coding, KeyframeDecoder

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.packet import Packet
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

_TRIED = 2  # keyframes, to see how the recording can be read


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the file a packet's data lies, in bytes."""

    position: int
    size: int


@dataclass(frozen=True, slots=True)
class FoundKeyframe:
    """A keyframe that is shown from `time` (s) on, not yet decoded."""

    time: float
    data: "Packet[VideoStream] | Place"


def found_keyframes(
    probe: Probe, gops: Gops, *, wanted: Gops, workers: int, opened: ExitStack
) -> tuple[Iterator[FoundKeyframe], list[KeyframeDecoder]]:
    """The keyframes of `wanted`, some of `gops`, in order of time, and decoders right for any.

    There are as many decoders as `workers`, or one, where only the container's own will do. What
    the two need is closed with `opened`. Raises MediaError.
    """
    way = _way(probe, gops)
    if way.coding is not None and way.before is not None:
        found = _listed(wanted, way.before)
        return found, [KeyframeDecoder.by(way.coding) for _ in range(workers)]
    path = probe.recording.path
    container = opened.enter_context(open_container(path))
    stream = video_stream(container, path)
    found = _demuxed(container, stream, wanted, probe.clock)
    if way.coding is None:
        return found, [KeyframeDecoder(stream.codec_context)]
    return found, [KeyframeDecoder.by(way.coding) for _ in range(workers)]


@dataclass(frozen=True, slots=True)
class _Way:
    """How the recording can be read.

    `before` is how far after its position a packet's data lies, None where only demuxing gives it;
    `coding` None where only the container's own decoder is right for it.
    """

    before: int | None
    coding: Coding | None


def _way(probe: Probe, gops: Gops) -> _Way:
    """Try with the first keyframes how the recording can be read."""
    path = probe.recording.path
    with open_container(path) as container:
        stream = video_stream(container, path)
        coding = Coding.of(stream)
        tried = list(islice(_keyframes(container, stream), _TRIED))
        if not _is_enough(coding, stream, tried):
            return _Way(None, None)
        return _Way(bytes_before_packets(path, container, tried, gops), coding)


def _is_enough(
    coding: Coding, stream: "VideoStream", keyframes: "Sequence[Packet[VideoStream]]"
) -> bool:
    """Whether a decoder made by it gives what the container's own does, bit for bit."""
    try:
        ours, theirs = KeyframeDecoder.by(coding), KeyframeDecoder(stream.codec_context)
    except ValueError:
        return False
    pairs = [(ours.picture(keyframe), theirs.picture(keyframe)) for keyframe in keyframes]
    return any(mine is not None for mine, _ in pairs) and all(_same(*pair) for pair in pairs)


def _same(ours: "VideoFrame | None", theirs: "VideoFrame | None") -> bool:
    if ours is None or theirs is None:
        return ours is theirs
    whole = LumaScaler(height=theirs.height, width=theirs.width)
    return np.array_equal(whole.scale(ours), whole.scale(theirs))


def _listed(gops: Gops, before: int) -> Iterator[FoundKeyframe]:
    for time, position, size in zip(gops.times, gops.positions, gops.sizes, strict=True):
        yield FoundKeyframe(float(time), Place(int(position) + before, int(size)))


def _demuxed(
    container: "InputContainer", stream: "VideoStream", gops: Gops, clock: Clock
) -> Iterator[FoundKeyframe]:
    newest = -inf
    for packet in _keyframes(container, stream):
        time = newest if packet.pts is None else clock.seconds(packet.pts)
        at = int(np.searchsorted(gops.times, time))
        if time > newest and at < len(gops.times) and gops.times[at] == time:
            newest = time
            yield FoundKeyframe(time, packet)


def _keyframes(
    container: "InputContainer", stream: "VideoStream"
) -> "Iterator[Packet[VideoStream]]":
    """The packets of keyframes, up to where the file cannot be read on."""
    # Not by Discard.nonkey: FFmpeg's MP4 reader then loses count of when packets are shown.
    with suppress(av.FFmpegError):
        for packet in packets(container, stream):
            if packet.is_keyframe and packet.size and not packet.is_corrupt:
                yield packet
