"""A camera of the tests' own: an RTSP server on loopback that sends H.264 over RTP within TCP.

It freezes, is killed and comes back as asked. RTSP 1.0: RFC 2326; H.264 in RTP: RFC 6184.
"""

import base64
import hashlib
import itertools
import re
import secrets
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from fractions import Fraction
from functools import cached_property
from typing import Self, cast

import av
import numpy as np
from av.video.codeccontext import VideoCodecContext
from numpy.typing import NDArray

from tests.held_port import held_port
from tests.video.recordings import paint

_CLOCK = 90_000  # of RTP time stamps, units a second
_MOST = 1400  # bytes of a NAL unit in one RTP packet
_CHANNEL = 0
_SPS, _PPS, _FRAGMENT = 7, 8, 28  # types of NAL units

Draw = Callable[[int], NDArray[np.uint8]]  # the number of a picture to (height, width, 3) RGB


class RtspCamera:
    """A camera that is on while its block lasts.

    `sent` maps a picture's number to when it was due (seconds since 1970), which is its time by the
    camera's clock, however late a busy computer comes to drawing it. Pictures count up from 0 as
    long as the camera exists.
    """

    def __init__(
        self,
        draw: Draw = paint,
        *,
        rate: float = 25.0,
        keyframe_every: int = 25,
        password: str | None = None,
        bitrate: int | None = None,
    ) -> None:
        """Pictures are drawn `rate` times a second; with a `password` the user is “guard”."""
        self._draw, self._rate, self._gop = draw, rate, keyframe_every
        self._password, self._bitrate = password, bitrate
        self.sent: dict[int, float] = {}
        self.requests: list[str] = []
        self._numbers = itertools.count()
        self._frozen = threading.Event()
        self._stop = threading.Event()
        self._still: int | None = None
        self._clients: set[_Client] = set()
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._at = ExitStack()
        self._port = 0
        self._on = threading.Event()

    @property
    def address(self) -> str:
        return f"rtsp://127.0.0.1:{self._port}/live"

    @property
    def address_with_password(self) -> str:
        return f"rtsp://guard:{self._password}@127.0.0.1:{self._port}/live"

    def __enter__(self) -> Self:
        self._port = self._at.enter_context(held_port())
        self.come_back()
        return self

    def __exit__(self, *_error: object) -> None:
        self.kill()
        self._at.close()

    def kill(self) -> None:
        """All connections are closed and none is taken any more."""
        self._stop.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            clients = list(self._clients)
        for client in clients:
            client.close()
        for thread in self._threads:
            thread.join()
        self._threads, self._clients = [], set()

    def come_back(self) -> None:
        """Take connections again, at the same address."""
        self._stop = threading.Event()
        self._frozen.clear()
        self._listener = socket.socket()
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listener.bind(("127.0.0.1", self._port))
        self._listener.listen()
        self._start(self._accept)
        self._start(self._film)

    def freeze(self) -> None:
        """Connections stay open; nothing is answered or sent, as by a process that is stopped."""
        self._frozen.set()

    def thaw(self) -> None:
        self._frozen.clear()

    def stand_still(self) -> None:
        """Send the same picture again and again, as a camera whose sensor hangs."""
        self._still = max(self.sent, default=0)

    def move_on(self) -> None:
        self._still = None

    @property
    def is_frozen(self) -> bool:
        return self._frozen.is_set()

    def wait_while_frozen(self) -> bool:
        """Whether the camera is still on."""
        while self._frozen.is_set() and not self._stop.is_set():
            time.sleep(0.01)
        return not self._stop.is_set()

    def _start(self, work: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=work, args=args, name="rtsp-camera", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._stop.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            if not self.wait_while_frozen():
                connection.close()
            else:
                client = _Client(connection, self, password=self._password)
                with self._lock:
                    self._clients.add(client)
                self._start(client.answer)

    def _film(self) -> None:
        encoder = self._encoder()
        began = time.time()
        for tick in itertools.count():
            due = began + tick / self._rate
            if self._stop.wait(max(0.0, due - time.time())):
                return
            if self._frozen.is_set():
                self.wait_while_frozen()
                began = time.time() - tick / self._rate
                continue
            number = next(self._numbers)
            self.sent[number] = due
            picture = self._draw(number if self._still is None else self._still)
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = round(due * _CLOCK), Fraction(1, _CLOCK)
            for packet in encoder.encode(frame):
                self._send(bytes(packet), cast("int", packet.pts))

    @cached_property
    def parameter_sets(self) -> bytes:
        """What a decoder must know before the first picture, as a byte stream."""
        encoder = self._encoder()
        frame = av.VideoFrame.from_ndarray(self._draw(0), format="rgb24")
        frame.pts, frame.time_base = 0, Fraction(1, _CLOCK)
        data = b"".join(map(bytes, [*encoder.encode(frame), *encoder.encode(None)]))
        sets = [unit for unit in nal_units(data) if unit[0] & 31 in (_SPS, _PPS)]
        return b"".join(b"\0\0\0\1" + unit for unit in sets)

    def _encoder(self) -> VideoCodecContext:
        height, width = self._draw(0).shape[:2]
        encoder = VideoCodecContext.create("libx264", "w")
        encoder.height, encoder.width, encoder.pix_fmt = height, width, "yuv420p"
        encoder.time_base, encoder.framerate = Fraction(1, _CLOCK), Fraction(self._rate)
        encoder.gop_size, encoder.thread_count = self._gop, 1
        if self._bitrate:
            encoder.bit_rate = self._bitrate
        encoder.options = {"preset": "ultrafast", "tune": "zerolatency", "forced-idr": "1"}
        return encoder

    def _send(self, data: bytes, stamp: int) -> None:
        units = list(nal_units(data))
        with self._lock:
            clients = list(self._clients)
        for client in clients:
            client.send(units, stamp)


class _Client:
    """One connection."""

    def __init__(
        self, connection: socket.socket, camera: RtspCamera, *, password: str | None
    ) -> None:
        self._socket, self._camera, self._password = connection, camera, password
        self._nonce = secrets.token_hex(8)
        self._playing = self._started = False
        self._sequence = 0
        self._source = struct.unpack("!I", secrets.token_bytes(4))[0]
        self._parameters: list[bytes] = []
        self._lock = threading.Lock()
        connection.settimeout(30)

    def close(self) -> None:
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def answer(self) -> None:
        """Answer requests until the connection ends."""
        with suppress(OSError):
            for request, headers in self._requests():
                if not self._camera.wait_while_frozen():
                    break
                self._camera.requests.append(request)
                self._reply(request, headers)
                if request.startswith("TEARDOWN"):
                    break
        self._playing = False

    def send(self, units: list[bytes], stamp: int) -> None:
        """Send a picture; one who does not read fast enough is cut off, as by real cameras."""
        keyframe = any(unit[0] & 31 == 5 for unit in units)
        if not self._playing or (not self._started and not keyframe):
            return
        self._started = True
        try:
            with self._lock:
                self._socket.sendall(b"".join(self._packets(units, stamp)))
        except OSError:
            self._playing = False

    def _packets(self, units: list[bytes], stamp: int) -> Iterator[bytes]:
        for number, unit in enumerate(units):
            last = number == len(units) - 1
            if len(unit) <= _MOST:
                yield self._packet(unit, stamp, marked=last)
                continue
            indicator, kind = bytes([unit[0] & 0xE0 | _FRAGMENT]), unit[0] & 31
            parts = [unit[at : at + _MOST] for at in range(1, len(unit), _MOST)]
            for place, part in enumerate(parts):
                ends = place == len(parts) - 1
                header = bytes([kind | (0x80 if place == 0 else 0) | (0x40 if ends else 0)])
                yield self._packet(indicator + header + part, stamp, marked=last and ends)

    def _packet(self, payload: bytes, stamp: int, *, marked: bool) -> bytes:
        self._sequence = (self._sequence + 1) & 0xFFFF
        kind = 96 | (0x80 if marked else 0)
        header = struct.pack("!BBHII", 0x80, kind, self._sequence, stamp & 0xFFFFFFFF, self._source)
        data = header + payload
        return b"$" + struct.pack("!BH", _CHANNEL, len(data)) + data

    def _requests(self) -> Iterator[tuple[str, dict[str, str]]]:
        held = b""
        while True:
            data = self._socket.recv(4096)
            if not data:
                return
            held += data
            while held:
                if held[:1] == b"$":  # the receiver's reports
                    if len(held) < 4 or len(held) < 4 + struct.unpack("!H", held[2:4])[0]:
                        break
                    held = held[4 + struct.unpack("!H", held[2:4])[0] :]
                    continue
                if b"\r\n\r\n" not in held:
                    break
                head, held = held.split(b"\r\n\r\n", 1)
                lines = head.decode().split("\r\n")
                pairs = (line.split(":", 1) for line in lines[1:])
                yield lines[0], {name.lower(): value.strip() for name, value in pairs}

    def _reply(self, request: str, headers: dict[str, str]) -> None:
        method, url = request.split()[:2]
        more, body, status = "", "", "200 OK"
        if self._password is not None and not self._allowed(method, headers):
            status = "401 Unauthorized"
            more = f'WWW-Authenticate: Digest realm="camera", nonce="{self._nonce}"\r\n'
        elif method == "OPTIONS":
            more = "Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN, GET_PARAMETER\r\n"
        elif method == "DESCRIBE":
            body = self._description()
            more = f"Content-Base: {url}/\r\nContent-Type: application/sdp\r\n"
        elif method == "SETUP":
            more = "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\nSession: 1;timeout=60\r\n"
        elif method in ("PLAY", "TEARDOWN", "GET_PARAMETER"):
            more = "Session: 1\r\n"
        head = f"RTSP/1.0 {status}\r\nCSeq: {headers.get('cseq', '0')}\r\n{more}"
        with self._lock:
            self._socket.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode())
        if method == "PLAY" and status.startswith("200"):
            self._playing = True

    def _allowed(self, method: str, headers: dict[str, str]) -> bool:
        """Whether the digest is right (RFC 2617 without quality of protection)."""
        given = dict(re.findall(r'(\w+)="([^"]*)"', headers.get("authorization", "")))
        first = hashlib.md5(f"guard:camera:{self._password}".encode()).hexdigest()
        second = hashlib.md5(f"{method}:{given.get('uri', '')}".encode()).hexdigest()
        wanted = hashlib.md5(f"{first}:{self._nonce}:{second}".encode()).hexdigest()
        return given.get("response") == wanted

    def _description(self) -> str:
        return (
            "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=camera\r\nc=IN IP4 0.0.0.0\r\nt=0 0\r\n"
            "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"
            f"a=fmtp:96 packetization-mode=1;{self._sets()}\r\na=control:track1\r\n"
        )

    def _sets(self) -> str:
        units = list(nal_units(self._camera.parameter_sets))
        return "sprop-parameter-sets=" + ",".join(base64.b64encode(u).decode() for u in units)


def nal_units(data: bytes) -> Iterator[bytes]:
    """The NAL units of a byte stream (H.264, annex B) that a decoder needs."""
    for unit in re.split(b"\x00\x00\x00?\x01", data):
        if unit and unit[0] & 31 not in (6, 9):
            yield unit.rstrip(b"\x00") if unit[0] & 31 in (_SPS, _PPS) else unit
