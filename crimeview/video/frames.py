"""Pictures for the player: the exact one at any time, and steps both ways."""

from bisect import bisect_right
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from math import inf, nextafter
from pathlib import Path
from typing import TYPE_CHECKING, Self, cast

import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from crimeview.core.errors import MediaError
from crimeview.video.decode import Decoder, Shown
from crimeview.video.glance import Glance
from crimeview.video.picture import DisplayScaler
from crimeview.video.probe import probe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crimeview.core.recording import Recording

_CACHE = 256 * 1024 * 1024
_THREADS = 4  # someone waits; on fewer cores too it is the quickest by a little
_BEHIND = 12  # pictures decoded before one that is sought, for steps back
_NEAR = 1.0  # s; a time this little ahead is reached by decoding on, whatever keyframes there are


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture as shown and the span (s) it is on screen.

    `picture` is uint8 (height, width, 4): blue, green, red, 255, which is QImage.Format_RGB32.
    `interlaced` says that its odd and even lines are of two moments.
    """

    time: float
    end: float
    picture: NDArray[np.uint8]
    interlaced: bool = False


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
        self._probe = probe(path)
        self.recording: Recording = self._probe.recording
        self._decoder = Decoder(self._probe, threads=_THREADS)
        self._glance: Glance | None = None
        self._scaler = DisplayScaler(
            height=self.recording.height, width=self.recording.width, to="bgra"
        )
        self._cache_bytes = cache_bytes
        self._window: deque[Shown] = deque()  # one after the other, the newest decoded last
        self._bytes = self._largest = 0  # of all pictures kept, of one
        self._passed = inf  # time (s) of the newest picture passed over, if none is kept
        self._coming: Iterator[Shown] = iter(())
        self._now = 0.0  # time of the picture given last

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    @property
    def kept(self) -> tuple[float, float]:
        """The span (s) of the pictures that need no decoding any more."""
        if not self._window:
            return (inf, -inf)
        return self._window[0].time, self._window[-1].end

    def close(self) -> None:
        self._window.clear()
        self._coming = iter(())
        self._decoder.close()
        if self._glance is not None:
            self._glance.close()

    def at(self, seconds: float, *, give_up: Callable[[], bool] | None = None) -> Frame:
        """The picture on screen at `seconds`.

        That is the first one before the beginning, the last one after the end, and in a gap the
        one before it. `give_up` is asked before every picture that is decoded on the way; where it
        says yes, GivenUpError is raised. Raises MediaError if the file has become unreadable.
        """
        return self._get(seconds, behind=_BEHIND, give_up=give_up or _never)

    def after(self) -> Frame | None:
        """The picture after the one given last; None at the end."""
        self._reach(self._now, behind=0, give_up=_never)
        if self._window[-1].time <= self._now and not self._decode_one():
            return None
        if not self._window:  # it was passed over on the way to a time that was given up
            self._restart(self._now, -inf)
            while self._decode_one() and self._window[-1].time <= self._now:
                pass
        following = self._newest_by(self._now) + 1
        return self._frame(self._window[following]) if following < len(self._window) else None

    def before(self) -> Frame | None:
        """The picture before the one given last; None at the beginning.

        Where it is not kept any more, as many before it as can be kept are decoded with it.
        """
        if self._now <= 0.0:
            return None
        room = self._cache_bytes // max(1, self._largest)
        return self._get(nextafter(self._now, -inf), behind=max(0, room - 2), give_up=_never)

    def near(self, seconds: float) -> Frame:
        """The picture of the last keyframe by `seconds`: the quickest there is near that time.

        What `after` and `before` step from stays as it is. Where a recording has no keyframes that
        can be sought it is what `at` gives. Raises MediaError.
        """
        if self._glance is None:
            self._glance = Glance(self._probe, self._decoder.keyframes)
        found = self._glance.by(max(0.0, seconds))
        if found is None:
            return self.at(seconds)
        time, picture = found
        return Frame(time, time + 1.0 / self.recording.frame_rate, self._scaler.scale(picture))

    def _get(self, seconds: float, *, behind: int, give_up: Callable[[], bool]) -> Frame:
        self._reach(max(0.0, seconds), behind=behind, give_up=give_up)
        return self._frame(self._window[self._newest_by(seconds)])

    def _newest_by(self, seconds: float) -> int:
        """Where in the window the picture on screen at `seconds` is."""
        return max(0, bisect_right(self._window, seconds, key=lambda shown: shown.time) - 1)

    def _reach(self, seconds: float, *, behind: int, give_up: Callable[[], bool]) -> None:
        """Bring the picture on screen at `seconds` into the window.

        With it, `behind` pictures before it if they are decoded on the way.
        """
        wanted = min(seconds, self.recording.duration) - behind / self.recording.frame_rate
        if self._leads_to(seconds):
            near = bool(self._window) and seconds < self._window[-1].end + _NEAR
            self._decoder.pass_until(-inf if near else wanted)
        else:
            self._restart(seconds, wanted)
        self._decode_until(seconds, give_up)
        if not self._window or self._window[0].time > seconds > 0.0:  # passed: it stood for long
            self._restart(seconds, -inf)
            self._decode_until(seconds, give_up)
        if not self._window:
            raise MediaError(
                f"“{self.recording.path.name}” has become unreadable; "
                "check the disk it is on and open it again."
            )

    def _decode_until(self, seconds: float, give_up: Callable[[], bool]) -> None:
        while not self._window or self._window[-1].end <= seconds:
            if give_up():
                raise GivenUpError
            if not self._decode_one():
                return

    def _leads_to(self, seconds: float) -> bool:
        """Whether decoding on from where the decoder stands is the way to show that time."""
        if self._window:
            first, newest = self._window[0].time, self._window[-1]
            came = newest.time, newest.end
        else:
            first, came = self._passed, (self._passed, self._passed)
        return first <= seconds and (
            seconds < came[1] + _NEAR or self._decoder.keyframes.before(seconds) <= came[0]
        )

    def _restart(self, seconds: float, wanted: float) -> None:
        self._clear()
        self._passed = inf
        self._coming = self._decoder.shown(since=seconds, wanted=wanted)

    def _clear(self) -> None:
        self._window.clear()
        self._bytes = 0

    def _decode_one(self) -> bool:
        shown = next(self._coming, None)
        if shown is None:
            return False
        if shown.picture is None:  # the window has no holes
            self._clear()
            self._passed = shown.time
            return True
        self._window.append(shown)
        self._largest = max(self._largest, _size(shown))
        self._bytes += _size(shown)
        while self._bytes > self._cache_bytes and len(self._window) > 2:
            self._bytes -= _size(self._window.popleft())
        return True

    def _frame(self, shown: Shown) -> Frame:
        self._now = shown.time
        picture = _picture(shown)
        return Frame(
            shown.time, shown.end, self._scaler.scale(picture), bool(picture.interlaced_frame)
        )


def _never() -> bool:
    return False


def _picture(shown: Shown) -> VideoFrame:
    return cast("VideoFrame", shown.picture)  # only such are kept


def _size(shown: Shown) -> int:
    return sum(plane.buffer_size for plane in _picture(shown).planes)
