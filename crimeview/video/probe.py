"""What a recording is, found by reading its beginning."""

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av

from crimeview.core.errors import MediaError
from crimeview.core.recording import ClockSource, Recording
from crimeview.video.clock import Clock
from crimeview.video.container import open_container, video_stream

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

_FASTEST = 300  # frames/s; a nominal rate above it is a time base mistaken for one
_DEFAULT_RATE = Fraction(25)


def probe(path: Path) -> tuple[Recording, Clock]:
    """Describe the recording and its clock; raises MediaError."""
    container = open_container(path)
    with container:
        stream = video_stream(container, path)
        picture = _first_picture(container, stream, path)
        rate = _frame_rate(stream)
        clock = Clock(
            source=ClockSource.FRAME_RATE if picture.pts is None else ClockSource.TIMESTAMPS,
            zero=picture.pts or 0,
            time_base=stream.time_base or 1 / rate,
            frame_duration=float(1 / rate),
        )
        turned = round(picture.rotation / 90) % 2 == 1
        width, height = picture.width, picture.height
        recording = Recording(
            path=path,
            duration=_duration(container, stream),
            width=height if turned else width,
            height=width if turned else height,
            frame_rate=float(rate),
            codec=stream.codec_context.name,
            container=container.format.name,
            rotation=-picture.rotation % 360,
            clock=clock.source,
        )
    return recording, clock


def _first_picture(container: "InputContainer", stream: "VideoStream", path: Path) -> "VideoFrame":
    try:
        for packet in container.demux(stream):
            try:
                for picture in packet.decode():
                    return picture
            except av.FFmpegError:
                continue  # the pictures that follow a damaged one may be whole
    except av.FFmpegError:
        pass
    raise MediaError(
        f"“{path.name}” holds a video stream of which no picture can be decoded; "
        "copy it from its source again."
    )


def _frame_rate(stream: "VideoStream") -> Fraction:
    for rate in (stream.guessed_rate, stream.average_rate):
        if rate and 0 < rate <= _FASTEST:
            return rate
    return _DEFAULT_RATE


def _duration(container: "InputContainer", stream: "VideoStream") -> float:
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    if container.duration is not None:
        return container.duration / av.time_base
    return 0.0
