"""A camera’s packets on their way: to the decoder, and into a ring that holds the last ones."""

import io
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from threading import Condition, Lock

import av
from av.video.stream import VideoStream

from crimeview.video.single import Coding


@dataclass(frozen=True, slots=True, eq=False)
class StreamForm:
    """What a stream's packets do not say: how to decode them, and how to write them to a file.

    `header` is a small NUT file in memory that holds the stream's parameters, extradata as it came:
    it outlives the connection. `number` counts the camera's connections.
    """

    number: int
    coding: Coding
    header: bytes
    time_base: Fraction
    rate: float  # pictures a second, as the stream says


@dataclass(frozen=True, slots=True, eq=False)
class LivePacket:
    """A packet: its bytes, its time stamps in units of the form's time base, and when it came.

    `wall` is when what it shows should have come, see `ArrivalClock`.
    """

    form: StreamForm
    data: bytes
    pts: int
    dts: int
    duration: int
    is_keyframe: bool
    arrival: float
    wall: float

    @property
    def seconds(self) -> float:
        return float(self.pts * self.form.time_base)


def form_of(stream: VideoStream, first: bytes, *, number: int) -> StreamForm:
    """The form of a stream whose keyframe `first` is; raises av.FFmpegError, ValueError."""
    base = stream.time_base or Fraction(1, 90_000)
    rate = stream.guessed_rate or stream.average_rate or Fraction(25)
    return StreamForm(
        number=number,
        coding=Coding.of(stream),
        header=_header(stream, first),
        time_base=base,
        rate=float(rate) if 1 <= rate <= 240 else 25.0,
    )


def _header(stream: VideoStream, first: bytes) -> bytes:
    memory = io.BytesIO()
    with av.open(memory, "w", format="nut") as container:
        copy = container.add_stream_from_template(stream, opaque=True)
        packet = av.Packet(first)
        packet.pts = packet.dts = 0
        packet.time_base = stream.time_base or Fraction(1, 90_000)
        packet.is_keyframe = True
        packet.stream = copy
        container.mux(packet)
    return memory.getvalue()


@dataclass(frozen=True, slots=True)
class Patience:
    """How long packets wait to be decoded: `usual` seconds.

    They wait `longest` seconds where less than `piece` seconds of unbroken stream were got before
    them: a piece that is shorter than a clip is of no use.
    """

    usual: float
    piece: float
    longest: float


class PacketQueue:
    """Packets that wait to be decoded; what waits too long is dropped up to a later keyframe.

    So a decoder that is too slow sees less, and hardly later.
    """

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._waiting: deque[LivePacket] = deque()
        self._ready = Condition()
        self._at_keyframe = True  # the next that is taken in must be one
        self._broken = True
        self._piece: tuple[float, float] | None = None  # what was got unbroken, s of the stream
        self._closed = False
        self.dropped = 0

    def put(self, packet: LivePacket) -> None:
        """Take in the next packet; never waits."""
        with self._ready:
            if self._at_keyframe and not packet.is_keyframe:
                self.dropped += 1
                return
            self._at_keyframe = False
            self._waiting.append(packet)
            self._drop_late(packet.arrival)
            self._ready.notify()

    def get(self, *, seconds: float) -> tuple[LivePacket, bool] | None:
        """The next packet, and whether some before it are missing; None if none comes so soon."""
        with self._ready:
            self._ready.wait_for(lambda: self._waiting or self._closed, timeout=seconds)
            if self._closed or not self._waiting:
                return None
            broken, self._broken = self._broken, False
            packet = self._waiting.popleft()
            first = packet.seconds if broken or self._piece is None else self._piece[0]
            self._piece = first, packet.seconds
            return packet, broken

    @property
    def is_closed(self) -> bool:
        return self._closed

    @property
    def oldest(self) -> float | None:
        """When the packet came that has waited longest."""
        with self._ready:
            return self._waiting[0].arrival if self._waiting else None

    def cut(self) -> None:
        """What comes next does not follow what came: a new connection."""
        with self._ready:
            self._at_keyframe = True
            self._broken = True

    def close(self) -> None:
        with self._ready:
            self._closed = True
            self._waiting.clear()
            self._ready.notify_all()

    def _drop_late(self, now: float) -> None:
        waited = now - self._waiting[0].arrival
        if waited <= (self._patience.longest if self._is_short() else self._patience.usual):
            return
        late = next((i for i in reversed(range(len(self._waiting))) if self._goes_on(i, now)), None)
        late = len(self._waiting) if late is None else late  # wait for the next keyframe
        for _ in range(late):
            self._waiting.popleft()
        self.dropped += late
        self._broken = True
        self._at_keyframe = not self._waiting

    def _is_short(self) -> bool:
        """Whether what was got, and goes on with what waits, is too short a piece so far."""
        if self._broken or self._piece is None:
            return False
        first, newest = self._piece
        return newest - first < self._patience.piece

    def _goes_on(self, place: int, now: float) -> bool:
        """Whether decoding can go on, not too late, with that packet in place of the first."""
        packet = self._waiting[place]
        return place > 0 and packet.is_keyframe and now - packet.arrival <= self._patience.usual


class PacketRing:
    """The last packets of a camera, from a keyframe on: at most so many seconds and bytes."""

    def __init__(self, *, seconds: float, most: int) -> None:
        self.seconds = seconds
        self._most = most
        self._held: deque[LivePacket] = deque()
        self._bytes = 0
        self._lock = Lock()

    def hold(self, seconds: float) -> None:
        """Hold so many seconds from now on."""
        with self._lock:
            self.seconds = seconds

    def put(self, packet: LivePacket) -> None:
        with self._lock:
            self._held.append(packet)
            self._bytes += len(packet.data)
            self._trim(packet.wall)

    def since(self, wall: float, *, after: LivePacket | None = None) -> Sequence[LivePacket]:
        """The packets from the last keyframe at or before that time on, of the newest connection.

        Where `after` is given those that came after it; nothing where it is held no longer.
        """
        with self._lock:
            held = list(self._held)
        if after is not None:
            place = next((i for i, packet in enumerate(held) if packet is after), None)
            return held[place + 1 :] if place is not None else []
        if not held:
            return []
        newest = held[-1].form
        starts = [i for i, p in enumerate(held) if p.is_keyframe and p.form is newest]
        early = [i for i in starts if held[i].wall <= wall]
        first = early[-1] if early else (starts[0] if starts else len(held))
        return held[first:]

    def holds(self, packet: LivePacket) -> bool:
        """Whether a packet is held still, so that what came after it can be asked for."""
        with self._lock:
            return any(held is packet for held in reversed(self._held))

    @property
    def size(self) -> int:
        """Bytes held."""
        return self._bytes

    def _trim(self, now: float) -> None:
        """Whole groups go, so that what is left begins with a keyframe."""
        while self._held and (now - self._held[0].wall > self.seconds or self._bytes > self._most):
            group = self._second_keyframe()
            if group is None:
                if self._bytes <= self._most:
                    return  # one long group: it is needed until the next begins
                group = len(self._held)
            elif self._bytes <= self._most and now - self._held[group].wall < self.seconds:
                return  # what is wanted begins within the first group
            for _ in range(group):
                self._bytes -= len(self._held.popleft().data)

    def _second_keyframe(self) -> int | None:
        return next((i for i, p in enumerate(self._held) if i > 0 and p.is_keyframe), None)
