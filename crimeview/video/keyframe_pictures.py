"""Small pictures of a recording's keyframes, decoded in parallel, and of nothing else."""

from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from math import inf
from queue import SimpleQueue
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import MediaError
from crimeview.core.recording import Recording
from crimeview.video.gops import Gops
from crimeview.video.jpeg import jpeg_of_array
from crimeview.video.keyframe_packets import FoundKeyframe, Place, found_keyframes
from crimeview.video.luma import LumaScaler
from crimeview.video.picture import DisplayScaler
from crimeview.video.places import PacketFile
from crimeview.video.probe import Probe
from crimeview.video.single import KeyframeDecoder

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

JPEG_HEIGHT = 108
_AHEAD = 4  # keyframes for each decoder that are being made or wait to be asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyframePicture:
    """A keyframe that is shown from `time` (s) on, in small.

    `luma` is uint8 (height, width), as stored; `jpeg` the bytes of a small picture in color, as
    shown, where one was wanted.
    """

    time: float
    luma: NDArray[np.uint8]
    jpeg: bytes | None


class _Jpegs:
    """Makes small pictures as the recording is shown, which the keyframes alone do not tell."""

    def __init__(self, recording: Recording, *, height: int) -> None:
        self._size = height, max(1, round(height * recording.width / recording.height))
        self._turns = round(recording.rotation / 90)  # clockwise

    def of(self, picture: "VideoFrame") -> bytes | None:
        """None for a kind of picture that cannot be converted."""
        # Some decoders do tell, and the scaler turns it then.
        turns = (self._turns + round(picture.rotation / 90)) % 4
        height, width = self._size if turns % 2 == 0 else self._size[::-1]
        try:
            shown = DisplayScaler(height=height, width=width, to="rgb24").scale(picture)
        except MediaError:
            return None
        return jpeg_of_array(np.ascontiguousarray(np.rot90(shown, -turns)))


def keyframe_pictures(
    probe: Probe,
    gops: Gops,
    *,
    height: int,
    width: int,
    workers: int,
    wanted: Gops | None = None,
    jpeg_every: float | None = None,
    jpeg_height: int = JPEG_HEIGHT,
) -> Generator[KeyframePicture]:
    """The keyframes in order of time, decoded by so many threads, which end when this is closed.

    Only those of `wanted` where that is given, some of `gops`, which are all of the recording's.
    A keyframe that cannot be decoded is left out. Where `jpeg_every` (s, above 0) is given, the
    first keyframe in each span of that length comes with a JPEG, `jpeg_height` lines high. Where a
    container allows, keyframes are read from the file by their positions, and nothing else of it is
    read. Raises MediaError if the file can no longer be read.
    """
    with ExitStack() as opened:
        found, decoders = found_keyframes(
            probe, gops, wanted=wanted or gops, workers=workers, opened=opened
        )
        jpegs = _Jpegs(probe.recording, height=jpeg_height)
        makers = [
            _Maker(
                decoder,
                opened.enter_context(closing(PacketFile(probe.recording.path))),
                LumaScaler(height=height, width=width),
                jpegs,
            )
            for decoder in decoders
        ]
        yield from _in_parallel(_marked(found, every=jpeg_every), makers)


def _marked(
    found: Iterable[FoundKeyframe], *, every: float | None
) -> Iterator[tuple[FoundKeyframe, bool]]:
    """With each whether it is the first in a span of `every` seconds."""
    due = inf if every is None else -inf
    for keyframe in found:
        wanted = keyframe.time >= due
        if wanted and every is not None:
            due = keyframe.time - keyframe.time % every + every
        yield keyframe, wanted


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the pictures; one thread at a time may use it."""

    decoder: KeyframeDecoder
    file: PacketFile
    scaler: LumaScaler
    jpegs: _Jpegs

    def make(self, keyframe: FoundKeyframe, *, with_jpeg: bool) -> KeyframePicture | None:
        data = keyframe.data
        packet = self.file.packet(data.position, data.size) if isinstance(data, Place) else data
        picture = None if packet is None else self.decoder.picture(packet)
        if picture is None:
            return None
        jpeg = self.jpegs.of(picture) if with_jpeg else None
        return KeyframePicture(time=keyframe.time, luma=self.scaler.scale(picture), jpeg=jpeg)


def _in_parallel(
    wanted: Iterable[tuple[FoundKeyframe, bool]], makers: Sequence[_Maker]
) -> Generator[KeyframePicture]:
    """What the makers make, each in a thread, in the order in which it was wanted."""
    free: SimpleQueue[_Maker] = SimpleQueue()
    for maker in makers:
        free.put(maker)

    def make(keyframe: FoundKeyframe, with_jpeg: bool) -> KeyframePicture | None:  # noqa: FBT001
        maker = free.get()
        try:
            return maker.make(keyframe, with_jpeg=with_jpeg)
        finally:
            free.put(maker)

    coming: deque[Future[KeyframePicture | None]] = deque()
    pool = ThreadPoolExecutor(len(makers), thread_name_prefix="keyframes")
    try:
        for keyframe, with_jpeg in wanted:
            coming.append(pool.submit(make, keyframe, with_jpeg))
            if len(coming) >= _AHEAD * len(makers) and (made := coming.popleft().result()):
                yield made
        while coming:
            if made := coming.popleft().result():
                yield made
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
