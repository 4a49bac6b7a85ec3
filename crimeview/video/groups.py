"""Groups of pictures as a file holds them: a keyframe's packet and those up to the next one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from av.packet import Packet
    from av.video.stream import VideoStream

_LONGEST = 500  # packets; one that is longer comes in parts, so that its bytes need not be kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Packets in file order, the first of a keyframe unless it is the later `part` of a group."""

    packets: "list[Packet[VideoStream]]"
    part: bool

    @property
    def stamps(self) -> list[int] | None:
        """Presentation time stamps in file order, if every packet has one and no two the same.

        None too where a packet is damaged, or where this is but a part of a group.
        """
        stamps = [p.pts for p in self.packets if p.pts is not None and not p.is_corrupt]
        if self.part or len(set(stamps)) < len(self.packets):
            return None
        return stamps

    def leads(self, packet: "Packet[VideoStream]") -> bool:
        """Whether the packet's picture is shown before the keyframe that it follows in the file.

        Such a picture may refer to the group before.
        """
        first = self.packets[0].pts
        return first is not None and packet.pts is not None and packet.pts < first


def groups(packets: "Iterable[Packet[VideoStream]]") -> Iterator[Group]:
    """The packets group by group, without the empty one that flushes a decoder at the end."""
    waiting: list[Packet[VideoStream]] = []
    part = False
    for packet in packets:
        ends = bool(waiting) and packet.is_keyframe
        if ends or len(waiting) == _LONGEST:
            part = part or not ends
            yield Group(packets=waiting, part=part)
            waiting, part = [], not ends
        if packet.size:
            waiting.append(packet)
    if waiting:
        yield Group(packets=waiting, part=part)
