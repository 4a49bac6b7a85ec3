"""The threshold: what scores count as a lead."""

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from crimeview.core.job import Changed
from crimeview.core.segment import FoundBy, SegmentRule, find_segments
from crimeview.core.track import Track, TrackKind
from crimeview.gui.analysis import Analysis
from crimeview.gui.tasks import Tasks
from crimeview.gui.workspace import Workspace
from crimeview.jobs.resegment import resegment
from crimeview.store.case import Case

_PREVIEW_EVERY = 30  # ms


class Thresholding(QObject):
    """Finds segments anew from stored scores when the threshold is moved.

    While it is dragged, those of the selected recording, at once; when it is let go, those of the
    whole case, which are stored with the rule. `rule` is None until something has been analyzed.
    """

    changed = Signal()  # another rule holds

    def __init__(self, workspace: Workspace, tasks: Tasks, analysis: Analysis) -> None:
        super().__init__()
        self.rule: SegmentRule | None = None
        self._workspace = workspace
        self._tasks = tasks
        self._analysis = analysis
        self._scores: Track | None = None
        self._scores_of: int | None = None
        self._chosen = False  # by hand, while an analysis goes on that does not know of it
        self._storing = False
        self._again = False  # the rule has changed since the storing began
        self._previewing = QTimer(self, singleShot=True, interval=_PREVIEW_EVERY)
        self._previewing.timeout.connect(self._preview)
        workspace.changed.connect(self._on_changed)
        workspace.case_opened.connect(self._on_case_opened)
        analysis.running_changed.connect(self._on_running_changed)
        self._on_case_opened()

    @property
    def busy(self) -> bool:
        """Whether segments are being found."""
        return self._storing or self._previewing.isActive()

    def drag(self, threshold: float) -> None:
        """Show what another threshold finds in the selected recording."""
        if self.rule is None:
            return
        self.rule = replace(self.rule, threshold=threshold)
        self.changed.emit()
        if not self._previewing.isActive():
            self._previewing.start()

    def drop(self, threshold: float) -> None:
        """Find and store what it finds in the whole case."""
        self.drag(threshold)
        self._chosen = self._analysis.running
        if self._storing:
            self._again = True
        elif self.rule is not None:
            self._storing = True
            self._tasks.start(
                resegment(self._workspace.case, rule=self.rule),
                on_step=lambda step: self._workspace.note(step.changed),
                on_result=lambda _found: self._on_stored(),
                on_error=self._on_failed,
            )

    def _on_stored(self) -> None:
        self._storing = False
        if self._again and self.rule is not None:
            self._again = False
            self.drop(self.rule.threshold)

    def _on_failed(self, error: Exception) -> None:
        self._storing = self._again = False
        self._workspace.notice(error)

    def _preview(self) -> None:
        recording = self._workspace.recording
        if recording is None:
            return
        if self._scores is not None and self._scores_of == recording.id and self.rule is not None:
            rows = self._workspace.segments_of(recording.id)
            novel = [row.segment for row in rows if row.segment.found_by is FoundBy.NOVELTY]
            found = find_segments(self._scores, self.rule)
            self._workspace.preview_segments(recording.id, [*found, *novel])
            return
        case, recording_id = self._workspace.case, recording.id
        self._tasks.call(
            lambda: case.track(recording_id, TrackKind.FRAME_SCORES),
            on_result=lambda track: self._on_scores(case, recording_id, track),
            on_error=self._workspace.notice,
        )

    def _on_scores(self, case: Case, recording_id: int, scores: Track | None) -> None:
        if case is not self._workspace.case:
            return  # another one was opened meanwhile
        self._scores, self._scores_of = scores, recording_id
        if scores is not None:
            self._preview()

    def _on_changed(self, changed: Changed) -> None:
        if changed & Changed.TRACKS:
            self._scores = None
        if self.rule is None:
            self._take_rule()

    def _on_case_opened(self) -> None:
        self._scores = None
        self.rule = None
        self._take_rule()

    def _take_rule(self) -> None:
        if self._workspace.rule is not None:
            self.rule = self._workspace.rule
            self.changed.emit()

    def _on_running_changed(self) -> None:
        if self._chosen and not self._analysis.running and self.rule is not None:
            self.drop(self.rule.threshold)
