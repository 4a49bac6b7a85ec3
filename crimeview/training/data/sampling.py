"""Which clips a training epoch sees, and getting them out of the cache."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from crimeview.core.clip import ClipSpec
from crimeview.training.data.examples import NORMAL, Example
from crimeview.training.data.framecache import Frames
from crimeview.training.data.windows import clip_seconds, frames_at, usable_span

_STRETCH = (0.7, 1.3)  # of the time between sampled frames
_INSIDE, _OUTSIDE = 0.7, 0.1  # shares of a window within the event: at least, at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Draws:
    """How many windows an epoch takes from a recording.

    `clips` is by data set, for its labeled clips (1 where it is not named): small sets are drawn
    more often, so that a class does not depend on the size of its set. A share is the chance of
    one more. An ordinary recording gives one for every `quiet_seconds`, at most `most_quiet`, so
    that none rules the rest.
    """

    clips: Mapping[str, float] = field(default_factory=lambda: {"car_crashes": 2.0})
    quiet_seconds: float = 3.0
    most_quiet: int = 12


@dataclass(frozen=True, slots=True)
class Window:
    """A clip to take: example number, start (s), time between frames (s), label."""

    example: int
    start: float
    interval: float
    label: str


class Sampler:
    """Draws training windows from examples whose frames are in the cache."""

    def __init__(
        self,
        examples: Sequence[Example],
        frames: Sequence[Frames],
        spec: ClipSpec,
        *,
        draws: Draws | None = None,
    ) -> None:
        self._examples, self._frames, self._spec = examples, frames, spec
        self._draws = draws or Draws()

    def epoch(self, random: np.random.Generator) -> list[Window]:
        """The windows of one epoch in random order.

        A labeled clip gives one (those of a small set more), an event within a longer recording
        one and one of what is normal beside it, an ordinary recording several by its length.
        """
        windows = [w for n in range(len(self._examples)) for w in self._windows(n, random)]
        random.shuffle(windows)
        return windows

    def clips(self, windows: Sequence[Window]) -> list[NDArray[np.uint8]]:
        """Frames uint8 (T, height, width, channels) of each window."""
        return [
            take_clip(self._frames[w.example], self._spec, start=w.start, interval=w.interval)
            for w in windows
        ]

    def _windows(self, number: int, random: np.random.Generator) -> list[Window]:
        example, frames = self._examples[number], self._frames[number]
        if example.weak:  # where its event is nobody knows, so no window has a label
            return []
        usable = usable_span(frames.times, example.central)
        if np.isfinite(example.span[1]):
            event = self._event(number, example.core, random)
            return [event, *self._beside(number, usable, random)]
        count = self._count(example, usable, random)
        return [self._within(number, usable, example.label, random) for _ in range(count)]

    def _count(
        self, example: Example, usable: tuple[float, float], random: np.random.Generator
    ) -> int:
        """Windows of a labeled clip, or of a recording without an event by its length."""
        if example.central is None:
            length = usable[1] - usable[0]
            return int(np.clip(length / self._draws.quiet_seconds, 1, self._draws.most_quiet))
        draws = self._draws.clips.get(example.data, 1.0)
        return int(draws) + int(draws % 1 > 0 and random.random() < draws % 1)

    def _event(self, number: int, core: tuple[float, float], random: np.random.Generator) -> Window:
        interval, length = self._interval(random)
        low, high = core[0] - (1 - _INSIDE) * length, core[1] - _INSIDE * length
        start = random.uniform(low, high) if low < high else (low + high) / 2
        return Window(number, start, interval, self._examples[number].label)

    def _beside(
        self, number: int, usable: tuple[float, float], random: np.random.Generator
    ) -> list[Window]:
        """A normal window of a recording that has an event elsewhere; none if it hits the event."""
        window = self._within(number, usable, NORMAL, random)
        end = window.start + self._spec.frames * window.interval
        event = self._examples[number].span
        overlap = min(end, event[1]) - max(window.start, event[0])
        return [] if overlap > _OUTSIDE * (end - window.start) else [window]

    def _within(
        self, number: int, usable: tuple[float, float], label: str, random: np.random.Generator
    ) -> Window:
        interval, length = self._interval(random)
        latest = max(usable[0], usable[1] - length)
        return Window(number, random.uniform(usable[0], latest), interval, label)

    def _interval(self, random: np.random.Generator) -> tuple[float, float]:
        interval = random.uniform(*_STRETCH) * clip_seconds(self._spec) / self._spec.frames
        return interval, interval * self._spec.frames


def take_clip(
    frames: Frames, spec: ClipSpec, *, start: float, interval: float
) -> NDArray[np.uint8]:
    """One clip, uint8 (T, height, width, channels)."""
    rows = frames_at(frames.times, start=start, interval=interval, count=spec.frames)
    return frames.pictures[rows]


def starts_to_judge(example: Example, frames: Frames, spec: ClipSpec) -> NDArray[np.float64]:
    """Start seconds of the three clips by which a short recording is judged as a whole."""
    start, end = usable_span(frames.times, example.central)
    return np.linspace(start, max(start, end - clip_seconds(spec)), 3)
