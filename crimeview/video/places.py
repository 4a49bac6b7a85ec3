"""Reading packets from where they lie in the file, without its container."""

from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING, cast

from av.packet import Packet

from crimeview.video.gops import Gops

if TYPE_CHECKING:
    from collections.abc import Iterable

    from av.container import InputContainer
    from av.video.stream import VideoStream

# Elsewhere packets are cut into pieces.
_IN_ONE_PIECE = ("mp4", "matroska", "avi")
_BEFORE = 16  # bytes; a packet's header within its container is no longer


class PacketFile:
    """A file whose packets are read by position. One thread at a time may use it."""

    def __init__(self, path: Path) -> None:
        """Open the file; raises OSError."""
        self._file = FileIO(path)

    def close(self) -> None:
        self._file.close()

    def packet(self, position: int, size: int) -> "Packet[VideoStream] | None":
        """The packet of that many bytes; None if the file cannot be read there or is too short."""
        packet = cast("Packet[VideoStream]", Packet(size))
        try:
            self._file.seek(position)
            read = self._file.readinto(packet)
        except OSError:
            return None
        return packet if read == size else None


def bytes_before_packets(
    path: Path,
    container: "InputContainer",
    keyframes: "Iterable[Packet[VideoStream]]",
    gops: Gops,
) -> int | None:
    """How far after its position the data of each keyframe lies, None if it is not to be had there.

    Tried with those of `keyframes`, as demuxed, that begin one of the groups: some containers'
    packets are compressed, encrypted or not all in this file.
    """
    if not any(name in container.format.name for name in _IN_ONE_PIECE):
        return None
    found = set()
    with path.open("rb") as file:
        for keyframe in keyframes:
            if keyframe.pos is not None and (gops.positions == keyframe.pos).any():
                file.seek(keyframe.pos)
                found.add(file.read(_BEFORE + keyframe.size).find(bytes(keyframe)))
    return found.pop() if len(found) == 1 and -1 not in found else None
