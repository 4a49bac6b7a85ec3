"""What a recording is, found by reading its beginning."""

import re
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av

from crimeview.core.errors import MediaError
from crimeview.core.recording import ClockSource, Recording
from crimeview.video.clock import Clock
from crimeview.video.container import decoded, open_container, video_stream

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

_FASTEST = 300  # frames/s; a nominal rate above it is a time base mistaken for one
_SLOWEST = Fraction(1, 3600)  # frames/s; below it the header is wrong
_DEFAULT_RATE = Fraction(25)
_PIXEL_ASPECTS = (Fraction(1, 4), Fraction(4))  # beyond these the header is wrong
# AVI numbers packets as they are decoded, and decoders of these codecs hand the numbers on: with
# B-frames the pictures come out with times that go up and down.
_NUMBERED_IN_AVI = ("h264", "hevc")
# Matroska tells it per stream: "00:00:10.040000000"
_DURATION = re.compile(r"(\d+):(\d+):(\d+(?:\.\d*)?)")
_TS_DISCONT = 0x0200  # AVFMT_TS_DISCONT
_TS_LAYOUTS = ((188, 0), (192, 4))  # bytes of a packet, and of what stands before its sync byte
_TS_SYNC = 0x47


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """A recording and how to read it.

    `promised` is the time (s) at which the container says the pictures end, None where it does not
    say; `cut_off` that the file ends in the middle of something.
    """

    recording: Recording
    clock: Clock
    promised: float | None
    cut_off: bool


def probe(path: Path) -> Probe:
    """Find out what the recording is; raises MediaError with one sentence if it is none."""
    container = open_container(path)
    with container:
        stream = video_stream(container, path)
        picture = next(decoded(container, stream), None)
        if picture is None:
            raise MediaError(
                f"“{path.name}” holds a video stream of which no picture can be decoded; "
                "copy it from its source again."
            )
        clock = _clock(container, stream, picture)
        promised = _promised(container, stream, clock)
        return Probe(
            recording=_recording(path, container, stream, picture, clock, promised),
            clock=clock,
            promised=promised,
            cut_off=container.format.name == "mpegts" and _ends_within_packet(path),
        )


def _clock(container: "InputContainer", stream: "VideoStream", picture: "VideoFrame") -> Clock:
    codec = stream.codec_context
    reordered = codec.has_b_frames and codec.name in _NUMBERED_IN_AVI
    stamped = picture.pts is not None and not (container.format.name == "avi" and reordered)
    rate = _frame_rate(stream)
    return Clock(
        source=ClockSource.TIMESTAMPS if stamped else ClockSource.FRAME_RATE,
        zero=picture.pts or 0,
        time_base=stream.time_base or 1 / rate,
        frame_duration=float(1 / rate),
    )


def _frame_rate(stream: "VideoStream") -> Fraction:
    for rate in (stream.guessed_rate, stream.average_rate):
        if rate and _SLOWEST <= rate <= _FASTEST:
            return rate
    return _DEFAULT_RATE


def _recording(
    path: Path,
    container: "InputContainer",
    stream: "VideoStream",
    picture: "VideoFrame",
    clock: Clock,
    promised: float | None,
) -> Recording:
    duration = promised
    if duration is None:
        duration = (container.duration or 0) / av.time_base
    width, height = round(picture.width * _pixel_aspect(stream)), picture.height
    turned = round(picture.rotation / 90) % 2 == 1
    return Recording(
        path=path,
        duration=duration,
        width=height if turned else width,
        height=width if turned else height,
        frame_rate=1.0 / clock.frame_duration,
        codec=stream.codec_context.name,
        container=container.format.name,
        rotation=-picture.rotation % 360,
        clock=clock.source,
    )


def _pixel_aspect(stream: "VideoStream") -> Fraction:
    """Width of a pixel over its height."""
    aspect = stream.sample_aspect_ratio or Fraction(1)
    return aspect if _PIXEL_ASPECTS[0] <= aspect <= _PIXEL_ASPECTS[1] else Fraction(1)


def _promised(container: "InputContainer", stream: "VideoStream", clock: Clock) -> float | None:
    if container.format.flags & _TS_DISCONT:
        return None  # has no header that says; FFmpeg guesses from what is there
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    start = max(0.0, -clock.seconds(0))  # these count from the container's zero
    if match := _DURATION.fullmatch(stream.metadata.get("DURATION", "")):
        hours, minutes, seconds = match.groups()
        return int(hours) * 3600 + int(minutes) * 60 + float(seconds) - start
    if container.duration is not None and len(container.streams) == 1:
        return container.duration / av.time_base - start
    return None


def _ends_within_packet(path: Path) -> bool:
    """Whether a transport stream, which promises no length, ends within one of its packets."""
    with path.open("rb") as file:
        head = file.read(2 * 192)
    for packet, before in _TS_LAYOUTS:
        if len(head) > before + packet and head[before] == head[before + packet] == _TS_SYNC:
            return path.stat().st_size % packet != 0
    return False
