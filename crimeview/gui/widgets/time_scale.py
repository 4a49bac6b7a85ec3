"""Which seconds of a recording a plot shows, and where they lie on the screen."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, Signal

CLOSEST = 0.5  # seconds across at the closest zoom
_STEPS = (
    (0.05, 2),
    (0.1, 1),
    (0.2, 1),
    (0.5, 1),
    *((float(seconds), 0) for seconds in (1, 2, 5, 10, 15, 30)),
    *((60.0 * minutes, 0) for minutes in (1, 2, 5, 10, 15, 30)),
    *((3600.0 * hours, 0) for hours in (1, 2, 3, 6, 12, 24, 48, 96, 168)),
)  # seconds from tick to tick, and how many decimals their times have


class TimeScale(QObject):
    """The visible span, always within a recording of `length` seconds, on `width` pixels."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.length = CLOSEST
        self.start = 0.0
        self.end = CLOSEST
        self.width = 1

    @property
    def span(self) -> float:
        """The seconds that are visible."""
        return self.end - self.start

    def set_width(self, width: int) -> None:
        self.width = max(1, width)
        self.changed.emit()

    def set_length(self, seconds: float) -> None:
        """Another length; what showed the whole recording goes on doing so."""
        whole = self.span >= 0.999 * self.length
        self.length = max(seconds, CLOSEST)
        self.show(*((0.0, self.length) if whole else (self.start, self.end)))

    def show(self, start: float, end: float) -> None:
        """Show this span, or what is nearest to it within the recording and the closest zoom."""
        span = min(max(end - start, CLOSEST), self.length)
        start = min(max(0.0, (start + end - span) / 2), self.length - span)
        if (start, start + span) != (self.start, self.end):
            self.start, self.end = start, start + span
            self.changed.emit()

    def fit(self) -> None:
        """Show all of the recording."""
        self.show(0.0, self.length)

    def move(self, seconds: float) -> None:
        """Show what comes so much later, as far as there is anything."""
        start = min(max(0.0, self.start + seconds), self.length - self.span)
        self.show(start, start + self.span)

    def zoom(self, factor: float, *, center: float) -> None:
        """Show `factor` times as many seconds, with `center` where it is on the screen."""
        span = min(max(self.span * factor, CLOSEST), self.length)
        share = (center - self.start) / self.span
        start = min(max(0.0, center - share * span), self.length - span)
        self.show(start, start + span)

    def x_of(self, seconds: float) -> float:
        """Where a moment lies, in pixels from the left edge."""
        return (seconds - self.start) / self.span * self.width

    def seconds_at(self, x: float) -> float:
        return self.start + x / self.width * self.span

    def ticks(self, *, apart: float, phase: float = 0.0) -> Iterator[tuple[float, int]]:
        """Round times at least `apart` pixels from each other, and their decimals.

        Round is what is so after `phase` seconds are added: on the camera's clock, for instance.
        """
        least = apart / self.width * self.span
        step, decimals = next((s for s in _STEPS if s[0] >= least), _STEPS[-1])
        number = -int(-(self.start + phase) // step)
        while number * step - phase <= self.end:
            yield number * step - phase, decimals
            number += 1
