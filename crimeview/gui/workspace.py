"""What is open and what is selected.

Parts of the window never know each other: they change the workspace and hear from it.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, TypeVar, cast

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from crimeview.core.errors import CrimeviewError
from crimeview.core.job import Changed
from crimeview.core.leads import leads
from crimeview.core.review import ReviewState
from crimeview.core.segment import Segment, SegmentRule
from crimeview.core.track import TrackKind
from crimeview.gui.contents import EVERYTHING, Contents, read_contents
from crimeview.gui.log import log_path
from crimeview.gui.playhead import Playhead
from crimeview.gui.segment_index import SegmentIndex, counted
from crimeview.gui.tasks import Tasks, log_error
from crimeview.gui.text import translate
from crimeview.jobs.listing import Listing
from crimeview.store.case import Case
from crimeview.store.rows import CaseRecording, CaseSegment
from crimeview.store.tracks import Envelope

if TYPE_CHECKING:
    from crimeview.core.region import Region

T = TypeVar("T")
_GATHERING = 150  # ms; an analysis reports changes more often than eyes can follow


class Scope(Enum):
    """Whose segments are listed."""

    RECORDING = "recording"
    CASE = "case"


class Workspace(QObject):
    """The open case, the selection and the playhead.

    `recordings`, `segments` (all of the case, the highest peak first) and the `rule` they were
    found by are as last read, as are the case's own settings by name, `notes`, and its `regions`.
    """

    changed = Signal(Changed)  # this kind of thing was read anew, or is to be
    case_opened = Signal()
    recording_selected = Signal()
    segment_selected = Signal()
    noticed = Signal(str)  # a sentence for the person, about no recording in particular

    def __init__(self, case: Case, tasks: Tasks) -> None:
        super().__init__()
        self.case = case
        self.playhead = Playhead()
        self.scope = Scope.RECORDING
        self.recordings: Sequence[CaseRecording] = ()
        self.rule: SegmentRule | None = None
        self.notes: Mapping[str, str] = {}
        self.regions: Sequence[Region] = ()
        self.listing = Listing()
        self._index = SegmentIndex()
        self._counts: tuple[object, Mapping[ReviewState, int]] | None = None
        self._listed: Sequence[CaseSegment] | None = None  # made when it is asked for
        self._editing = 0  # edits that are not stored yet
        self._reader = tasks.lane("case reader")  # one thread: what is read last counts
        self._readings = 0
        self._refreshing = 0  # readings of the contents
        self._recording_id: int | None = None
        self._segment_id: int | None = None
        self._ids = count(-1, -1)  # of segments that are not stored
        self._unread = Changed.NOTHING
        self._gathering = QTimer(self, singleShot=True, interval=_GATHERING)
        self._gathering.timeout.connect(self._on_gathered)
        self._take(read_contents(case))

    # The case

    def open(self, case: Case, contents: Contents) -> None:
        """Put another case in place of the open one, which is closed."""
        self.case.close()
        self.case = case
        self.playhead.reset()
        self._recording_id = self._segment_id = None
        self._take(contents)
        self.case_opened.emit()
        self.recording_selected.emit()
        self.segment_selected.emit()
        self.changed.emit(EVERYTHING)

    def close(self) -> None:
        self._gathering.stop()
        self.case.close()

    def note(self, changed: Changed) -> None:
        """Something was written to the case; it is read anew within a moment."""
        if changed:
            self._unread |= changed
            if not self._gathering.isActive():
                self._gathering.start()

    @property
    def unread(self) -> bool:
        """Whether something was noted or changed that has not been read anew yet."""
        return self._gathering.isActive() or self._readings > 0 or self._editing > 0

    @property
    def editing(self) -> bool:
        """Whether something that was changed here is not stored, or not read anew, yet."""
        return self._editing > 0 or self._refreshing > 0

    def refresh(
        self, changed: Changed = EVERYTHING, *, then: Callable[[], None] | None = None
    ) -> None:
        """Read anew, in the background, what may have changed; call `then` when it is here."""
        self._read(lambda case: read_contents(case, changed), changed, then=then)

    def look_again(self, then: Callable[[], None]) -> None:
        """Read all anew, and tell of it only where something is not as it is shown.

        `then` is called in any case.
        """

        def compare(contents: Contents) -> None:
            if self._editing == 0 and not self._gathering.isActive() and self._differs(contents):
                self._take(contents)
                self._drop_lost_selection()
                self.changed.emit(EVERYTHING)
            then()

        self.ask(read_contents, compare)

    def _differs(self, contents: Contents) -> bool:
        shown = (self.recordings, self.rule, self.notes, self.regions)
        read = (contents.recordings, contents.rule, contents.notes, contents.regions)
        segments = contents.segments or ()
        words = (
            [(row.review, row.suggested) for row in segments],
            [(row.review, row.suggested) for row in self.segments],
        )
        return shown != read or not self._index.has_spans(segments) or words[0] != words[1]

    def change(
        self,
        work: Callable[[Case], T],
        changed: Changed | Callable[[T], Changed] = Changed.SEGMENTS,
        *,
        then: Callable[[T], None] | None = None,
        on_error: Callable[[Exception], None] | None = None,
    ) -> None:
        """Write to the case in the background, in order, and read anew what has changed.

        `changed` may be found from the result; nothing means that what is shown is so already.
        `then` is called with the result as soon as all is read. What fails is told, and the case
        shown as it is.
        """
        case = self.case
        self._editing += 1

        def end(result: T | None, error: Exception | None) -> None:
            self._editing -= 1
            if case is not self.case:
                return
            if error is not None:
                (on_error or self.notice)(error)
                self.refresh()
                return
            kinds = changed if isinstance(changed, Changed) else changed(cast("T", result))
            follow = partial(then, cast("T", result)) if then is not None else None
            if kinds:
                self.refresh(kinds, then=follow)
            elif follow is not None:
                follow()

        self._reader.call(
            lambda: work(case),
            on_result=lambda result: end(result, None),
            on_error=lambda error: end(None, error),
        )

    def ask(self, question: Callable[[Case], T], take: Callable[[T], None]) -> None:
        """Ask the case something in the background, after what is written to it by now."""
        case = self.case
        self._readings += 1

        def answer(result: T) -> None:
            self._readings -= 1
            if case is self.case:
                take(result)

        def fail(error: Exception) -> None:
            self._readings -= 1
            if case is self.case:
                self.notice(error)

        self._reader.call(lambda: question(case), on_result=answer, on_error=fail)

    def ask_quietly(self, question: Callable[[Case], T], take: Callable[[T | None], None]) -> None:
        """Ask as `ask` does, but nobody waits for the answer, and None says that there is none."""
        case = self.case

        def answer(result: T | None) -> None:
            if case is self.case:
                take(result)

        self._reader.call(
            lambda: question(case), on_result=answer, on_error=lambda _error: answer(None)
        )

    def show_instead(self, shown: Mapping[int, CaseSegment]) -> None:
        """Show segments in place of those with these ids, until they are read anew.

        They have the same spans and scores.
        """
        selected = shown.get(self._segment_id) if self._segment_id is not None else None
        if selected is not None:
            self._segment_id = selected.id
        self._set_segments([shown.get(row.id, row) for row in self.segments])
        self.changed.emit(Changed.REVIEWS)

    def envelope(
        self,
        kind: TrackKind = TrackKind.FRAME_SCORES,
        *,
        start: float,
        end: float,
        entries: int,
    ) -> Envelope | None:
        """A track of the selected recording as `Case.envelope` gives it.

        None where no recording is selected, and where the track cannot be read, which is said.
        """
        if self.recording is None:
            return None
        try:
            return self.case.envelope(
                self.recording.id, kind, start=start, end=end, entries=entries
            )
        except CrimeviewError as error:
            self.notice(error)
            return None

    def _read(
        self,
        work: Callable[[Case], Contents],
        changed: Changed,
        *,
        then: Callable[[], None] | None,
    ) -> None:
        case = self.case
        self._readings += 1
        self._refreshing += 1

        def take(contents: Contents) -> None:
            self._readings -= 1
            self._refreshing -= 1
            if case is self.case:
                same = contents.segments is None or self._index.has_spans(contents.segments)
                self._take(contents)
                self._drop_lost_selection()
                fewer = (changed | Changed.REVIEWS) & ~Changed.SEGMENTS
                self.changed.emit(fewer if same and changed & Changed.SEGMENTS else changed)
                if then is not None:
                    then()

        def fail(error: Exception) -> None:
            self._readings -= 1
            self._refreshing -= 1
            if case is self.case:
                self.notice(error)

        self._reader.call(lambda: work(case), on_result=take, on_error=fail)

    def notice(self, error: Exception) -> None:
        """Tell the person what went wrong; a bug of ours with its traceback in the log."""
        log_error(error)
        if isinstance(error, CrimeviewError):
            self.noticed.emit(str(error))
        else:
            sentence = translate(
                "Workspace", "Something went wrong in crimeview; {path} says what."
            )
            self.noticed.emit(sentence.format(path=log_path()))

    # The selection

    @property
    def segments(self) -> Sequence[CaseSegment]:
        """All segments of the case, the highest peak first."""
        return self._index.rows

    @property
    def recording(self) -> CaseRecording | None:
        """The selected recording."""
        return self.recording_of(self._recording_id)

    @property
    def segment(self) -> CaseSegment | None:
        """The selected segment."""
        return self.segment_of(self._segment_id)

    def segment_of(self, segment_id: int | None) -> CaseSegment | None:
        return self._index.get(segment_id)

    def recording_of(self, recording_id: int | None) -> CaseRecording | None:
        return next((r for r in self.recordings if r.id == recording_id), None)

    def segments_of(self, recording_id: int) -> Sequence[CaseSegment]:
        """The segments of one recording, the highest peak first."""
        return self._index.of(recording_id)

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
        key = (self.scope, self._recording_id)
        if self._counts is None or self._counts[0] != key:
            self._counts = key, counted(self.segments_in(self.scope))
        return self._counts[1]

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
        self._set_segments(sorted(others + shown, key=lambda row: row.segment.rank))
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
        if recording_id == self._recording_id:
            return
        self._recording_id = recording_id
        recording = self.recording
        known = recording.recording if recording is not None else None
        self.playhead.reset(end=known.duration if known is not None else 0.0)
        self.recording_selected.emit()
        if self.segment is not None and self.segment.recording_id != recording_id:
            self._segment_id = None
            self.segment_selected.emit()
        if self.scope is Scope.RECORDING:
            self._relist()

    def select_first(self) -> None:
        """Select the recording that was added first, if there is one."""
        if self.recordings:
            self.select_recording(self.recordings[0].id)

    def select_segment(self, segment_id: int) -> None:
        """Select a segment and its recording, and go to its first frame."""
        self._segment_id = segment_id
        segment = self.segment
        if segment is not None:
            self.select_recording(segment.recording_id)
            self.playhead.pause()
            self.playhead.seek(segment.segment.start)
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
            self._set_segments(contents.segments)
        self.rule = contents.rule
        self.notes = contents.notes
        self.regions = contents.regions

    def _set_segments(self, segments: Sequence[CaseSegment]) -> None:
        selected = self.segment
        self._index = SegmentIndex(segments)
        self._listed = self._counts = None
        if selected is not None and self.segment is None:
            heir = self._index.heir(selected)
            if heir is not None:
                self._segment_id = heir.id
                self.segment_selected.emit()

    def _on_gathered(self) -> None:
        changed, self._unread = self._unread, Changed.NOTHING
        self.refresh(changed)

    def _drop_lost_selection(self) -> None:
        if self._segment_id is not None and self.segment is None:
            self._segment_id = None
            self.segment_selected.emit()
        if self._recording_id is not None and self.recording is None:
            self.select_recording(None)
