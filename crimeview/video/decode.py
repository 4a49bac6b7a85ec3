"""Pictures in the order they are shown, each with its time on the recording's clock."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from math import inf, nextafter
from typing import TYPE_CHECKING, cast

import av
import numpy as np
from av.video.frame import VideoFrame

from crimeview.core.spans import Spans, within
from crimeview.video.clock import Continuity, Timeline
from crimeview.video.container import open_container, packets, pictures_of, video_stream
from crimeview.video.damage import Damage
from crimeview.video.groups import Group, groups
from crimeview.video.keyframes import Keyframes
from crimeview.video.probe import Probe

if TYPE_CHECKING:
    from av.packet import Packet
    from av.video.stream import VideoStream

_THREADS = 2  # hide the decoder behind the network; each more costs memory for its pictures
# Whose marks of what no other picture refers to can be relied on; in HEVC they speak for a
# picture's own temporal layer only.
_MARKED = ("h264", "mpeg1video", "mpeg2video")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A picture and the span (s) it is on screen; `last` if an unbroken run ends with it.

    `picture` is None where it was passed over without decoding it.
    """

    time: float
    end: float
    last: bool
    picture: VideoFrame | None


@dataclass(frozen=True, slots=True)
class _Undecoded:
    pts: int


class Decoder:
    """A recording open for decoding, from its beginning or from any time. One thread owns it."""

    def __init__(self, probe: Probe, *, threads: int = _THREADS, draft: bool = False) -> None:
        """Open the recording; raises MediaError.

        A `draft` is good for small pictures only: the blocks' edges are not smoothed (in H.264 the
        loop filter), which takes a fifth of the time and no small picture shows.
        """
        self._threads = threads
        self._draft = draft
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

    def shown(
        self, *, since: float, kept: Spans | None = None, wanted: float = -inf
    ) -> Iterator[Shown]:
        """The pictures in the order they are shown, from one at or before `since` (s) on.

        Where `kept` is given, groups of pictures are passed over whose keyframe does not lie within
        it, with the pictures between two groups that refer to one passed over, and it begins at or
        before the last group before `since` that is not. Never passed over is what comes before
        the first picture that can be decoded; and it must be known that groups can be passed over.
        `wanted` is as in `pass_until`.
        Ends the iteration that went before. Raises MediaError if the file can no longer be read.
        """
        self.pass_until(wanted)
        self._thinned = -inf
        self._stream.codec_context.skip_frame = "DEFAULT"
        if kept is None:
            return self._spans(self._pictures_since(since))
        return self._spans(self._kept_pictures(self._packets_before(since, kept), kept))

    def pass_until(self, wanted: float) -> None:
        """Give no pictures that come before that time (s), from now on, if that spares work.

        What nothing refers to is not decoded then. Where one is given again, all that follow are;
        but the first may come after `wanted`: if pictures were passed over for a later time before,
        and for the beginning of one that stands when that time comes.
        """
        self._wanted = wanted

    def _open(self) -> None:
        self._container = open_container(self._path)
        self._stream = video_stream(self._container, self._path)
        self._stream.thread_type = "FRAME"
        self._stream.codec_context.thread_count = self._threads
        if self._draft:
            self._stream.codec_context.options = {"skip_loop_filter": "all"}
        self._moved = False  # from its beginning
        self._thinned = -inf  # up to which time (s) pictures may be missing

    def _pictures_since(self, seconds: float) -> Iterator[VideoFrame | _Undecoded]:
        ordered = False
        # The beginning needs no keyframes, which may take long to find.
        for target in self.keyframes.targets(seconds) if seconds > 0.0 else ():
            ordered = True
            pictures = self._thin_pictures(self._packets_from(target, leading_to=seconds))
            first = next(pictures, None)
            # Some decoders need a second keyframe to find their feet: what comes out counts.
            if first is not None and self._is_by(first, seconds):
                return chain([first], pictures)
        found = self._all_packets()
        return self._thin_pictures(found) if ordered else self._pictures(found)

    def _all_packets(self) -> "Iterator[Packet[VideoStream]]":
        if self._moved:  # not every container can be sought back to its beginning
            self._container.close()
            self._open()
        self._moved = True
        return packets(self._container, self._stream)

    def _packets_before(self, seconds: float, kept: Spans) -> "Iterator[Packet[VideoStream]]":
        """The packets from the last group on that begins by that time and within `kept`."""
        target = self.keyframes.before(seconds) if seconds > 0.0 else 0.0
        while target > 0.0:
            if _lies_within(kept, target):
                found = self._packets_from(target, leading_to=seconds)
                first = next(found, None)
                if first is not None and self._begins_within(first, kept):
                    return chain([first], found)
            target = self.keyframes.before(nextafter(target, -inf))
        return self._all_packets()

    def _begins_within(self, keyframe: "Packet[VideoStream]", kept: Spans) -> bool:
        return keyframe.pts is not None and _lies_within(kept, self._clock.seconds(keyframe.pts))

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

    def _is_by(self, picture: VideoFrame | _Undecoded, seconds: float) -> bool:
        return picture.pts is not None and self._clock.seconds(picture.pts) <= seconds

    def _pictures(self, found: "Iterable[Packet[VideoStream]]") -> Iterator[VideoFrame]:
        for packet in self._read(found):
            yield from self._decoded(packet)

    def _thin_pictures(
        self, found: "Iterable[Packet[VideoStream]]"
    ) -> Iterator[VideoFrame | _Undecoded]:
        """What is wanted; only where time stamps are in order."""
        context = self._stream.codec_context
        marked = context.name in _MARKED
        for packet in self._read(found):
            time = -inf if packet.pts is None else self._clock.seconds(packet.pts)
            thin = marked and -inf < time < self._wanted
            if thin:
                self._thinned = max(self._thinned, time)
            context.skip_frame = "NONREF" if thin else "DEFAULT"
            for picture in self._decoded(packet):
                missed = (
                    picture.pts is not None and self._clock.seconds(picture.pts) <= self._thinned
                )
                yield _Undecoded(cast("int", picture.pts)) if missed else picture

    def _kept_pictures(
        self, found: "Iterable[Packet[VideoStream]]", kept: Spans
    ) -> "Iterator[VideoFrame | _Undecoded]":
        passing = began = False
        untold: list[Packet[VideoStream]] = []  # passed over and not yet told of
        for group in groups(self._read(found)):
            passed = self._is_to_pass(group, kept)
            if passed and not passing:
                for picture in self._drained():
                    began = True
                    yield picture
                passing, passed = True, began
            packets = group.packets
            if passing:
                # Shown between two groups, one of them passed over: perhaps of both.
                yield from _undecoded([*untold, *(p for p in packets if group.leads(p))])
                packets = [p for p in packets if not group.leads(p)]
            untold, passing = packets if passed else [], passed
            for packet in packets if not passed else ():
                for picture in self._decoded(packet):
                    began = True
                    yield picture
        yield from _undecoded(untold) if passing else self._drained()

    def _is_to_pass(self, group: Group, kept: Spans) -> bool:
        first = group.packets[0]
        whole = first.is_keyframe and group.stamps is not None
        return whole and not self._begins_within(first, kept)

    def _drained(self) -> list[VideoFrame]:
        """What the decoder still holds; it is empty then and can begin with any group."""
        context = self._stream.codec_context
        try:
            return context.decode(None)
        except av.FFmpegError:
            return []
        finally:
            context.flush_buffers()

    def _decoded(self, packet: "Packet[VideoStream]") -> list[VideoFrame]:
        pictures = pictures_of(packet)
        if pictures is None or packet.is_corrupt:
            self._damage.failed()
        return pictures or []

    def _read(self, found: "Iterable[Packet[VideoStream]]") -> "Iterator[Packet[VideoStream]]":
        """The packets, their time stamps made continuous."""
        continuity = Continuity(self._clock)
        cut_short = False  # the newest packet
        try:
            for packet in found:
                if packet.size:  # the last packet is empty and flushes the decoder
                    cut_short = packet.is_corrupt
                _move(packet, continuity.shift(packet.dts))
                yield packet
        except av.FFmpegError:
            cut_short = True
        if cut_short:
            self._damage.broke_off()

    def _spans(self, pictures: Iterator[VideoFrame | _Undecoded]) -> Iterator[Shown]:
        timeline = Timeline(self._clock)
        before: tuple[float, VideoFrame | None] | None = None
        for picture in pictures:
            time = timeline.place(picture.pts)
            if time is None:
                continue
            decoded = picture if isinstance(picture, VideoFrame) else None
            if decoded is not None and decoded.is_corrupt:
                self._damage.failed()
            self._damage.passed(time)
            if before is not None:
                yield self._shown(before, until=time)
            before = (time, decoded)
        if before is not None:
            final = self._final(before)
            if self._cut_off:
                self._damage.broke_off()
            self._damage.ended(final.end)
            yield final

    def _shown(self, at: tuple[float, VideoFrame | None], *, until: float) -> Shown:
        time, picture = at
        if until - time > self._clock.longest:
            until = time + self._clock.frame_duration
            return Shown(time=time, end=until, last=True, picture=picture)
        return Shown(time=time, end=until, last=False, picture=picture)

    def _final(self, at: tuple[float, VideoFrame | None]) -> Shown:
        time, picture = at
        end = time + self._clock.frame_duration
        if self._promised is not None and 0.0 < self._promised - time <= self._clock.longest:
            end = self._promised
        return Shown(time=time, end=end, last=True, picture=picture)


def _lies_within(spans: Spans, time: float) -> bool:
    return bool(within(spans, np.array([time]))[0])


def _undecoded(passed: "Iterable[Packet[VideoStream]]") -> Iterator[_Undecoded]:
    for stamp in sorted(packet.pts for packet in passed if packet.pts is not None):
        yield _Undecoded(stamp)


def _move(packet: "Packet[VideoStream]", shift: int) -> None:
    if shift and packet.pts is not None:
        packet.pts += shift
