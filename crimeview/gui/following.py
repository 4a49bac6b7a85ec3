"""A second picture that plays as the first does, some seconds apart."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from crimeview.gui.player import Player
from crimeview.gui.playhead import Playhead
from crimeview.gui.preview import PreviewAt
from crimeview.gui.tasks import Tasks

_LATE = 0.0005  # s; what a sum of times may lack to the picture that is meant
_APART = 0.15  # s of wall time that they may be apart while they play


class FollowingPlayhead(Playhead):
    """A playhead that is led by another: what is asked of it is asked of that one."""

    def __init__(self, leader: Playhead) -> None:
        super().__init__()
        self._leader = leader

    def toggle(self) -> None:
        self._leader.toggle()


class Follower(QObject):
    """A file that is shown in step with a leading playhead.

    `offset` is what is added to the leader's seconds to get its own; `outside` says that it has no
    picture of the moment.
    """

    changed = Signal()

    def __init__(
        self, path: Path, leader: Playhead, tasks: Tasks, *, end: float, preview_at: PreviewAt
    ) -> None:
        super().__init__()
        self.offset = 0.0
        self.outside = False
        self._leader = leader
        self.playhead = FollowingPlayhead(leader)
        self.player = Player(tasks, self.playhead, preview_at=preview_at)
        self.playhead.reset(end=end)
        self.player.open(path)

    def lag_by(self, offset: float) -> None:
        """Be so many seconds ahead of the leader from now on."""
        self.offset = offset
        self.follow()

    def follow(self) -> None:
        """Go to where the leader is, and play as it does."""
        seconds = self._leader.position + self.offset
        outside = not 0.0 <= seconds <= self.playhead.end
        if outside != self.outside:
            self.outside = outside
            self.changed.emit()
        if outside:
            self.playhead.pause()
            return
        rate = self._leader.rate
        apart = abs(self.playhead.position - seconds)
        if rate == 0.0 or self.playhead.rate != rate or apart > _APART * max(1.0, abs(rate)):
            self.playhead.seek(seconds + _LATE)
        self.playhead.run(rate)
        self.changed.emit()

    def close(self) -> None:
        self.player.close()
