"""From pictures in the order they are shown to clips as a model wants them."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import inf
from typing import cast

import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from crimeview.core.clip import Clip, ClipCursor, ClipSpec
from crimeview.video.clock import Clock
from crimeview.video.decode import Shown

# s; a picture this little after a tick is on screen at it: containers round times to milliseconds.
_LATE = 0.001

Scale = Callable[[VideoFrame], NDArray[np.uint8]]


def resume_time(spec: ClipSpec, after: ClipCursor | None, clock: Clock) -> float:
    """From which time on `Sampling` needs the pictures to go on after a cursor."""
    if after is None or after.last_frame == -inf:
        return 0.0
    if spec.rate is not None:
        return min(after.last_frame, after.origin + after.index * spec.step / spec.rate)
    # Consecutive pictures of a run are at most clock.longest apart.
    return max(after.origin, after.last_frame - _overlap(spec) * clock.longest)


class Sampling:
    """Samples the pictures of a recording into clips, picture by picture.

    The pictures begin at or before `resume_time`. A gap ends a run of pictures and no clip spans
    it; a run's tail that does not fill a clip is padded with its last picture if it holds one that
    no clip has reported. Pictures may be undecoded where a decoded one comes before; clips for
    which the same one stands share one array.
    """

    def __init__(self, spec: ClipSpec, scale: Scale, *, after: ClipCursor | None) -> None:
        self._spec, self._scale = spec, scale
        self._standing = _Standing(spec, scale)
        self._after = after if after is not None and after.last_frame > -inf else None
        self._run = _Run(spec, scale, self._after) if self._after is not None else None
        # Where the rate is None, pictures are numbered from the run's first, which may not be among
        # these: count back from the last one reported, whose number is known.
        counted = self._after is None or spec.rate is not None
        self._seen: deque[_Taken] | None = None if counted else deque(maxlen=max(1, _overlap(spec)))

    def add(self, picture: Shown) -> Iterator[Clip]:
        """Take the next picture; yields the clips that it completes."""
        after, seen = self._after, self._seen
        taken = _Taken(picture, self._standing.frames(picture))
        if after is not None and picture.time < after.origin:
            return
        if after is None or seen is None:
            yield from self._take(taken)
            return
        seen.append(taken)
        if picture.time >= after.last_frame:
            last = (after.index - 1) * self._spec.step + self._spec.frames - 1
            cast("_Run", self._run).start_at(last - len(seen) + 1)
            self._seen = None
            for earlier in seen:
                yield from self._take(earlier)

    def _take(self, taken: "_Taken") -> Iterator[Clip]:
        if self._run is None:
            start = ClipCursor(origin=taken.picture.time, index=0, last_frame=-inf)
            self._run = _Run(self._spec, self._scale, start)
        yield from self._run.add(taken)
        if taken.picture.last:
            self._run = None


def _overlap(spec: ClipSpec) -> int:
    return max(0, spec.frames - spec.step)


@dataclass(frozen=True, slots=True)
class _Taken:
    """A picture; where it was not decoded, the `frames` of a clip in which another stands for it.

    Those are (T, height, width, channels).
    """

    picture: Shown
    frames: NDArray[np.uint8] | None


class _Standing:
    """The newest decoded picture, which stands for those after it that are not decoded."""

    def __init__(self, spec: ClipSpec, scale: Scale) -> None:
        self._length = spec.frames
        self._scale = scale
        self._newest: VideoFrame | None = None
        self._frames: NDArray[np.uint8] | None = None

    def frames(self, picture: Shown) -> NDArray[np.uint8] | None:
        """A clip's frames in which nothing moves, one array for all; None if this was decoded."""
        if picture.picture is not None:
            self._newest, self._frames = picture.picture, None
        elif self._frames is None and self._newest is not None:
            array = self._scale(self._newest)
            self._newest, self._frames = None, np.broadcast_to(array, (self._length, *array.shape))
        return self._frames


@dataclass(frozen=True, slots=True)
class _Sample:
    """A picture in a clip: seconds of its coming, and its `array`, (height, width, channels).

    Where it was not decoded, `array` is None and `frames` are those of the clip.
    """

    time: float
    array: NDArray[np.uint8] | None
    frames: NDArray[np.uint8] | None


class _Run:
    """An unbroken run of pictures on its way into clips.

    Sample j is the picture on screen at `origin + j / rate`, or picture j where the rate is None.
    Only pictures that are sampled are scaled.
    """

    def __init__(self, spec: ClipSpec, scale: Scale, cursor: ClipCursor) -> None:
        self._spec = spec
        self._scale = scale
        self._cursor = cursor
        self._next = cursor.index * spec.step  # number of the next sample
        self._samples: dict[int, _Sample] = {}
        self._unreported: deque[tuple[float, float]] = deque()

    def start_at(self, number: int) -> None:
        """Take the next picture for sample `number` (for a rate of None)."""
        self._next = number

    def add(self, taken: _Taken) -> Iterator[Clip]:
        """Take the next picture; yields the clips that it completes."""
        picture = taken.picture
        if picture.time > self._cursor.last_frame:
            self._unreported.append((picture.time, picture.end))
        self._sample(taken)
        while self._is_complete(picture.end):
            end = self._nominal_end(picture.end)
            yield self._clip(end, reporting=inf if self._spec.rate is None else end - _LATE)
        if picture.last and self._unreported:
            self._pad(taken)
            end = min(self._nominal_end(picture.end), picture.end)
            yield self._clip(end, reporting=inf)

    @property
    def _first(self) -> int:
        """Number of the next clip's first sample."""
        return self._cursor.index * self._spec.step

    def _tick(self, number: int, rate: float) -> float:
        return self._cursor.origin + number / rate

    def _nominal_end(self, shown_until: float) -> float:
        if self._spec.rate is None:
            return shown_until
        return self._tick(self._first + self._spec.frames, self._spec.rate)

    def _sample(self, taken: _Taken) -> None:
        numbers = self._numbers(taken.picture)
        wanted = [
            n for n in numbers if n >= self._first and n % self._spec.step < self._spec.frames
        ]
        if wanted:
            self._samples.update(dict.fromkeys(wanted, self._scaled(taken)))
        self._next = numbers.stop

    def _numbers(self, picture: Shown) -> range:
        """Numbers of the samples that are this picture."""
        rate = self._spec.rate
        if rate is None:
            return range(self._next, self._next + 1)
        stop = self._next
        while self._tick(stop, rate) + _LATE < picture.end:
            stop += 1
        return range(self._next, stop)

    def _is_complete(self, shown_until: float) -> bool:
        return (
            self._next >= self._first + self._spec.frames
            and self._nominal_end(shown_until) <= shown_until + _LATE
        )

    def _scaled(self, taken: _Taken) -> _Sample:
        decoded = taken.picture.picture
        array = self._scale(decoded) if decoded is not None else None
        return _Sample(taken.picture.time, array, taken.frames)

    def _pad(self, taken: _Taken) -> None:
        """Let the run's last picture stand until the next clip is full."""
        missing = range(max(self._first, self._next), self._first + self._spec.frames)
        self._samples.update(dict.fromkeys(missing, self._scaled(taken)))
        self._next = max(self._next, missing.stop)

    def _clip(self, end: float, *, reporting: float) -> Clip:
        """The next clip, which reports the pictures that come before `reporting` (s)."""
        spec, first = self._spec, self._first
        samples = [self._samples[n] for n in range(first, first + spec.frames)]
        reported = self._report(reporting)
        start = samples[0].time if spec.rate is None else min(self._tick(first, spec.rate), end)
        self._cursor = ClipCursor(
            origin=self._cursor.origin,
            index=self._cursor.index + 1,
            last_frame=reported[-1][0] if reported else self._cursor.last_frame,
        )
        for number in [n for n in self._samples if n < self._first]:
            del self._samples[number]
        still = next((s.frames for s in samples if s.frames is not None), None)
        arrays = [s.array for s in samples if s.array is not None]
        return Clip(
            start=start,
            end=end,
            frames=np.stack(arrays) if still is None else still,
            frame_times=np.array(reported, np.float64).reshape(-1, 2),
            pictures=len({s.time for s in samples}),
            cursor=self._cursor,
            decoded=still is None,
        )

    def _report(self, before: float) -> list[tuple[float, float]]:
        reported = []
        while self._unreported and self._unreported[0][0] < before:
            reported.append(self._unreported.popleft())
        return reported
