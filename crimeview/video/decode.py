"""Pictures in the order they are shown, each with its time on the recording's clock."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import av
from av.video.frame import VideoFrame

from crimeview.video.clock import Continuity, Timeline
from crimeview.video.container import open_container, packets, pictures_of, video_stream
from crimeview.video.damage import Damage
from crimeview.video.keyframes import Keyframes
from crimeview.video.probe import Probe

if TYPE_CHECKING:
    from av.packet import Packet
    from av.video.stream import VideoStream

_THREADS = 2  # hide the decoder behind the network; each more costs memory for its pictures


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A picture and the span (s) it is on screen; `last` if an unbroken run ends with it."""

    time: float
    end: float
    last: bool
    picture: VideoFrame


class Decoder:
    """A recording open for decoding, from its beginning or from any time. One thread owns it."""

    def __init__(self, probe: Probe) -> None:
        """Open the recording; raises MediaError."""
        self._path = probe.recording.path
        self._clock = probe.clock
        self._promised = probe.promised
        self._cut_off = probe.cut_off
        self._damage = Damage(promised=probe.promised)
        self.keyframes = Keyframes(self._path, self._clock)
        self._open()

    def close(self) -> None:
        self._container.close()

    @property
    def damage(self) -> str | None:
        """One sentence on what could not be read so far, or None."""
        return self._damage.sentence

    def shown(self, *, since: float) -> Iterator[Shown]:
        """The pictures in the order they are shown, from one at or before `since` (s) on.

        Ends the iteration that went before. Raises MediaError if the file can no longer be read.
        """
        return self._spans(self._pictures_since(since))

    def _open(self) -> None:
        self._container = open_container(self._path)
        self._stream = video_stream(self._container, self._path)
        self._stream.thread_type = "FRAME"
        self._stream.codec_context.thread_count = _THREADS
        self._moved = False  # from its beginning

    def _pictures_since(self, seconds: float) -> Iterator[VideoFrame]:
        # The beginning needs no keyframes, which may take long to find.
        for target in self.keyframes.targets(seconds) if seconds > 0.0 else ():
            pictures = self._pictures(self._packets_from(target, leading_to=seconds))
            first = next(pictures, None)
            # Some decoders need a second keyframe to find their feet: what comes out counts.
            if first is not None and self._is_by(first, seconds):
                return chain([first], pictures)
        if self._moved:  # not every container can be sought back to its beginning
            self._container.close()
            self._open()
        self._moved = True
        return self._pictures(packets(self._container, self._stream))

    def _packets_from(self, target: float, *, leading_to: float) -> "Iterator[Packet[VideoStream]]":
        """The packets from the keyframe on at which a seek lands; none if it is of no use."""
        self._moved = True
        try:
            self._container.seek(self._clock.pts(target), stream=self._stream)
        except av.FFmpegError:
            return
        found = packets(self._container, self._stream)
        keyframe = next((packet for packet in found if packet.is_keyframe), None)
        if keyframe is not None and self.keyframes.lead_to(leading_to, by=keyframe):
            yield keyframe
            yield from found

    def _is_by(self, picture: VideoFrame, seconds: float) -> bool:
        return picture.pts is not None and self._clock.seconds(picture.pts) <= seconds

    def _pictures(self, found: "Iterable[Packet[VideoStream]]") -> Iterator[VideoFrame]:
        continuity = Continuity(self._clock)
        cut_short = False  # the newest packet
        try:
            for packet in found:
                if packet.size:  # the last packet is empty and flushes the decoder
                    cut_short = packet.is_corrupt
                _move(packet, continuity.shift(packet.dts))
                pictures = pictures_of(packet)
                if pictures is None or packet.is_corrupt:
                    self._damage.failed()
                yield from pictures or ()
        except av.FFmpegError:
            cut_short = True
        if cut_short:
            self._damage.broke_off()

    def _spans(self, pictures: Iterator[VideoFrame]) -> Iterator[Shown]:
        timeline = Timeline(self._clock)
        before: tuple[float, VideoFrame] | None = None
        for picture in pictures:
            time = timeline.place(picture.pts)
            if time is None:
                continue
            if picture.is_corrupt:
                self._damage.failed()
            self._damage.passed(time)
            if before is not None:
                yield self._shown(before, until=time)
            before = (time, picture)
        if before is not None:
            final = self._final(before)
            if self._cut_off:
                self._damage.broke_off()
            self._damage.ended(final.end)
            yield final

    def _shown(self, at: tuple[float, VideoFrame], *, until: float) -> Shown:
        time, picture = at
        if until - time > self._clock.longest:
            until = time + self._clock.frame_duration
            return Shown(time=time, end=until, last=True, picture=picture)
        return Shown(time=time, end=until, last=False, picture=picture)

    def _final(self, at: tuple[float, VideoFrame]) -> Shown:
        time, picture = at
        end = time + self._clock.frame_duration
        if self._promised is not None and 0.0 < self._promised - time <= self._clock.longest:
            end = self._promised
        return Shown(time=time, end=end, last=True, picture=picture)


def _move(packet: "Packet[VideoStream]", shift: int) -> None:
    if shift and packet.pts is not None:
        packet.pts += shift
