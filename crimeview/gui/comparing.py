"""What was looked for and a result side by side, both playing in step."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from crimeview.gui.following import Follower
from crimeview.gui.player import Player
from crimeview.gui.playhead import Playhead
from crimeview.gui.tasks import Tasks

_LEAST = 1.0  # s that a loop lasts, however short what it shows


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A span (s on its recording's clock) and the file that shows it.

    `zero` is what of that clock is the file's beginning; `path` None where there is no file.
    """

    name: str
    span: tuple[float, float]
    path: Path | None = None
    zero: float = 0.0

    @property
    def start(self) -> float:
        """Where the span begins in the file (s)."""
        return max(0.0, self.span[0] - self.zero)

    @property
    def length(self) -> float:
        return self.span[1] - self.span[0]


class Comparing(QObject):
    """The query leads, the result follows; both are repeated from their beginnings.

    `changed` tells of other files, of which each may be missing.
    """

    changed = Signal()

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._tasks = tasks
        self.query: Shown | None = None
        self.result: Shown | None = None
        self.playhead = Playhead()
        self.player = Player(tasks, self.playhead, preview_at=lambda _seconds: None)
        self.follower: Follower | None = None
        self.playhead.sought.connect(self._follow)
        self.playhead.moved.connect(self._follow)
        self.playhead.rate_changed.connect(self._follow)
        self.playhead.end_changed.connect(self._loop)

    @property
    def busy(self) -> bool:
        return self.player.busy or (self.follower is not None and self.follower.player.busy)

    def show_query(self, shown: Shown | None) -> None:
        """Show this on the left, from its beginning."""
        if shown == self.query:
            return
        self.query = shown
        self.playhead.reset(end=shown.span[1] - shown.zero if shown is not None else 0.0)
        if shown is None or shown.path is None:
            self.player.close()
        else:
            self.playhead.seek(shown.start)
            self.player.open(shown.path)
        self._align()
        self.changed.emit()

    def show_result(self, shown: Shown | None) -> None:
        """Show this on the right, its beginning together with that of the left."""
        if shown == self.result:
            return
        self.result = shown
        if self.follower is not None:
            self.follower.close()
            self.follower = None
        if shown is not None and shown.path is not None:
            self.follower = Follower(
                shown.path,
                self.playhead,
                self._tasks,
                end=shown.span[1] - shown.zero,
                preview_at=lambda _seconds: None,
            )
        self._align()
        self.changed.emit()

    def go_to(self, query: float, result: float) -> None:
        """Show these moments (s on the recordings' clocks) together."""
        if self.query is None or self.result is None:
            return
        self._set_offset(query - self.query.zero, result - self.result.zero)
        self.playhead.seek(query - self.query.zero)

    def close(self) -> None:
        self.show_result(None)
        self.show_query(None)

    def _align(self) -> None:
        """Both begin together; what is longer decides what is repeated."""
        if self.query is None:
            return
        if self.result is not None:
            self._set_offset(self.query.start, self.result.start)
        self._loop()
        self.playhead.seek(self.query.start)

    def _loop(self) -> None:
        if self.query is not None:
            lengths = [shown.length for shown in (self.query, self.result) if shown is not None]
            length = max(*lengths, _LEAST)
            start = self.query.start
            self.playhead.set_loop((start, start + length))

    def _set_offset(self, query: float, result: float) -> None:
        if self.follower is not None:
            self.follower.lag_by(result - query)

    def _follow(self, _value: float) -> None:
        if self.follower is not None:
            self.follower.follow()
