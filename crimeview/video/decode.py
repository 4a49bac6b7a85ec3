"""Pictures in the order they are shown, each with its time on the recording's clock."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

import av
from av.video.frame import VideoFrame

from crimeview.video.clock import Continuity, Timeline
from crimeview.video.container import open_container, pictures_of, video_stream
from crimeview.video.damage import Damage
from crimeview.video.index import PacketIndex, packet_index
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

    def keyframe_before(self, seconds: float) -> float:
        """The time (s) of the picture from which decoding begins in order to show that time."""
        return next(self._keyframes_before(seconds), 0.0)

    @cached_property
    def _index(self) -> PacketIndex:
        return packet_index(self._path, self._clock)

    @cached_property
    def _keyframes(self) -> dict[float, int]:
        """Times and sizes of those that can be sought; none where time stamps jump or lack."""
        return self._index.keyframes_by_time() if self._index.in_order else {}

    @cached_property
    def _keyframe_times(self) -> list[float]:
        return list(self._keyframes)

    def _keyframes_before(self, seconds: float) -> Iterator[float]:
        """Times of keyframes at or before `seconds`, the latest first, in steps that double."""
        if seconds > 0.0:  # the beginning needs no index, which may take long to make
            at, step = bisect_right(self._keyframe_times, seconds) - 1, 1
            while at >= 0:
                yield self._keyframe_times[at]
                at, step = at - step, step * 2

    def _open(self) -> None:
        self._container = open_container(self._path)
        self._stream = video_stream(self._container, self._path)
        self._stream.thread_type = "FRAME"
        self._stream.codec_context.thread_count = _THREADS
        self._moved = False  # from its beginning

    def _pictures_since(self, seconds: float) -> Iterator[VideoFrame]:
        # Containers differ in where a seek lands, and some decoders need a second keyframe to find
        # their feet: what comes out is what counts.
        targets = chain([seconds], self._keyframes_before(seconds)) if seconds > 0.0 else ()
        for target in targets:
            pictures = self._pictures_from(target)
            first = next(pictures, None)
            if first is not None and self._is_by(first, seconds):
                return chain([first], pictures)
        if self._moved:  # not every container can be sought back to its beginning
            self._container.close()
            self._open()
        self._moved = True
        return self._pictures(self._container.demux(self._stream))

    def _pictures_from(self, seconds: float) -> Iterator[VideoFrame]:
        """The pictures from the keyframe at which a seek to that time lands.

        None if it is not a keyframe of the index with the same time: program streams tell the time
        of a few packets only, and after a seek the ones between are counted from the wrong one.
        """
        self._moved = True
        try:
            self._container.seek(self._clock.pts(seconds), stream=self._stream)
            packets = self._container.demux(self._stream)
            keyframe = next((packet for packet in packets if packet.is_keyframe), None)
        except av.FFmpegError:
            return iter(())
        if keyframe is None or not self._is_known(keyframe):
            return iter(())
        return self._pictures(chain([keyframe], packets))

    def _is_known(self, keyframe: "Packet[VideoStream]") -> bool:
        stamp = keyframe.dts if self._index.of_decoding else keyframe.pts
        return (
            stamp is not None and self._keyframes.get(self._clock.seconds(stamp)) == keyframe.size
        )

    def _is_by(self, picture: VideoFrame, seconds: float) -> bool:
        return picture.pts is not None and self._clock.seconds(picture.pts) <= seconds

    def _pictures(self, packets: "Iterable[Packet[VideoStream]]") -> Iterator[VideoFrame]:
        continuity = Continuity(self._clock)
        try:
            for packet in packets:
                _move(packet, continuity.shift(packet.dts))
                pictures = pictures_of(packet)
                if pictures is None or packet.is_corrupt:
                    self._damage.failed()
                yield from pictures or ()
        except av.FFmpegError:
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
