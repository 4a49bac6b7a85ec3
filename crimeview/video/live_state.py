"""How it is with a camera, as its threads tell it."""

import time
from collections import deque
from threading import Lock

from crimeview.core.watching import Camera, CameraHealth, CameraState

_SILENT = 5.0  # s without a packet after which a camera is lost
_METER = 5.0  # s over which rates are told


class LiveState:
    """What a camera's reader and decoder tell, and everybody may ask."""

    def __init__(self, camera: Camera) -> None:
        self._camera = camera.name
        self._lock = Lock()
        self._state, self._since = CameraState.CONNECTING, time.time()
        self._message: str | None = None
        self._losses = 0
        self._newest = 0.0  # when the newest packet came
        self._came: deque[tuple[float, int]] = deque()  # when packets came, and their bytes
        self._looked: deque[float] = deque()  # when clips were scored
        self._connection: int | None = None  # which is being read
        self._connected = 0.0
        self._size = (0, 0)
        self._codec = ""
        self._delay = 0.0
        self._skipped = 0
        self.fault: BaseException | None = None  # a bug of ours, to be raised by who watches

    @property
    def state(self) -> CameraState:
        return self._state

    def connected(self, number: int, *, codec: str) -> None:
        """A further connection can be read; the camera is live with its first picture."""
        with self._lock:
            self._connection, self._codec = number, codec
            self._newest = self._connected = time.time()
            self._came.clear()

    def came(self, size: int, *, at: float) -> None:
        """A packet of so many bytes."""
        with self._lock:
            self._newest = at
            self._came.append((at, size))
            while self._came[0][0] < at - _METER:
                self._came.popleft()

    def pictured(self, number: int, *, height: int, width: int) -> None:
        """A picture of the connection of that number was decoded."""
        with self._lock:
            self._size = height, width
            live = self._state in (CameraState.LIVE, CameraState.STILL)
            if not live and number == self._connection:
                self._become(CameraState.LIVE, None)

    def stands_still(self, seconds: float | None) -> None:
        """The picture has been the same for so long, or (None) changes again."""
        with self._lock:
            if seconds is None and self._state is CameraState.STILL:
                self._become(CameraState.LIVE, None)
            elif seconds is not None and self._state is CameraState.LIVE:
                self._become(
                    CameraState.STILL,
                    f"The picture of “{self._camera}” has not changed for {seconds:.0f} s; check "
                    "that the camera is not covered and does not hang.",
                )

    def lost(self, sentence: str) -> None:
        """Nothing can be read, for that reason."""
        with self._lock:
            self._connection = None
            self._lose(sentence)

    def ended(self) -> None:
        """A file was read to its end; what is decoded of it afterwards does not make it live."""
        with self._lock:
            self._connection = None
            self._become(CameraState.ENDED, None)

    def scored(self, *, delay: float, at: float) -> None:
        """A clip was scored, so long after its last picture came."""
        with self._lock:
            self._delay = delay
            self._looked.append(at)

    def skipped(self, clips: int = 1) -> None:
        """Clips were not looked at because newer ones came."""
        with self._lock:
            self._skipped += clips

    def health(self, *, lag: float, drops: int) -> CameraHealth:
        """How it is now; a camera that has been silent for five seconds is lost."""
        now = time.time()
        with self._lock:
            live = self._state in (CameraState.LIVE, CameraState.STILL)
            if live and now - self._newest > _SILENT:
                self._lose(f"The camera “{self._camera}” sends nothing any more.")
            recent = [(at, size) for at, size in self._came if at > now - _METER]
            while self._looked and self._looked[0] < now - _METER:
                self._looked.popleft()
            span = min(_METER, max(1.0, now - self._connected))
            return CameraHealth(
                camera=self._camera,
                time=now,
                state=self._state,
                since=self._since,
                frame_rate=len(recent) / span,
                kilobits=sum(size for _, size in recent) * 8 / 1000 / span,
                analyzed=len(self._looked) / span,
                delay=self._delay,
                lag=lag,
                drops=drops,
                skipped=self._skipped,
                losses=self._losses,
                width=self._size[1],
                height=self._size[0],
                codec=self._codec,
                message=self._message,
            )

    def _lose(self, sentence: str) -> None:
        if self._state in (CameraState.LIVE, CameraState.STILL):
            self._losses += 1
        if self._state is CameraState.LOST:
            self._message = sentence
        else:
            self._become(CameraState.LOST, sentence)

    def _become(self, state: CameraState, message: str | None) -> None:
        self._state, self._since, self._message = state, time.time(), message
