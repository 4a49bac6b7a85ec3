"""What score tracks look like over a span, read in the background."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from crimeview.core.job import Changed
from crimeview.core.track import TrackKind
from crimeview.gui.tasks import Tasks
from crimeview.gui.workspace import Workspace
from crimeview.store.case import Case
from crimeview.store.tracks import Envelope

_Found = Mapping[TrackKind, Envelope]


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """Tracks of a recording from `start` to `end` (s), in at most so many entries each."""

    kinds: tuple[TrackKind, ...]
    start: float
    end: float
    entries: int


class Envelopes(QObject):
    """The envelopes that are wanted of the selected recording, as `Case.envelope` gives them.

    Only the newest wish counts; what was read before it is kept until then, and what has changed in
    the case is read anew.
    """

    changed = Signal()  # others were read

    def __init__(self, workspace: Workspace, tasks: Tasks) -> None:
        super().__init__()
        self._workspace = workspace
        self._lane = tasks.lane("envelopes")
        self._found: _Found | None = None
        self._wanted: Glance | None = None
        self._reading = False
        self._again = False
        workspace.recording_selected.connect(self._forget)
        workspace.case_opened.connect(self._forget)
        workspace.changed.connect(self._on_changed)

    @property
    def busy(self) -> bool:
        return self._reading

    @property
    def known(self) -> bool:
        """Whether anything of the selected recording was read yet."""
        return self._found is not None

    @property
    def wanted(self) -> Glance | None:
        """The newest wish."""
        return self._wanted

    def get(self, kind: TrackKind) -> Envelope | None:
        """The newest that was read; None where it was not asked for, or not read yet."""
        return self._found.get(kind) if self._found is not None else None

    def want(self, glance: Glance) -> None:
        """Have it read unless it is here."""
        if glance != self._wanted:
            self._wanted = glance
            self._read()

    def _on_changed(self, changed: Changed) -> None:
        if changed & (Changed.TRACKS | Changed.RECORDINGS):
            self._read()

    def _forget(self) -> None:
        self._found = self._wanted = None

    def _read(self) -> None:
        """Read what is wanted; while something is being read, after that."""
        self._again = self._reading
        recording, glance = self._workspace.recording, self._wanted
        if self._reading or recording is None or glance is None:
            return
        self._reading = True
        case, number = self._workspace.case, recording.id
        self._lane.call(
            lambda: _read(case, number, glance),
            on_result=lambda found: self._on_read(case, number, found),
            on_error=lambda error: self._on_failed(case, number, error),
        )

    def _on_read(self, case: Case, recording_id: int, found: _Found) -> None:
        self._reading = False
        recording = self._workspace.recording
        here = recording is not None and recording.id == recording_id
        if here and case is self._workspace.case:
            self._found = found
            self.changed.emit()
        if self._again:
            self._read()

    def _on_failed(self, case: Case, recording_id: int, error: Exception) -> None:
        if case is self._workspace.case:
            self._workspace.notice(error)
        self._on_read(case, recording_id, {})


def _read(case: Case, recording_id: int, glance: Glance) -> _Found:
    return {
        kind: case.envelope(
            recording_id, kind, start=glance.start, end=glance.end, entries=glance.entries
        )
        for kind in glance.kinds
    }
