"""A piece of a recording as a file of its own: its packets as they are, never encoded anew."""

from pathlib import Path
from typing import TYPE_CHECKING

import av
from av.container import InputContainer, OutputContainer
from av.video.stream import VideoStream

from crimeview.core.errors import MediaError
from crimeview.video.container import open_container, packets, video_stream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from av.packet import Packet


def copy_packets(source: Path, target: Path, *, start: float, end: float) -> tuple[float, float]:
    """Copy what `start` to `end` (s since the first frame) needs; gives the span that was copied.

    It begins with the keyframe before `start`, without which nothing could be decoded. `target`
    (.mkv, which takes every codec) appears only when complete. Sound is left out. Raises
    MediaError.
    """
    part = target.with_name(f".{target.name}.part")
    try:
        with open_container(source) as container:
            stream = video_stream(container, source)
            with av.open(str(part.absolute()), "w", format="matroska") as out:
                span = _copied(container, stream, out, start=start, end=end, name=source.name)
        part.replace(target)
    except (av.FFmpegError, OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise MediaError(
            f"The piece of “{source.name}” could not be copied ({reason}); check the free space "
            "and that the recording plays."
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return span


def _copied(
    container: InputContainer,
    stream: VideoStream,
    out: OutputContainer,
    *,
    start: float,
    end: float,
    name: str,
) -> tuple[float, float]:
    base = stream.time_base
    if base is None:
        raise MediaError(f"“{name}” has no time stamps; a piece of it cannot be copied.")
    zero = stream.start_time or 0
    copy = out.add_stream_from_template(stream)
    container.seek(zero + int(start / base), stream=stream, backward=True, any_frame=False)
    first: int | None = None
    first_time, last = start, start
    for packet in _stamped(packets(container, stream)):
        assert packet.pts is not None
        assert packet.dts is not None
        shown = float((packet.pts - zero) * base)
        if first is None:
            if not packet.is_keyframe:
                continue
            first, first_time = packet.dts, shown
        # Pictures that are shown before others may be stored after them: a second more is enough.
        if float((packet.dts - zero) * base) > end + 1.0 or (packet.is_keyframe and shown > end):
            break
        last = max(last, shown + float((packet.duration or 0) * base))
        packet.pts -= first
        packet.dts -= first
        packet.stream = copy
        out.mux(packet)
    if first is None:
        raise MediaError(f"“{name}” has no picture from {start:g} s on that could be copied.")
    return max(0.0, first_time), last


def _stamped(coming: "Iterator[Packet[VideoStream]]") -> "Iterator[Packet[VideoStream]]":
    """The packets that can be shown, each with a time of decoding.

    After a seek a container may not know that of the first ones: they lie just before the first
    that is known, since only their order matters.
    """
    waiting: list[Packet[VideoStream]] = []
    for packet in coming:
        if packet.pts is None:
            continue
        waiting.append(packet)
        if packet.dts is None:
            continue
        for place, earlier in enumerate(reversed(waiting)):
            earlier.dts = packet.dts - place
        yield from waiting
        waiting = []
    for packet in waiting:  # none is known: pictures come in the order of decoding
        packet.dts = packet.pts
        yield packet
