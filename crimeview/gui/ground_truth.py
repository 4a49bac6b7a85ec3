"""What the selected recording really shows, where an annotation file says so."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal

from crimeview.core.edit import Edit
from crimeview.core.ground_truth import TruthSpan
from crimeview.core.job import Changed
from crimeview.core.spans import Spans, merged
from crimeview.gui.reviewing import Reviewing
from crimeview.gui.tasks import Tasks
from crimeview.gui.text import translate
from crimeview.gui.workspace import Workspace
from crimeview.jobs.ground_truth import load_ground_truth, no_truth
from crimeview.store.case import Case


class GroundTruth(QObject):
    """`events` are those of the selected recording, in order of time."""

    changed = Signal()

    def __init__(self, workspace: Workspace, tasks: Tasks, reviewing: Reviewing) -> None:
        super().__init__()
        self.events: Sequence[TruthSpan] = ()
        self.spans = _spans(())
        self._workspace = workspace
        self._tasks = tasks
        self._reviewing = reviewing
        self._lane = tasks.lane("ground truth")
        self._loading = 0
        workspace.recording_selected.connect(self._read)
        workspace.changed.connect(self._on_changed)

    @property
    def busy(self) -> bool:
        return self._loading > 0

    def label_at(self, seconds: float) -> str:
        """What happens at a moment; empty where nothing does."""
        labels = [e.label for e in self.events if e.start <= seconds < e.end]
        return ", ".join(dict.fromkeys(label for label in labels if label))

    def load(self, file: Path) -> None:
        """Take in an annotation file."""
        self._loading += 1
        self._tasks.start(
            load_ground_truth(self._workspace.case, file, reviewer=self._reviewing.reviewer),
            on_result=partial(self._on_loaded, file),
            on_error=self._on_failed,
            on_cancelled=self._on_cancelled,
        )

    def take_away(self) -> None:
        """Take away all ground truth of the case; undoing brings it back."""
        who = self._reviewing.reviewer

        def take(case: Case) -> Edit:
            edit = no_truth(case)
            case.edits.make(edit, reviewer=who)
            return edit

        self._workspace.access.change(take, Changed.TRUTH, then=self._on_taken_away)

    def _on_taken_away(self, edit: Edit) -> None:
        text = translate(
            "GroundTruth", "Ground truth is taken away. Recordings that had some: {count}."
        )
        self._workspace.succeeded.emit(text.format(count=len(edit.changes)))
        self._reviewing.refresh_stacks()

    def _on_loaded(self, file: Path, count: int) -> None:
        self._loading -= 1
        text = translate(
            "GroundTruth", "Ground truth from {name}. Recordings that it lists: {count}."
        )
        self._workspace.succeeded.emit(text.format(name=file.name, count=count))
        self._reviewing.refresh_stacks()
        self._read()

    def _on_failed(self, error: Exception) -> None:
        self._loading -= 1
        self._workspace.notice(error)

    def _on_cancelled(self) -> None:
        self._loading -= 1

    def _on_changed(self, changed: Changed) -> None:
        if changed & Changed.RECORDINGS and self._workspace.recording is None:
            self._take(())
        elif changed & Changed.TRUTH:
            self._read()

    def _read(self) -> None:
        recording, case = self._workspace.recording, self._workspace.case
        if recording is None:
            self._take(())
            return
        number = recording.id
        self._loading += 1
        self._lane.call(
            lambda: case.times.truth(number),
            on_result=partial(self._on_read, case, number),
            on_error=self._on_failed,
        )

    def _on_read(self, case: Case, number: int, events: Sequence[TruthSpan]) -> None:
        self._loading -= 1
        recording = self._workspace.recording
        if case is self._workspace.case and recording is not None and recording.id == number:
            self._take(events)

    def _take(self, events: Sequence[TruthSpan]) -> None:
        if list(events) != list(self.events):
            self.events, self.spans = events, _spans(events)
            self.changed.emit()


def _spans(events: Sequence[TruthSpan]) -> Spans:
    """When anything happens, (n, 2) in seconds."""
    rows = np.array([(event.start, event.end) for event in events], np.float64)
    return merged(rows.reshape(-1, 2))
