"""What of the selected recording nobody looked at closely, read in the background."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from crimeview.core.job import Changed
from crimeview.core.look import Look
from crimeview.gui.tasks import Tasks
from crimeview.gui.workspace import Workspace
from crimeview.store.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """Spans (n, 2) in seconds, ascending, and how each was looked at (n,), as `Look`."""

    spans: NDArray[np.float64]
    looks: NDArray[np.uint8]

    def look_at(self, seconds: float) -> Look | None:
        """How that moment was looked at, if it was skipped."""
        at = int(np.searchsorted(self.spans[:, 0], seconds, side="right")) - 1
        if at < 0 or seconds >= self.spans[at, 1]:
            return None
        return Look(int(self.looks[at]))


NOTHING = Skipped(spans=np.empty((0, 2)), looks=np.empty(0, np.uint8))


class Skipping(QObject):
    """`skipped` is what was last read of the selected recording."""

    changed = Signal()

    def __init__(self, workspace: Workspace, tasks: Tasks) -> None:
        super().__init__()
        self.skipped = NOTHING
        self._workspace = workspace
        self._tasks = tasks
        self._reading = False
        self._again = False  # something has changed since the reading began
        workspace.changed.connect(self._on_changed)
        workspace.recording_selected.connect(self._on_selected)

    @property
    def busy(self) -> bool:
        return self._reading

    def _on_changed(self, changed: Changed) -> None:
        if changed & Changed.TRACKS:
            self._read()

    def _on_selected(self) -> None:
        if len(self.skipped.spans):
            self._take(NOTHING)
        self._read()

    def _read(self) -> None:
        recording, case = self._workspace.recording, self._workspace.case
        if self._reading or recording is None:
            self._again = self._reading
            return
        self._reading, self._again = True, False
        recording_id = recording.id
        self._tasks.call(
            lambda: _read_skipped(case, recording_id),
            on_result=lambda skipped: self._on_read(skipped, case, recording_id),
            on_error=lambda error: self._on_failed(error, case),
        )

    def _on_read(self, skipped: Skipped, case: Case, recording_id: int) -> None:
        self._reading = False
        selected = self._workspace.recording
        if case is self._workspace.case and selected is not None and selected.id == recording_id:
            self._take(skipped)
        if self._again:
            self._read()

    def _on_failed(self, error: Exception, case: Case) -> None:
        self._reading = False
        if case is not self._workspace.case:
            self._read()  # that one is closed; the one that is open has not been read
        elif not isinstance(error, KeyError):  # a recording that was removed meanwhile
            self._workspace.notice(error)

    def _take(self, skipped: Skipped) -> None:
        self.skipped = skipped
        self.changed.emit()


def _read_skipped(case: Case, recording_id: int) -> Skipped:
    runs = case.skipped(recording_id)
    if not runs:
        return NOTHING
    return Skipped(
        spans=np.array([(start, end) for start, end, _ in runs], np.float64),
        looks=np.array([look for _, _, look in runs], np.uint8),
    )
