"""A camera's packets without a camera, and without waiting for it."""

from pathlib import Path

import av

from crimeview.video.live_packets import LivePacket, form_of


def filmed_packets(path: Path, *, began: float, connection: int = 1) -> list[LivePacket]:
    """The packets of a file as if a connection had brought them from `began` (wall time) on."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        found = [packet for packet in container.demux(stream) if packet.size]
        form = form_of(stream, bytes(found[0]), number=connection)
    first = found[0].pts or 0
    made = []
    for packet in found:
        assert packet.pts is not None
        assert packet.dts is not None
        wall = began + float((packet.pts - first) * form.time_base)
        made.append(
            LivePacket(
                form=form,
                data=bytes(packet),
                pts=packet.pts,
                dts=packet.dts,
                duration=packet.duration or 0,
                is_keyframe=packet.is_keyframe,
                arrival=wall,
                wall=wall,
            )
        )
    return made
