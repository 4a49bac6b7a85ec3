"""From pictures in the order they are shown to clips as a model wants them."""

from collections import deque
from collections.abc import Callable, Iterator
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
    no clip has reported.
    """

    def __init__(self, spec: ClipSpec, scale: Scale, *, after: ClipCursor | None) -> None:
        self._spec, self._scale = spec, scale
        self._after = after if after is not None and after.last_frame > -inf else None
        self._run = _Run(spec, scale, self._after) if self._after is not None else None
        # Where the rate is None, pictures are numbered from the run's first, which may not be among
        # these: count back from the last one reported, whose number is known.
        counted = self._after is None or spec.rate is not None
        self._seen: deque[Shown] | None = None if counted else deque(maxlen=max(1, _overlap(spec)))

    def add(self, picture: Shown) -> Iterator[Clip]:
        """Take the next picture; yields the clips that it completes."""
        after, seen = self._after, self._seen
        if after is not None and picture.time < after.origin:
            return
        if after is None or seen is None:
            yield from self._take(picture)
            return
        seen.append(picture)
        if picture.time >= after.last_frame:
            last = (after.index - 1) * self._spec.step + self._spec.frames - 1
            cast("_Run", self._run).start_at(last - len(seen) + 1)
            self._seen = None
            for earlier in seen:
                yield from self._take(earlier)

    def _take(self, picture: Shown) -> Iterator[Clip]:
        if self._run is None:
            start = ClipCursor(origin=picture.time, index=0, last_frame=-inf)
            self._run = _Run(self._spec, self._scale, start)
        yield from self._run.add(picture)
        if picture.last:
            self._run = None


def _overlap(spec: ClipSpec) -> int:
    return max(0, spec.frames - spec.step)


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
        self._samples: dict[int, tuple[float, NDArray[np.uint8]]] = {}
        self._unreported: deque[tuple[float, float]] = deque()

    def start_at(self, number: int) -> None:
        """Take the next picture for sample `number` (for a rate of None)."""
        self._next = number

    def add(self, picture: Shown) -> Iterator[Clip]:
        """Take the next picture; yields the clips that it completes."""
        if picture.time > self._cursor.last_frame:
            self._unreported.append((picture.time, picture.end))
        self._sample(picture)
        while self._is_complete(picture.end):
            end = self._nominal_end(picture.end)
            yield self._clip(end, reporting=inf if self._spec.rate is None else end - _LATE)
        if picture.last and self._unreported:
            self._pad(picture)
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

    def _sample(self, picture: Shown) -> None:
        numbers = self._numbers(picture)
        wanted = [
            n for n in numbers if n >= self._first and n % self._spec.step < self._spec.frames
        ]
        if wanted:
            array = self._scale(picture.picture)
            self._samples.update((n, (picture.time, array)) for n in wanted)
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

    def _pad(self, picture: Shown) -> None:
        """Let the run's last picture stand until the next clip is full."""
        missing = range(max(self._first, self._next), self._first + self._spec.frames)
        array = self._scale(picture.picture)
        self._samples.update((n, (picture.time, array)) for n in missing)
        self._next = max(self._next, missing.stop)

    def _clip(self, end: float, *, reporting: float) -> Clip:
        """The next clip, which reports the pictures that come before `reporting` (s)."""
        spec, first = self._spec, self._first
        samples = [self._samples[n] for n in range(first, first + spec.frames)]
        reported = self._report(reporting)
        start = samples[0][0] if spec.rate is None else min(self._tick(first, spec.rate), end)
        self._cursor = ClipCursor(
            origin=self._cursor.origin,
            index=self._cursor.index + 1,
            last_frame=reported[-1][0] if reported else self._cursor.last_frame,
        )
        for number in [n for n in self._samples if n < self._first]:
            del self._samples[number]
        return Clip(
            start=start,
            end=end,
            frames=np.stack([array for _, array in samples]),
            frame_times=np.array(reported, np.float64).reshape(-1, 2),
            cursor=self._cursor,
        )

    def _report(self, before: float) -> list[tuple[float, float]]:
        reported = []
        while self._unreported and self._unreported[0][0] < before:
            reported.append(self._unreported.popleft())
        return reported
