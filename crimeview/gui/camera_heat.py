"""Scores of all recordings of a timeline at a glance, read in the background."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from crimeview.core.job import Changed
from crimeview.core.track import TrackKind
from crimeview.gui.tasks import Tasks
from crimeview.gui.timeline import Timeline
from crimeview.gui.workspace import Workspace
from crimeview.store.case import Case
from crimeview.store.tracks import Envelope

_ENTRIES = 2000  # of a whole timeline: about what a screen can show


class CameraHeat(QObject):
    """`heat` holds an envelope of each recording's scores."""

    changed = Signal()

    def __init__(self, workspace: Workspace, tasks: Tasks, timeline: Timeline) -> None:
        super().__init__()
        self.heat: Mapping[int, Envelope] = {}
        self._workspace = workspace
        self._timeline = timeline
        self._lane = tasks.lane("camera heat")
        self._reading = False
        self._again = False
        self._ids: tuple[int, ...] = ()
        timeline.changed.connect(self._on_timeline_changed)
        workspace.changed.connect(self._on_changed)

    @property
    def busy(self) -> bool:
        return self._reading

    def _on_timeline_changed(self) -> None:
        if self._members() != self._ids:
            self._read()

    def _on_changed(self, changed: Changed) -> None:
        if changed & Changed.TRACKS:
            self._read()

    def _members(self) -> tuple[int, ...]:
        found = self._timeline.timeline
        if found is None or len(found.pieces) < 2:
            return ()
        return tuple(piece.recording_id for piece in found.pieces)

    def _read(self) -> None:
        if self._reading:
            self._again = True
            return
        self._ids, self._again = self._members(), False
        if not self._ids:
            return
        self._reading = True
        case = self._workspace.case
        self._lane.call(
            partial(_read, case, self._ids),
            on_result=partial(self._on_read, case),
            on_error=self._on_failed,
        )

    def _on_read(self, case: Case, heat: Mapping[int, Envelope]) -> None:
        self._reading = False
        if case is self._workspace.case:
            self.heat = heat
            self.changed.emit()
        if self._again:
            self._read()

    def _on_failed(self, error: Exception) -> None:
        self._reading = False
        self._workspace.notice(error)


def _read(case: Case, ids: Sequence[int]) -> Mapping[int, Envelope]:
    kind, entries = TrackKind.FRAME_SCORES, max(8, _ENTRIES // len(ids))
    return {i: case.envelope(i, kind, start=0.0, end=1e12, entries=entries) for i in ids}
