"""What of a track is read for a plot: more than is visible."""

from dataclasses import dataclass
from typing import Self

from crimeview.gui.widgets.time_scale import TimeScale

_ENOUGH = 1.3  # times as many or as few seconds a pixel
_ROOM = 1 / 8  # of what is visible that is here beyond its edges
_FEWEST = 64  # entries


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """From `start` to `end` (s) in `entries` entries: one a pixel where `span` (s) are visible.

    Half a screen or more beyond its edges, so that moving or zooming it a little asks for nothing
    else and is painted once.
    """

    start: float
    end: float
    entries: int
    span: float
    width: int  # pixels
    length: float  # of the recording, s

    @classmethod
    def of(cls, scale: TimeScale) -> Self:
        half = scale.span / 2
        number = int(scale.start // half)
        start = max(0.0, (number - 1) * half)
        end = min(scale.length, (number + 4) * half)
        return cls(
            start=start,
            end=end,
            entries=max(_FEWEST, round(scale.width * (end - start) / scale.span)),
            span=scale.span,
            width=scale.width,
            length=scale.length,
        )

    def suit(self, scale: TimeScale) -> bool:
        """Whether they do for what is visible now."""
        if (self.width, self.length) != (scale.width, scale.length):
            return False
        room = _ROOM * scale.span
        here = self.start <= max(0.0, scale.start - room)
        here = here and min(scale.length, scale.end + room) <= self.end
        return here and self.span / _ENOUGH <= scale.span <= self.span * _ENOUGH
