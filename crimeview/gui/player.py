"""Keeps the picture on the screen where the playhead is, standing or playing.

The decoder lives in a lane of its own. There is one request under way and at most one wanted,
which a newer one replaces: so dragging never queues up. Where the recording has a strip of small
pictures, the one of the moment stands in until the frame is there; where it has none, keyframes
do as soon as the decoder cannot follow. A request for an earlier place is given up then. While
playing, the next frame is decoded ahead and shown when the recording's clock says so; frames that
come too late are passed over.
"""

import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from crimeview.core.errors import CrimeviewError
from crimeview.core.recording import Recording
from crimeview.gui.fetching import Fetched, Fetcher, Wish
from crimeview.gui.play_clock import PlayClock
from crimeview.gui.playhead import Playhead
from crimeview.gui.preview import Preview, PreviewAt, image_of
from crimeview.gui.tasks import Lane, Tasks, log_error
from crimeview.gui.told_text import fault_text

if TYPE_CHECKING:
    from crimeview.video.frames import Frame

_BEFORE = 1e-6  # seconds before a frame's start belong to the frame before it
_NOTHING = (0.0, -1.0)  # a span (s)
_SOON = 0.2  # seconds beyond what is decoded that take no longer than the eye does
_LATE = 0.25  # seconds of lag after which the clock waits for the decoder


class Player(QObject):
    """Decodes what a `Playhead` asks for and says when a frame is to be painted.

    While `preview` is there, it is to be painted instead of `frame`, and as what it is: a small
    picture of about the moment that the playhead is at.
    """

    shown = Signal()  # `frame` or `preview` is to be painted now
    failed = Signal(str)  # the recording cannot be shown, and why: one sentence

    def __init__(self, tasks: Tasks, playhead: Playhead, *, preview_at: PreviewAt) -> None:
        super().__init__()
        self.frame: Frame | None = None
        self.preview: Preview | None = None
        self._preview_at = preview_at
        self._previewed: float | None = None  # the moment that was looked up last
        self._tasks = tasks
        self._playhead = playhead
        self._lane: Lane | None = None
        self._fetcher: Fetcher | None = None
        self._opened = False
        self._fetching: Wish | None = None
        self._wish: Wish | None = None
        self._given_up = threading.Event()  # what is under way
        self._fetched: Frame | None = None  # where the reader is
        self._kept = _NOTHING
        self._clock = PlayClock()
        self._due = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._due.timeout.connect(self._on_due)
        playhead.sought.connect(self._on_sought)
        playhead.stepped.connect(self._on_stepped)
        playhead.rate_changed.connect(self._on_rate_changed)

    @property
    def busy(self) -> bool:
        """Whether a frame other than the one on the screen was asked for."""
        return self._fetching is not None or self._wish is not None or self.preview is not None

    def open(self, path: Path) -> None:
        """Show another recording, at the playhead's position."""
        self._let_go()
        self._fetcher = Fetcher(path)
        if not self._show_preview(self._playhead.position):
            self.shown.emit()
        self._tasks.turns.take(self._begin)

    def close(self) -> None:
        """Let go of the recording."""
        self._let_go()
        self.shown.emit()

    def _begin(self) -> None:
        """Open the file."""
        if self._fetcher is not None and self._lane is None:
            self._lane = self._tasks.lane("player")
            self._lane.call(
                self._fetcher.open, on_result=self._on_opened, on_error=self._on_unopened
            )

    def _let_go(self) -> None:
        self._due.stop()
        self._given_up.set()
        if self._lane is not None and self._fetcher is not None:
            self._lane.close(self._fetcher.close)
        self._lane = self._fetcher = None
        self._opened = False
        self._kept = _NOTHING
        self._wish = self._fetching = None
        self.frame = self._fetched = self.preview = None
        self._previewed = None

    def _on_opened(self, recording: Recording) -> None:
        self._playhead.set_end(recording.duration)
        self._opened = True
        self._want(Wish(self._playhead.position))

    def _on_unopened(self, error: Exception) -> None:
        self.close()
        self._on_failed(error)

    def _on_sought(self, seconds: float) -> None:
        self._due.stop()
        if self._playhead.playing:
            self._clock.set(seconds, rate=self._playhead.rate)
        elif self._shows(seconds) and not self.busy:
            return
        previewed = self._show_preview(seconds)
        behind = self._fetching is not None and not self._fetching.ahead
        if previewed or behind:
            self._given_up.set()
        self._want(Wish(seconds, rough=behind and not previewed))

    def _on_stepped(self, frames: int) -> None:
        if self._wish is not None:
            self._want(Wish(self._wish.seconds, self._wish.steps + frames))
        elif self._fetching is not None and not self._fetching.ahead:
            self._want(Wish(self._fetching.seconds if self._fetching.rough else None, frames))
        elif self.frame is not None:
            here = None if self._fetched is self.frame else self.frame.time
            self._want(Wish(here, frames))

    def _on_rate_changed(self, rate: float) -> None:
        self._due.stop()
        if self._wish is not None and self._wish.ahead:
            self._wish = None
        if rate != 0.0 and self._fetcher is None:
            self._playhead.pause()  # there is nothing to play
        elif rate != 0.0:
            self._clock.set(self._playhead.position, rate=rate)
            if not self.busy:
                self._want_next()

    def _on_fetched(self, fetched: Fetched) -> None:
        wish, self._fetching = self._fetching, None
        frame, self._kept = fetched.frame, fetched.kept
        if frame is not None and wish is not None and wish.rough:
            self.preview = Preview(time=frame.time, image=image_of(frame).copy())
            self.shown.emit()
            self._wish = self._wish or Wish(wish.seconds)
        elif frame is not None and wish is not None:
            self._fetched = frame
            self._receive(frame, wish)
        self._pump()

    def _receive(self, frame: "Frame", wish: Wish) -> None:
        if self._wish is not None or not self._playhead.playing:
            if not wish.ahead and not self._is_outdated(frame):
                self._show(frame, report=wish.steps != 0 and self._wish is None)
        elif wish.ahead not in (0, self._direction):  # it has been turned round meanwhile
            self._want_next()
        elif (again := self._loops(frame, wish)) is not None:
            self._playhead.seek(again)
        elif wish.ahead and self._is_over(frame):
            self._playhead.pause()
            self._playhead.show(self._playhead.end if wish.ahead > 0 else frame.time)
            if wish.ahead > 0:
                self._playhead.played_out.emit()
        else:
            self._schedule(frame)

    def _loops(self, frame: "Frame", wish: Wish) -> float | None:
        """Where playing goes on instead, if it comes out of the span that is to be repeated."""
        loop = self._playhead.loop
        if loop is None or not wish.ahead or self.frame is None:
            return None
        if self._direction > 0:
            leaves = self.frame.time < loop[1] <= max(frame.time, self.frame.end)
            return loop[0] if leaves else None
        before = min(frame.time, self.frame.time - _BEFORE)
        leaves = before < loop[0] <= self.frame.time or (loop[0] <= 0.0 and self._is_over(frame))
        return loop[1] - _BEFORE if leaves else None

    def _schedule(self, frame: "Frame") -> None:
        moment = frame.time if self._direction > 0 else frame.end
        wait = self._clock.until(moment)
        if wait < -_LATE:
            self._clock.set(moment, rate=self._playhead.rate)
        self._due.start(max(0, round(wait * 1000)))

    def _on_due(self) -> None:
        if self._fetched is not None:
            self._show(self._fetched, report=True)
            self._want_next()

    def _on_failed(self, error: Exception) -> None:
        self._fetching = self._wish = self.preview = None
        log_error(error)
        self._playhead.pause()
        self.failed.emit(fault_text(error) if isinstance(error, CrimeviewError) else "")

    def _show(self, frame: "Frame", *, report: bool) -> None:
        self.frame, self.preview = frame, None
        if report:
            self._playhead.show(frame.time)
        self.shown.emit()

    def _show_preview(self, seconds: float) -> bool:
        """Show what stands for that moment, unless the frame is there or about to be.

        False where there is nothing that does.
        """
        at_hand = self._kept[0] <= seconds < self._kept[1] + _SOON
        if self._shows(seconds) or (at_hand and self.preview is None):
            preview = None
        else:
            if seconds == self._previewed and self.preview is not None:
                return True
            self._previewed = seconds
            preview = self._nearest(self._preview_at(seconds), seconds)
            if preview is None or self._fetcher is None:
                return False
        if preview is not self.preview:
            self.preview = preview
            self.shown.emit()
        return True

    def _nearest(self, preview: Preview | None, seconds: float) -> Preview | None:
        """The preview, or the frame on the screen in its place if that is nearer in time."""
        frame = self.frame
        if preview is None or frame is None:
            return preview
        if abs(seconds - preview.time) < abs(seconds - frame.time):
            return preview
        return Preview(time=frame.time, image=image_of(frame))

    def _want_next(self) -> None:
        if self.frame is None:
            return
        now = self._clock.now()
        if self._direction > 0:
            seconds = max(self.frame.end, now)
        else:
            seconds = max(0.0, min(self.frame.time - _BEFORE, now))
        self._want(Wish(seconds, ahead=self._direction))

    def _want(self, wish: Wish) -> None:
        if self._fetcher is not None:
            self._wish = wish
            self._pump()

    def _pump(self) -> None:
        if self._lane is None or self._fetcher is None or not self._opened:
            return
        if self._fetching is None and self._wish is not None:
            self._fetching, self._wish = self._wish, None
            self._given_up = threading.Event()
            self._lane.call(
                partial(self._fetcher.fetch, self._fetching, self._given_up.is_set),
                on_result=self._on_fetched,
                on_error=self._on_failed,
            )

    @property
    def _direction(self) -> int:
        return 1 if self._playhead.rate > 0 else -1

    def _shows(self, seconds: float) -> bool:
        return self.frame is not None and self.frame.time <= seconds < self.frame.end

    def _is_outdated(self, frame: "Frame") -> bool:
        """Whether the frame was given up, but came, and is of where the playhead is no more."""
        here = frame.time <= self._playhead.position < frame.end
        return self._given_up.is_set() and not here

    def _is_over(self, frame: "Frame") -> bool:
        """Whether the frame fetched ahead lies no further than the one shown."""
        if self.frame is None:
            return False
        ahead = frame.time - self.frame.time
        return ahead * self._direction <= 0
