"""Who is in the selected recording's picture, read a minute at a time in the background."""

from bisect import bisect_right
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from crimeview.core.job import Changed
from crimeview.core.people import Finder, People
from crimeview.gui.playhead import Playhead
from crimeview.gui.workspace import Workspace

_BEFORE, _AFTER = 20.0, 40.0  # s that are read around the playhead
_NEAR = 5.0  # s before the end of what was read at which more is
_LONGEST = 0.7  # s that a frame's people are shown: two frames at three a second

_Frames = Sequence[tuple[float, People]]


class PeopleSight(QObject):
    """The people at the playhead, as an analysis has stored them."""

    changed = Signal()

    def __init__(self, workspace: Workspace, playhead: Playhead) -> None:
        super().__init__()
        self._workspace = workspace
        self._playhead = playhead
        self.finder: Finder | None = None  # what the boxes are those of
        self._frames: _Frames = ()
        self._times: list[float] = []
        self._span: tuple[float, float] | None = None  # that was read, or is being read
        workspace.changed.connect(self._on_changed)
        workspace.recording_selected.connect(self._forget)
        playhead.moved.connect(self._read)
        self._read()

    @property
    def people(self) -> People | None:
        """Those at the playhead; None where nobody was looked for."""
        seconds = self._playhead.position
        number = bisect_right(self._times, seconds) - 1
        if number < 0 or seconds - self._times[number] > _LONGEST:
            return None
        return self._frames[number][1]

    def _on_changed(self, changed: Changed) -> None:
        if changed & Changed.TRACKS:
            self._span = None
            self._read()

    def _forget(self) -> None:
        self._frames, self._times, self._span = (), [], None
        self.changed.emit()
        self._read()

    def _read(self) -> None:
        recording, seconds = self._workspace.recording, self._playhead.position
        if recording is None or (self._span and self._span[0] <= seconds <= self._span[1] - _NEAR):
            return
        number, start, end = recording.id, seconds - _BEFORE, seconds + _AFTER
        self._span = start, end
        self._workspace.access.ask_quietly(
            lambda case: (
                case.people(number, start=start, end=end),
                case.people_finder(number),
            ),
            self._taker(number),
        )

    def _taker(self, recording_id: int) -> Callable[[tuple[_Frames, Finder | None] | None], None]:
        def take(read: tuple[_Frames, Finder | None] | None) -> None:
            selected = self._workspace.recording
            if read is not None and selected is not None and selected.id == recording_id:
                self._frames, self.finder = read
                self._times = [time for time, _ in self._frames]
                self.changed.emit()

        return take
