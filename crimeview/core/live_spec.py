"""What clips are wanted of a camera, which may depend on what its stream turns out to be."""

from collections.abc import Callable
from dataclasses import dataclass

from crimeview.core.clip import ClipSpec


@dataclass(frozen=True, slots=True)
class StreamShape:
    """What a stream's pictures are like: their size, and how many come a second, as measured."""

    height: int
    width: int
    rate: float


@dataclass(frozen=True, slots=True)
class LiveSpec:
    """Clips of `of` the stream's shape; None: nothing can be made of such a stream.

    Where `each` is set every clip is wanted: the sequence means nothing with some of them left out.
    `per_second` is how many there will be, about.
    """

    of: Callable[[StreamShape], ClipSpec | None]
    per_second: float
    each: bool = False
    needs_shape: bool = True

    @classmethod
    def fixed(cls, spec: ClipSpec) -> "LiveSpec":
        """The same clips of every stream."""
        return cls(lambda _shape: spec, (spec.rate or 25.0) / spec.step, needs_shape=False)


class RateMeter:
    """How many pictures a stream shows a second, told by their own times after the first few.

    What a stream says of itself is believed where its pictures say nearly the same: their times may
    be rounded to milliseconds.
    """

    _FEWEST = 12
    _NEAR = 0.05

    def __init__(self, said: float) -> None:
        self._said = said
        self._count, self._seconds = 0, 0.0

    def take(self, interval: float) -> None:
        """The next picture came so many seconds after the one before."""
        if self.rate is None:
            self._count, self._seconds = self._count + 1, self._seconds + interval

    @property
    def rate(self) -> float | None:
        """None before it is known."""
        if self._count < self._FEWEST:
            return None
        measured = self._count / self._seconds
        return self._said if abs(self._said / measured - 1) < self._NEAR else measured
