"""What is open and what is selected.

Parts of the window never know each other: they change the workspace and hear from it.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from functools import partial
from itertools import count
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from crimeview.core.errors import CrimeviewError
from crimeview.core.job import Changed
from crimeview.core.leads import leads
from crimeview.core.review import ReviewState
from crimeview.core.segment import Segment, SegmentRule
from crimeview.gui.case_access import CaseAccess
from crimeview.gui.contents import BESIDE, EVERYTHING, Contents, read_contents
from crimeview.gui.log import log_path
from crimeview.gui.playhead import Playhead
from crimeview.gui.segment_index import SegmentIndex
from crimeview.gui.tasks import Tasks, log_error
from crimeview.gui.text import translate
from crimeview.gui.told_text import fault_text
from crimeview.jobs.listing import Listing
from crimeview.store.case import Case
from crimeview.store.rows import CaseRecording, CaseSegment

if TYPE_CHECKING:
    from crimeview.core.region import Region


class Scope(Enum):
    """Whose segments are listed."""

    RECORDING = "recording"
    CASE = "case"


class Workspace(QObject):
    """The open case, the selection and the playhead; `access` is how the case is read and written.

    `recordings`, `segments` (all of the case, the highest peak first) and the `rule` they were
    found by are as last read, as are the case's own settings by name, `notes`, and its `regions`.
    """

    changed = Signal(Changed)  # this kind of thing was read anew, or is to be
    case_opened = Signal()
    recording_selected = Signal()
    segment_selected = Signal()
    noticed = Signal(str)  # a sentence for the person, about no recording in particular
    mentioned = Signal(str)  # the same, which need not be put away
    succeeded = Signal(str)  # what was asked for is done; nor need this be put away

    def __init__(self, case: Case, tasks: Tasks) -> None:
        super().__init__()
        self.case = case
        self.playhead = Playhead()
        self.turns = tasks.turns
        self.scope = Scope.RECORDING
        self.recordings: Sequence[CaseRecording] = ()
        self.rule: SegmentRule | None = None
        self.notes: Mapping[str, str] = {}
        self.regions: Sequence[Region] = ()
        self.listing = Listing()
        self.index = SegmentIndex()
        self._listed: Sequence[CaseSegment] | None = None  # made when it is asked for
        self._recording_id: int | None = None
        self._segment_id: int | None = None
        self._ids = count(-1, -1)  # of segments that are not stored
        # Segments come last: painting their list takes long, and it is put off until then.
        self._news_of_case = (
            self.recording_selected.emit,
            self.segment_selected.emit,
            partial(self.changed.emit, EVERYTHING & ~Changed.SEGMENTS),
            partial(self.changed.emit, Changed.SEGMENTS),
        )
        self.access = CaseAccess(self, tasks)
        self._take(read_contents(case))

    # The case

    def open(self, case: Case, contents: Contents) -> None:
        """Put another case in place of the open one, which is closed, and show its beginning.

        Who shows it hears of it in turns: all at once would hold the window.
        """
        self.access.release(self.case)
        self.case = case
        self._recording_id = self._segment_id = None
        self._take(contents)
        self._recording_id = self.recordings[0].id if self.recordings else None
        self.playhead.reset(end=self._length)
        self.case_opened.emit()
        for tell in self._news_of_case:
            self.turns.take(tell)

    def close(self) -> None:
        self.access.close()
        self.case.close()

    def look_again(self, then: Callable[[], None]) -> None:
        """Read all anew, and tell of it only where something is not as it is shown.

        What is not read here is told of in any case, and `then` is called.
        """

        def compare(contents: Contents) -> None:
            if not self.access.changing and self._differs(contents):
                self._take(contents)
                self._drop_lost_selection()
                self.changed.emit(EVERYTHING)
            else:
                self.changed.emit(BESIDE)
            then()

        known = self.index
        self.access.ask(lambda case: read_contents(case, known=known), compare)

    def _differs(self, contents: Contents) -> bool:
        shown = (self.recordings, self.rule, self.notes, self.regions)
        read = (contents.recordings, contents.rule, contents.notes, contents.regions)
        segments = contents.segments.rows if contents.segments is not None else ()
        words = (
            [(row.review, row.suggested) for row in segments],
            [(row.review, row.suggested) for row in self.segments],
        )
        return shown != read or not self.index.has_spans(segments) or words[0] != words[1]

    def take(self, contents: Contents, changed: Changed) -> None:
        """Show what was read anew, which `changed` names."""
        same = contents.segments is None or self.index.has_spans(contents.segments.rows)
        self._take(contents)
        self._drop_lost_selection()
        fewer = (changed | Changed.REVIEWS) & ~Changed.SEGMENTS
        self.changed.emit(fewer if same and changed & Changed.SEGMENTS else changed)

    def show_instead(self, shown: Mapping[int, CaseSegment]) -> None:
        """Show segments in place of those with these ids, until they are read anew.

        They have the same spans and scores.
        """
        selected = shown.get(self._segment_id) if self._segment_id is not None else None
        if selected is not None:
            self._segment_id = selected.id
        self._index_segments(self.index.replaced(shown))
        self.changed.emit(Changed.REVIEWS)

    def notice(self, error: Exception) -> None:
        """Tell the person what went wrong; a bug of ours with its traceback in the log."""
        log_error(error)
        if isinstance(error, CrimeviewError):
            self.noticed.emit(fault_text(error))
        else:
            sentence = translate(
                "Workspace", "Something went wrong in crimeview; {path} says what."
            )
            self.noticed.emit(sentence.format(path=log_path()))

    # The selection

    @property
    def segments(self) -> Sequence[CaseSegment]:
        """All segments of the case, the highest peak first."""
        return self.index.rows

    @property
    def recording(self) -> CaseRecording | None:
        """The selected recording."""
        return self.recording_of(self._recording_id)

    @property
    def segment(self) -> CaseSegment | None:
        """The selected segment."""
        return self.segment_of(self._segment_id)

    def segment_of(self, segment_id: int | None) -> CaseSegment | None:
        return self.index.get(segment_id)

    def recording_of(self, recording_id: int | None) -> CaseRecording | None:
        return next((r for r in self.recordings if r.id == recording_id), None)

    def segments_of(self, recording_id: int) -> Sequence[CaseSegment]:
        """The segments of one recording, the highest peak first."""
        return self.index.of(recording_id)

    @property
    def listed(self) -> Sequence[CaseSegment]:
        """The segments of the scope that the person has chosen, as `listing` has them."""
        if self._listed is None:
            names = {recording.id: recording.path.name for recording in self.recordings}
            self._listed = self.listing.arranged(self.segments_in(self.scope), names=names)
        return self._listed

    @property
    def counts(self) -> Mapping[ReviewState, int]:
        """How many segments of the scope there are of each decision, listed or not."""
        if self.scope is Scope.CASE:
            return self.index.counts
        return self.index.counts_of(self._recording_id)

    def set_listing(self, listing: Listing) -> None:
        """List other segments, or in another order; raises UsageError where it makes no sense."""
        listing.arranged((), names={})
        if listing != self.listing:
            self.listing = listing
            self._relist()

    def segments_in(self, scope: Scope) -> Sequence[CaseSegment]:
        """The segments of the selected recording or of the case, the highest peak first."""
        if scope is Scope.CASE:
            return self.segments
        return self.segments_of(self._recording_id) if self._recording_id is not None else ()

    def preview_segments(self, recording_id: int, segments: Sequence[Segment]) -> None:
        """Show these as what was found in the recording until they are read anew."""
        rows = self.segments_of(recording_id)
        known = {row.segment: row for row in rows if row.review is None}
        reviewed = [row for row in rows if row.review is not None]
        seen = [(r.review.seen_start, r.review.seen_end) for r in reviewed if r.review is not None]
        left = leads(segments, np.array(seen).reshape(-1, 2))
        shown = [
            known.get(s) or CaseSegment(id=next(self._ids), recording_id=recording_id, segment=s)
            for s in (segments[number] for number in left.whole)
        ]
        shown += reviewed
        others = [row for row in self.segments if row.recording_id != recording_id]
        rows = sorted(others + shown, key=lambda row: row.segment.rank)
        self._index_segments(SegmentIndex(rows))
        self._drop_lost_selection()
        self.changed.emit(Changed.SEGMENTS)

    def set_scope(self, scope: Scope) -> None:
        if scope is not self.scope:
            self.scope = scope
            self._relist()

    def _relist(self) -> None:
        self._listed = None
        self.changed.emit(Changed.REVIEWS)

    def select_recording(self, recording_id: int | None) -> None:
        """Show a recording from its start."""
        if recording_id != self._recording_id:
            self.turns.finish()
            self._select_recording(recording_id, position=0.0)

    def _select_recording(self, recording_id: int | None, *, position: float) -> None:
        if recording_id == self._recording_id:
            return
        self._recording_id = recording_id
        self.playhead.reset(end=self._length, position=position)
        self.recording_selected.emit()
        if self.segment is not None and self.segment.recording_id != recording_id:
            self._segment_id = None
            self.segment_selected.emit()
        if self.scope is Scope.RECORDING:
            self._relist()

    @property
    def _length(self) -> float:
        """Of the selected recording, in seconds; 0 where it is not known."""
        known = self.recording.recording if self.recording is not None else None
        return known.duration if known is not None else 0.0

    def select_first(self) -> None:
        """Select the recording that was added first, if there is one."""
        if self.recordings:
            self.select_recording(self.recordings[0].id)

    def select_segment(self, segment_id: int) -> None:
        """Select a segment and its recording, and go to its first frame."""
        self.turns.finish()
        self._segment_id = segment_id
        segment = self.segment
        if segment is not None:
            start = segment.segment.start
            self._select_recording(segment.recording_id, position=start)
            self.playhead.pause()
            self.playhead.seek(start)
        self.segment_selected.emit()

    def step_segment(self, steps: int) -> None:
        """Go down or up the list of segments; without a selection, to its first or last."""
        listed = self.listed
        if not listed:
            return
        at = self.position_of(self._segment_id)
        if at is None:
            target = 0 if steps > 0 else len(listed) - 1
        else:
            target = max(0, min(len(listed) - 1, at + steps))
        self.select_segment(listed[target].id)

    def position_of(self, segment_id: int | None) -> int | None:
        """Where in the list a segment stands; None where it is not listed."""
        return next((i for i, s in enumerate(self.listed) if s.id == segment_id), None)

    def _take(self, contents: Contents) -> None:
        if contents.recordings is not None:
            self.recordings = contents.recordings
            self._listed = None
        if contents.segments is not None:
            self._index_segments(contents.segments)
        self.rule = contents.rule
        self.notes = contents.notes
        self.regions = contents.regions

    def _index_segments(self, index: SegmentIndex) -> None:
        selected = self.segment
        self.index = index
        self._listed = None
        if selected is not None and self.segment is None:
            heir = self.index.heir(selected)
            if heir is not None:
                self._segment_id = heir.id
                self.segment_selected.emit()

    def _drop_lost_selection(self) -> None:
        if self._segment_id is not None and self.segment is None:
            self._segment_id = None
            self.segment_selected.emit()
        if self._recording_id is not None and self.recording is None:
            self.select_recording(None)
