"""Reading a camera's packets as they come, and beginning anew whenever it is lost."""

import time
from collections.abc import Callable
from threading import Event, Thread
from typing import TYPE_CHECKING

import av

from crimeview.core.address import SourceKind, kind_of
from crimeview.core.back_off import BackOff, BackOffRule
from crimeview.core.watching import Camera
from crimeview.video.live_clock import ArrivalClock
from crimeview.video.live_open import CameraError, Connection, connected, sentence
from crimeview.video.live_packets import LivePacket, PacketQueue, PacketRing, StreamForm, form_of
from crimeview.video.live_state import LiveState

if TYPE_CHECKING:
    from av.packet import Packet
    from av.video.stream import VideoStream

_AGAIN = BackOffRule()
_REFUSED = BackOffRule(first=10.0, longest=120.0)  # cameras lock out who tries passwords
_RESET = 10.0  # s by which a camera's clock falls only if it was set
_BEHIND = 1.0  # s that the pace of a file may be behind before it is given up


class CameraReader:
    """Reads a camera in a thread of its own until it is closed."""

    def __init__(
        self, camera: Camera, *, queue: PacketQueue, ring: PacketRing | None, state: LiveState
    ) -> None:
        self._camera = camera
        self._queue, self._ring, self._state = queue, ring, state
        self._stop = Event()
        self._connections = 0
        self.seconds = 0.0  # of processor time
        self._thread = Thread(target=self._guarded, name=f"read {camera.name}", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ask it to end; `join` waits for that."""
        self._stop.set()

    @property
    def ended(self) -> bool:
        return not self._thread.is_alive()

    def join(self) -> None:
        """A camera that does not answer is waited for some seconds."""
        self._thread.join()

    def _guarded(self) -> None:
        try:
            self._run()
        except BaseException as error:
            self._state.fault = error
        finally:
            self._queue.close()

    def _run(self) -> None:
        again, refused = BackOff(_AGAIN), BackOff(_REFUSED)
        while not self._stop.is_set():
            wait = again
            try:
                self._read_once(again)
                if self._is_over():
                    return
                continue
            except CameraError as error:
                self._state.lost(str(error))
                wait = refused if error.refused else again
            self._queue.cut()
            self._stop.wait(wait.wait())

    def _is_over(self) -> bool:
        """Whether the file played as a camera, which has come to its end, is not to begin anew."""
        if self._camera.looped or self._stop.is_set():
            return self._stop.is_set()
        self._drain()
        self._state.ended()
        return True

    def _drain(self) -> None:
        """Let what was read last be decoded."""
        until = time.monotonic() + 2.0
        while self._queue.oldest is not None and time.monotonic() < until:
            self._stop.wait(0.02)

    def _read_once(self, again: BackOff) -> None:
        """Read a connection to its end, which of a live one means that it is lost: CameraError."""
        with connected(self._camera) as connection:
            self._connections += 1
            codec = connection.stream.codec_context.name
            self._state.connected(self._connections, codec=codec)
            try:
                self._read(connection, again.succeeded)
            except av.FFmpegError as error:
                raise sentence(error, self._camera) from None
        if kind_of(self._camera.opened) is not SourceKind.FILE and not self._stop.is_set():
            raise CameraError(f"The camera “{self._camera.name}” has ended the connection.")

    def _read(self, connection: Connection, succeeded: Callable[[], None]) -> None:
        stamps = _Stamps(connection.stream, timed=connection.timed)
        pace = _Pace(self._stop) if connection.paced else None
        clock = ArrivalClock()
        form: StreamForm | None = None
        self._queue.cut()
        for packet in connection.container.demux(connection.stream):
            if self._stop.is_set():
                return
            if packet.size == 0:  # the end flushes the decoder
                continue
            stamps.take(packet)
            if form is None:
                if not packet.is_keyframe:
                    continue
                form = self._form(connection.stream, packet)
                succeeded()
            if pace is not None:
                pace.wait_for(stamps.decoded)
            self._pass_on(packet, form, stamps, clock)
            self.seconds = time.thread_time()

    def _form(self, stream: "VideoStream", keyframe: "Packet[VideoStream]") -> StreamForm:
        try:
            return form_of(stream, bytes(keyframe), number=self._connections)
        except ValueError as error:
            raise CameraError(
                f"The camera “{self._camera.name}” sends a kind of video that this program cannot "
                "decode; choose another of its streams (H.264 is always known)."
            ) from error

    def _pass_on(
        self,
        packet: "Packet[VideoStream]",
        form: StreamForm,
        stamps: "_Stamps",
        clock: ArrivalClock,
    ) -> None:
        now = time.time()
        live = LivePacket(
            form=form,
            data=bytes(packet),
            pts=stamps.pts,
            dts=stamps.dts,
            duration=packet.duration or stamps.usual,
            is_keyframe=packet.is_keyframe,
            arrival=now,
            wall=clock.arrived(stamps.decoded, at=now) + stamps.shown - stamps.decoded,
        )
        self._state.came(packet.size, at=now)
        if self._ring is not None:
            self._ring.put(live)
        self._queue.put(live)


class _Pace:
    """Lets a file be read as fast as it was recorded."""

    def __init__(self, stop: Event) -> None:
        self._stop = stop
        self._zero: float | None = None  # monotonic time of the stream's second 0

    def wait_for(self, seconds: float) -> None:
        now = time.monotonic()
        if self._zero is None or now - self._zero - seconds > _BEHIND:
            self._zero = now - seconds
        due = self._zero + seconds
        if due > now:
            self._stop.wait(due - now)


class _Stamps:
    """A stream's time stamps as files want them: known, and in order of decoding."""

    def __init__(self, stream: "VideoStream", *, timed: bool) -> None:
        """Where the stream is not `timed`, a picture's time is that of its coming."""
        self._began_at = None if timed else time.monotonic()
        self._base = float(stream.time_base or 1 / 90_000)
        rate = float(stream.guessed_rate or stream.average_rate or 25)
        self.usual = max(1, round(1 / rate / self._base))  # units from picture to picture
        self.pts = self.dts = 0
        self._began = False

    @property
    def shown(self) -> float:
        return self.pts * self._base

    @property
    def decoded(self) -> float:
        return self.dts * self._base

    def take(self, packet: "Packet[VideoStream]") -> None:
        """Take in the next packet.

        Where its decoding time had to be made up it may lie behind the time it is shown at, which
        no file can hold.
        """
        pts = packet.pts if packet.pts is not None else packet.dts
        dts = packet.dts if packet.dts is not None else pts
        if self._began_at is not None:
            pts = dts = round((time.monotonic() - self._began_at) / self._base)
        if pts is None or dts is None:  # before the camera's clock is known
            pts = dts = self.dts + self.usual if self._began else 0
        if self._began and self.dts - _RESET / self._base < dts <= self.dts:
            dts = self.dts + 1
        self.pts, self.dts, self._began = pts, dts, True
