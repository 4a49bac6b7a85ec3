"""Where in a recording everybody looks."""

from PySide6.QtCore import QObject, Signal

SPEEDS = (0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)

Span = tuple[float, float]  # seconds, the end not included


class Playhead(QObject):
    """The one truth about position and speed.

    Views ask it to `seek`, `step` and `play`; the player obeys and reports each frame it has put on
    the screen by `show`. Seconds are the recording's clock, which starts at 0. `rate` is the
    playing speed, negative for backwards and 0 while paused; `speed` the one that `play` starts
    with. `loop` is a span that is played over and over, None where there is none.
    """

    moved = Signal(float)  # to another position, for whatever reason
    sought = Signal(float)  # somebody asked for this position
    stepped = Signal(int)  # somebody asked for that many frames on or back
    rate_changed = Signal(float)
    speed_changed = Signal(float)
    end_changed = Signal()
    loop_changed = Signal()
    played_out = Signal()  # playing forwards has come to the end
    mark_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.position = 0.0
        self.end = 0.0
        self.rate = 0.0
        self.speed = 1.0
        self.loop: Span | None = None
        self.mark: float | None = None  # where a span begins that ends at the playhead

    @property
    def playing(self) -> bool:
        return self.rate != 0.0

    def set_end(self, end: float) -> None:
        """The recording's last second; the position is kept before it."""
        if end != self.end:
            self.end = end
            self.end_changed.emit()
            self._move(self._within(self.position))

    def set_mark(self, seconds: float | None) -> None:
        """Begin a span there; None for none."""
        if seconds != self.mark:
            self.mark = seconds
            self.mark_changed.emit()

    def reset(self, *, end: float = 0.0, position: float = 0.0) -> None:
        """Go to another recording, paused."""
        self.pause()
        self.set_loop(None)
        self.end = end
        self.position = self._within(position)
        self.end_changed.emit()
        self.moved.emit(self.position)

    def seek(self, seconds: float) -> None:
        self._move(self._within(seconds))
        self.sought.emit(self.position)

    def step(self, frames: int) -> None:
        self.pause()
        self.stepped.emit(frames)

    def show(self, seconds: float) -> None:
        """A player's report: this frame is on the screen."""
        if seconds > self.end:  # the container said less than there is
            self.end = seconds
            self.end_changed.emit()
        self._move(seconds)

    def toggle(self) -> None:
        if self.playing:
            self.pause()
        else:
            self.play()

    def play(self) -> None:
        if self.position >= self.end:
            self.seek(0.0)
        self._set_rate(self.speed)

    def pause(self) -> None:
        self._set_rate(0.0)

    def run(self, rate: float) -> None:
        """Play at exactly this rate, 0 being paused: as somebody who leads does."""
        self._set_rate(rate)

    def shuttle(self, direction: int) -> None:
        """J and L: start at normal speed in the direction (-1 or 1), twice as fast at each press.

        Against the present direction it slows down to normal speed first, as editors do.
        """
        if self.rate * direction <= 0:
            self._set_rate(float(direction))
        else:
            self._set_rate(direction * min(abs(self.rate) * 2, SPEEDS[-1]))

    def shuttle_slowly(self, direction: int) -> None:
        """The same the other way: at half speed in the direction, half as fast at each press."""
        if self.rate * direction <= 0 or abs(self.rate) > 1.0:
            self._set_rate(direction * 0.5)
        else:
            self._set_rate(direction * max(abs(self.rate) / 2, SPEEDS[0]))

    def set_loop(self, span: Span | None) -> None:
        """Play this span over and over from now on; None, or one that is empty, ends that."""
        if span is not None:
            span = (self._within(span[0]), self._within(span[1]))
        loop = span if span is not None and span[1] > span[0] else None
        if loop != self.loop:
            self.loop = loop
            self.loop_changed.emit()

    def set_speed(self, speed: float) -> None:
        """The speed to play forwards with, at once if it is playing."""
        if speed != self.speed:
            self.speed = speed
            self.speed_changed.emit(speed)
        if self.playing:
            self._set_rate(speed)

    def change_speed(self, notches: int) -> None:
        nearest = min(range(len(SPEEDS)), key=lambda i: abs(SPEEDS[i] - self.speed))
        self.set_speed(SPEEDS[max(0, min(len(SPEEDS) - 1, nearest + notches))])

    def _within(self, seconds: float) -> float:
        return max(0.0, min(seconds, self.end))

    def _move(self, seconds: float) -> None:
        if seconds != self.position:
            self.position = seconds
            self.moved.emit(seconds)

    def _set_rate(self, rate: float) -> None:
        if rate != self.rate:
            self.rate = rate
            self.rate_changed.emit(rate)
