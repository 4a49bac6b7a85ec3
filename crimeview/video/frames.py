"""Pictures for the player: the exact one at any time, and steps both ways."""

from bisect import bisect_right
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from math import inf, nextafter
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import MediaError
from crimeview.video.decode import Decoder, Shown
from crimeview.video.picture import DisplayScaler
from crimeview.video.probe import probe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crimeview.core.recording import Recording

_CACHE = 256 * 1024 * 1024
_NEAR = 1.0  # s; a time this little ahead is reached by decoding on, whatever keyframes there are


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture as shown and the span (s) it is on screen.

    `picture` is uint8 (height, width, 4): blue, green, red, 255, which is QImage.Format_RGB32.
    """

    time: float
    end: float
    picture: NDArray[np.uint8]


class GivenUpError(Exception):
    """The picture is no longer wanted; the reader stands where it came to and can be used on."""


class FrameReader:
    """Gives pictures of a recording by time, and steps from one to the next or the one before.

    It keeps the decoder where it stands, so that a step forward decodes one picture, and the
    decoded pictures behind it up to `cache_bytes`, so that steps back decode none. It owns what it
    opened until `close`; one thread may use it.
    """

    def __init__(self, path: Path, *, cache_bytes: int = _CACHE) -> None:
        """Open the recording; raises MediaError."""
        probed = probe(path)
        self.recording: Recording = probed.recording
        self._decoder = Decoder(probed)
        self._scaler = DisplayScaler(
            height=self.recording.height, width=self.recording.width, to="bgra"
        )
        self._cache_bytes = cache_bytes
        self._window: deque[Shown] = deque()  # one after the other, the newest decoded last
        self._bytes = 0
        self._coming: Iterator[Shown] = iter(())
        self._now = 0.0  # time of the picture given last

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def near(self, seconds: float) -> Frame:
        """A picture near `seconds` that is quick to give, for while the mouse is dragged.

        Raises as `at` does.
        """
        return self.at(seconds)

    def close(self) -> None:
        self._window.clear()
        self._coming = iter(())
        self._decoder.close()

    def at(self, seconds: float, *, give_up: Callable[[], bool] | None = None) -> Frame:
        """The picture on screen at `seconds`.

        That is the first one before the beginning, the last one after the end, and in a gap the
        one before it. `give_up` is asked before every picture that is decoded on the way; where it
        says yes, GivenUpError is raised. Raises MediaError if the file has become unreadable.
        """
        self._reach(max(0.0, seconds), give_up or _never)
        return self._frame(self._window[self._newest_by(seconds)])

    def after(self) -> Frame | None:
        """The picture after the one given last; None at the end."""
        self._reach(self._now, _never)
        if self._window[-1].time <= self._now and not self._decode_one():
            return None
        return self._frame(self._window[self._newest_by(self._now) + 1])

    def before(self) -> Frame | None:
        """The picture before the one given last; None at the beginning."""
        return self.at(nextafter(self._now, -inf)) if self._now > 0.0 else None

    def _newest_by(self, seconds: float) -> int:
        """Where in the window the picture on screen at `seconds` is."""
        return max(0, bisect_right(self._window, seconds, key=lambda shown: shown.time) - 1)

    def _reach(self, seconds: float, give_up: Callable[[], bool]) -> None:
        """Bring the picture on screen at `seconds` into the window."""
        if not self._leads_to(seconds):
            self._restart(seconds)
        while self._window[-1].end <= seconds:
            if give_up():
                raise GivenUpError
            if not self._decode_one():
                return

    def _leads_to(self, seconds: float) -> bool:
        """Whether decoding on from the window is the way to show that time."""
        if not self._window or seconds < self._window[0].time:
            return False
        newest = self._window[-1]
        return (
            seconds < newest.end + _NEAR or self._decoder.keyframes.before(seconds) <= newest.time
        )

    def _restart(self, seconds: float) -> None:
        self._window.clear()
        self._bytes = 0
        self._coming = self._decoder.shown(since=seconds)
        if not self._decode_one():
            raise MediaError(
                f"“{self.recording.path.name}” has become unreadable; "
                "check the disk it is on and open it again."
            )

    def _decode_one(self) -> bool:
        shown = next(self._coming, None)
        if shown is None:
            return False
        self._window.append(shown)
        self._bytes += _size(shown)
        while self._bytes > self._cache_bytes and len(self._window) > 2:
            self._bytes -= _size(self._window.popleft())
        return True

    def _frame(self, shown: Shown) -> Frame:
        self._now = shown.time
        return Frame(shown.time, shown.end, self._scaler.scale(shown.picture))


def _never() -> bool:
    return False


def _size(shown: Shown) -> int:
    return sum(plane.buffer_size for plane in shown.picture.planes)
