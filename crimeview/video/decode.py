"""Pictures in the order they are shown, each with its time on the recording's clock."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import av
from av.video.frame import VideoFrame

from crimeview.core.timetext import clock_text
from crimeview.video.clock import Clock, Timeline
from crimeview.video.container import open_container, video_stream

if TYPE_CHECKING:
    from av.packet import Packet
    from av.video.stream import VideoStream

# Two decoding threads already hide the decoder behind the network; more cost memory per picture.
THREADS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A picture and the span (s) it is on screen; `last` if the run ends with it."""

    time: float
    end: float
    last: bool
    picture: VideoFrame


class Decoder:
    """A recording open for decoding, from its beginning or from any time. One thread owns it."""

    def __init__(self, path: Path, clock: Clock) -> None:
        """Open `path`; raises MediaError."""
        self._path = path
        self._clock = clock
        self._damaged: float | None = None
        self._container = open_container(path)

    def close(self) -> None:
        self._container.close()

    @property
    def damage(self) -> str | None:
        """One sentence on what could not be read so far, or None."""
        if self._damaged is None:
            return None
        return (
            f"The file is damaged after {clock_text(self._damaged)}; "
            "what follows could not be read."
        )

    def shown(self, *, since: float) -> Iterator[Shown]:
        """The pictures in the order they are shown, from one at or before `since` (s) on."""
        self._container.close()
        self._container = open_container(self._path)
        stream = video_stream(self._container, self._path)
        stream.thread_type = "FRAME"
        stream.codec_context.thread_count = THREADS
        return self._spans(self._pictures(stream))

    def _spans(self, pictures: Iterator[VideoFrame]) -> Generator[Shown]:
        timeline = Timeline(self._clock)
        before: tuple[float, VideoFrame] | None = None
        for picture in pictures:
            time = timeline.place(picture.pts)
            if before is not None:
                yield self._shown(before, until=time)
            before = (time, picture)
        if before is not None:
            yield self._shown(before, until=None)

    def _shown(self, at: tuple[float, VideoFrame], *, until: float | None) -> Shown:
        time, picture = at
        if until is None or until - time > self._clock.longest:
            return Shown(time=time, end=self._own_end(at), last=True, picture=picture)
        return Shown(time=time, end=until, last=False, picture=picture)

    def _own_end(self, at: tuple[float, VideoFrame]) -> float:
        """When a picture without a successor goes."""
        time, picture = at
        lasts = float((picture.duration or 0) * self._clock.time_base)
        return time + (lasts if 0.0 < lasts <= self._clock.longest else self._clock.frame_duration)

    def _pictures(self, stream: "VideoStream") -> Generator[VideoFrame]:
        try:
            for packet in self._container.demux(stream):
                yield from self._decoded(packet)
        except av.FFmpegError:
            self._damaged = 0.0

    def _decoded(self, packet: "Packet[VideoStream]") -> list[VideoFrame]:
        try:
            return packet.decode()
        except av.FFmpegError:
            return []
