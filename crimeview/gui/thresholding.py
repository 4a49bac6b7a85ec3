"""The rule by which scores become segments: what counts as a lead."""

from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from crimeview.core.job import Changed
from crimeview.core.quiet import AlarmRate, alarm_rate, quiet_part
from crimeview.core.segment import Segment, SegmentRule, find_segments
from crimeview.core.spans import Spans
from crimeview.core.track import Track, TrackKind
from crimeview.gui.analysis import Analysis
from crimeview.gui.contents import Contents, read_contents
from crimeview.gui.tasks import Tasks
from crimeview.gui.workspace import Workspace
from crimeview.jobs.fuse import Fusion, fusion_of, tracks_beside
from crimeview.jobs.resegment import is_alarm_clip, resegment
from crimeview.store.case import Case

_PREVIEW_EVERY = 10  # ms


@dataclass(frozen=True, slots=True, eq=False)
class _Scores:
    """A recording's scores in memory, what is beside them, and the part taken for quiet."""

    recording_id: int
    track: Track
    beside: Fusion
    quiet: Spans


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """The list by a rule, and how often the rule would alarm."""

    segments: list[Segment]
    rate: AlarmRate | None


class Thresholding(QObject):
    """Finds segments anew from stored scores when the rule is changed.

    While it is tried, those of the selected recording, at once and in the background; when it is
    kept, those of the whole case, which are stored with the rule. A rule that is stored elsewhere,
    by another window or a command, is taken while none is tried or stored here. `rule` is None
    until something has been analyzed. `rate` is how often the rule would alarm in the quiet part of
    the selected recording, None where that is not known, and until `estimate` was called.
    """

    changed = Signal()  # another rule holds
    kept = Signal(SegmentRule, SegmentRule)  # this held, and that is stored now, by this window
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
        self._heard: SegmentRule | None = None  # the stored one, as it was last heard of
        self._trying = False
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
        self._trying = self._showing = True
        self.changed.emit()
        if not self._previewing.isActive():
            self._previewing.start()

    def keep_rule(self, rule: SegmentRule) -> None:
        """Find and store what it finds in the whole case."""
        self.try_rule(rule)
        self._trying = False
        self._chosen = self._analysis.running
        if self._storing:
            self._again = True
        elif self.rule is not None:
            self._storing = True
            case = self._workspace.case
            self._tasks.start(
                resegment(case, rule=self.rule),
                on_step=lambda step: self._workspace.access.note(step.changed),
                on_result=lambda _found: self._on_stored(case),
                on_error=partial(self._on_failed, case),
            )

    def estimate(self) -> None:
        """Find out how often the rule would alarm in the selected recording's quiet part."""
        if self.rule is not None and not self._previewing.isActive():
            self._find()

    def _on_stored(self, case: Case) -> None:
        if case is not self._workspace.case:
            return
        if self._again and self.rule is not None:
            self._storing = self._again = False
            self.keep_rule(self.rule)
        else:  # what was read before it is here by the time that this is
            self._workspace.access.ask_quietly(
                lambda case: read_contents(case, Changed.NOTHING), self._on_read
            )

    def _on_read(self, contents: Contents | None) -> None:
        """Hear which rule is stored now, be it the one of this window or another's."""
        self._storing = False
        before = self._heard
        if contents is not None:
            self._workspace.take(contents, Changed.NOTHING)
        if self._again and self.rule is not None:
            self._again = False
            self.keep_rule(self.rule)
        elif before is not None and before != self._workspace.rule == self.rule:
            self._heard = self.rule
            self.kept.emit(before, self.rule)

    def _on_failed(self, case: Case, error: Exception) -> None:
        if case is self._workspace.case:
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
                self._workspace.preview_segments(recording_id, result.segments)
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
        if not (self._storing or self._trying or self._chosen):
            self._take_rule()

    def _on_recording_selected(self) -> None:
        self._set_rate(None)
        self._scores = None  # tens of megabytes for a day

    def _on_case_opened(self) -> None:
        self._scores = self.rule = self._heard = None
        self._storing = self._again = self._trying = self._chosen = False
        self._set_rate(None)
        self._take_rule()

    def _take_rule(self) -> None:
        """Take the rule that is stored, where it is another than the one heard of last."""
        stored = self._workspace.rule
        if stored is None or stored == self._heard:
            return
        self._heard = stored
        if stored != self.rule:
            self.rule = stored
            self.changed.emit()
            if self.rate is not None:
                self.estimate()

    def _on_running_changed(self) -> None:
        if self._chosen and not self._analysis.running and self.rule is not None:
            self.keep_rule(self.rule)


def _find(
    case: Case, recording_id: int, rule: SegmentRule, known: _Scores | None
) -> tuple[_Scores | None, _Found | None]:
    """The recording's scores, and what the rule finds in them; nothing where there are none."""
    if known is None:
        track, run = (
            case.track(recording_id, TrackKind.FRAME_SCORES),
            case.analyses.newest(recording_id),
        )
        if track is None or run is None or is_alarm_clip(case, recording_id):
            return None, None
        beside = fusion_of(case, recording_id, tracks_beside(case, run))
        known = _Scores(recording_id, track, beside, quiet_part(track))
    events = find_segments(known.track, rule)
    rate = alarm_rate(events, known.quiet)
    return known, _Found(known.beside.with_events(events), rate)
