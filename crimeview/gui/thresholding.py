"""The rule by which scores become segments: what counts as a lead."""

from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from crimeview.core.job import Changed
from crimeview.core.quiet import AlarmRate, alarm_rate, quiet_part
from crimeview.core.segment import FoundBy, Segment, SegmentRule, find_segments
from crimeview.core.spans import Spans
from crimeview.core.track import Track, TrackKind
from crimeview.gui.analysis import Analysis
from crimeview.gui.tasks import Tasks
from crimeview.gui.workspace import Workspace
from crimeview.jobs.resegment import resegment
from crimeview.store.case import Case

_PREVIEW_EVERY = 10  # ms


@dataclass(frozen=True, slots=True, eq=False)
class _Scores:
    """A recording's scores in memory, and the part of it that is taken for quiet."""

    recording_id: int
    track: Track
    quiet: Spans


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    segments: list[Segment]
    rate: AlarmRate | None


class Thresholding(QObject):
    """Finds segments anew from stored scores when the rule is changed.

    While it is tried, those of the selected recording, at once and in the background; when it is
    kept, those of the whole case, which are stored with the rule. `rule` is None until something
    has been analyzed. `rate` is how often the rule would alarm in the quiet part of the selected
    recording, None where that is not known, and until `estimate` was called.
    """

    changed = Signal()  # another rule holds
    estimated = Signal()  # `rate` is another

    def __init__(self, workspace: Workspace, tasks: Tasks, analysis: Analysis) -> None:
        super().__init__()
        self.rule: SegmentRule | None = None
        self.rate: AlarmRate | None = None
        self._workspace = workspace
        self._tasks = tasks
        self._analysis = analysis
        self._lane = tasks.lane("segments")
        self._scores: _Scores | None = None
        self._finding = False
        self._wanted = False  # to be found again, by the rule of then
        self._showing = False  # what is found is to be shown, not only counted
        self._chosen = False  # by hand, while an analysis goes on that does not know of it
        self._storing = False
        self._again = False  # the rule has changed since the storing began
        self._previewing = QTimer(self, singleShot=True, interval=_PREVIEW_EVERY)
        self._previewing.timeout.connect(self._find)
        workspace.changed.connect(self._on_changed)
        workspace.case_opened.connect(self._on_case_opened)
        workspace.recording_selected.connect(self._on_recording_selected)
        analysis.running_changed.connect(self._on_running_changed)
        self._on_case_opened()

    @property
    def busy(self) -> bool:
        """Whether segments are being found."""
        return self._storing or self._finding or self._previewing.isActive()

    def drag(self, threshold: float) -> None:
        """Show what another threshold finds in the selected recording."""
        if self.rule is not None:
            self.try_rule(replace(self.rule, threshold=threshold))

    def drop(self, threshold: float) -> None:
        """Find and store what it finds in the whole case."""
        if self.rule is not None:
            self.keep_rule(replace(self.rule, threshold=threshold))

    def try_rule(self, rule: SegmentRule) -> None:
        """Show what another rule finds in the selected recording."""
        if self.rule is None:
            return
        self.rule = rule
        self._showing = True
        self.changed.emit()
        if not self._previewing.isActive():
            self._previewing.start()

    def keep_rule(self, rule: SegmentRule) -> None:
        """Find and store what it finds in the whole case."""
        self.try_rule(rule)
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

    def estimate(self) -> None:
        """Find out how often the rule would alarm in the selected recording's quiet part."""
        if self.rule is not None and not self._previewing.isActive():
            self._find()

    def _on_stored(self) -> None:
        self._storing = False
        if self._again and self.rule is not None:
            self._again = False
            self.keep_rule(self.rule)

    def _on_failed(self, error: Exception) -> None:
        self._storing = self._again = False
        self._workspace.notice(error)

    def _find(self) -> None:
        """Find by the present rule; while something is being found, after that."""
        recording, rule = self._workspace.recording, self.rule
        self._wanted = self._finding
        if self._finding or recording is None or rule is None:
            return
        self._finding = True
        case, known = self._workspace.case, self._scores
        if known is None or known.recording_id != recording.id:
            known = None
        self._lane.call(
            partial(_find, case, recording.id, rule, known),
            on_result=partial(self._on_found, case, recording.id, rule),
            on_error=self._on_unfound,
        )

    def _on_found(
        self,
        case: Case,
        recording_id: int,
        rule: SegmentRule,
        found: tuple[_Scores | None, _Found | None],
    ) -> None:
        self._finding = False
        recording = self._workspace.recording
        here = recording is not None and recording.id == recording_id
        if case is self._workspace.case and here:
            self._scores, result = found
            self._set_rate(result.rate if result is not None else None)
            # What was found by the rule before is not shown, and the next does not count as shown.
            newest = rule == self.rule and not self._wanted
            if result is not None and self._showing and newest:
                self._showing = False
                rows = self._workspace.segments_of(recording_id)
                novel = [row.segment for row in rows if row.segment.found_by is FoundBy.NOVELTY]
                self._workspace.preview_segments(recording_id, [*result.segments, *novel])
        if self._wanted or not here:
            self._find()

    def _on_unfound(self, error: Exception) -> None:
        self._finding = self._wanted = False
        if not isinstance(error, KeyError):  # a recording that was removed meanwhile
            self._workspace.notice(error)

    def _set_rate(self, rate: AlarmRate | None) -> None:
        if rate != self.rate:
            self.rate = rate
            self.estimated.emit()

    def _on_changed(self, changed: Changed) -> None:
        if changed & Changed.TRACKS:
            self._scores = None
        if self.rule is None:
            self._take_rule()

    def _on_recording_selected(self) -> None:
        self._set_rate(None)
        self._scores = None  # tens of megabytes for a day

    def _on_case_opened(self) -> None:
        self._scores = None
        self.rule = None
        self._set_rate(None)
        self._take_rule()

    def _take_rule(self) -> None:
        if self._workspace.rule is not None:
            self.rule = self._workspace.rule
            self.changed.emit()

    def _on_running_changed(self) -> None:
        if self._chosen and not self._analysis.running and self.rule is not None:
            self.keep_rule(self.rule)


def _find(
    case: Case, recording_id: int, rule: SegmentRule, known: _Scores | None
) -> tuple[_Scores | None, _Found | None]:
    """The recording's scores, and what the rule finds in them; nothing where there are none."""
    if known is None:
        track = case.track(recording_id, TrackKind.FRAME_SCORES)
        if track is None:
            return None, None
        known = _Scores(recording_id, track, quiet_part(track))
    segments = find_segments(known.track, rule)
    return known, _Found(segments, alarm_rate(segments, known.quiet))
