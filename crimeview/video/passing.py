"""Whether groups of pictures of a recording can be passed over without decoding them.

That needs time stamps that say when a picture is shown, one packet for every picture, and groups
that a decoder can begin with. Codecs, containers and encoders keep to this, or do not, throughout:
so it is tried with the first two groups.
"""

from itertools import islice
from typing import TYPE_CHECKING

import av

from crimeview.core.recording import ClockSource
from crimeview.video.container import open_container, packets, pictures_of, video_stream
from crimeview.video.groups import Group, groups
from crimeview.video.probe import Probe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from av.packet import Packet
    from av.video.stream import VideoStream

# Others hide packets that show nothing, perhaps not among the first ones.
_CODECS = ("h264", "hevc", "mjpeg", "mpeg2video", "mpeg4")


def can_pass_over(probe: Probe) -> bool:
    """Try whether decoding gives just what the packets of the first two groups announce.

    Each is decoded from an empty decoder. Raises MediaError.
    """
    recording = probe.recording
    if recording.clock is not ClockSource.TIMESTAMPS or recording.codec not in _CODECS:
        return False
    container = open_container(recording.path)
    with container:
        stream = video_stream(container, recording.path)
        stream.thread_type = "FRAME"
        try:
            tried = list(islice(groups(packets(container, stream)), 2))
        except av.FFmpegError:
            return False
        return len(tried) == 2 and all(_is_as_announced(group, stream) for group in tried)


def _is_as_announced(group: Group, stream: "VideoStream") -> bool:
    announced = group.stamps
    first = group.packets[0]
    if announced is None or not first.is_keyframe:
        return False
    expected = sorted(stamp for stamp in announced if stamp >= announced[0])
    return _stamps_shown((p for p in group.packets if not group.leads(p)), stream) == expected


def _stamps_shown(
    chosen: "Iterable[Packet[VideoStream]]", stream: "VideoStream"
) -> list[int | None]:
    context = stream.codec_context
    shown = [picture.pts for packet in chosen for picture in pictures_of(packet) or ()]
    shown += [picture.pts for picture in context.decode(None)]
    context.flush_buffers()
    return shown
