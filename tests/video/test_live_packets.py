"""A camera's packets on their way to a decoder that is slower than the camera."""

from collections.abc import Iterator
from fractions import Fraction

import pytest

from crimeview.core.clip import ClipSpec
from crimeview.video.live import patience_for
from crimeview.video.live_packets import LivePacket, PacketQueue, Patience, StreamForm
from crimeview.video.single import Coding

_RATE, _GOP = 25, 50
_CLIP = 1.36  # s that a clip of SPEC lasts
SPEC = ClipSpec(frames=17, rate=12.5, step=8, resize=(64, 64), crop=(64, 64), color="gray")
FORM = StreamForm(
    number=1,
    coding=Coding(
        decoder="h264", extradata=None, width=64, height=64, bits=0, pixel_format=None, tag=None
    ),
    header=b"",
    time_base=Fraction(1, _RATE),
    rate=float(_RATE),
)


def packets(seconds: float) -> Iterator[LivePacket]:
    for number in range(round(seconds * _RATE)):
        at = number / _RATE
        yield LivePacket(
            form=FORM,
            data=b"",
            pts=number,
            dts=number,
            duration=1,
            is_keyframe=number % _GOP == 0,
            arrival=at,
            wall=at,
        )


def decoded(queue: PacketQueue, *, speed: float, seconds: float) -> list[tuple[float, float]]:
    """What of a stream is got in one piece, from when to when, if decoding takes its time.

    How late each packet is when it is got is held to that of two clips and their ends.
    """
    coming, now = packets(seconds), 0.0
    waiting = next(coming, None)
    pieces: list[tuple[float, float]] = []
    while waiting is not None:
        while waiting is not None and waiting.arrival <= now:
            queue.put(waiting)
            waiting = next(coming, None)
        got = queue.get(seconds=0.0)
        if got is None:
            now = waiting.arrival if waiting is not None else now
            continue
        packet, broken = got
        assert now - packet.arrival < 3.2
        if broken:
            pieces.append((packet.seconds, packet.seconds))
        pieces[-1] = (pieces[-1][0], packet.seconds)
        now += 1 / _RATE / speed
    return pieces[:-1]


@pytest.mark.parametrize("speed", [0.9, 0.75, 0.6, 0.5])
def test_what_is_got_in_one_piece_is_long_enough_for_a_clip(speed: float) -> None:
    queue = PacketQueue(patience_for([SPEC]))
    pieces = decoded(queue, speed=speed, seconds=240.0)
    whole = sum(end - start > _CLIP for start, end in pieces)
    assert len(pieces) >= 10
    assert whole >= 0.9 * len(pieces)
    assert queue.dropped < (1 - speed + 0.12) * 240.0 * _RATE


def test_a_decoder_that_keeps_up_gets_everything() -> None:
    queue = PacketQueue(patience_for([SPEC]))
    assert decoded(queue, speed=1.1, seconds=60.0) == []  # all of it is the last piece
    assert queue.dropped == 0


def test_decoding_goes_on_at_a_keyframe_that_is_not_late_itself() -> None:
    queue = PacketQueue(Patience(usual=1.0, piece=2.0, longest=3.0))
    stream = list(packets(6.2))
    queue.put(stream[0])
    assert queue.get(seconds=0.0) == (stream[0], True)
    for packet in stream[1:]:  # nothing is got for long
        queue.put(packet)
    got = queue.get(seconds=0.0)
    assert got is not None
    assert got[0].seconds == 6.0
    assert got[1]
