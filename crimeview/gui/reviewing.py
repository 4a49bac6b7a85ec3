"""A person's review of the case: what is chosen, what is said of it, and taking it back."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import reduce
from operator import or_

from PySide6.QtCore import QObject, Signal

from crimeview.core.alarm_rule import ListedRule
from crimeview.core.edit import Action, CaseNote, Change, Edit, EditStacks, Place
from crimeview.core.errors import UsageError
from crimeview.core.ground_truth import RecordingTruth
from crimeview.core.job import Changed
from crimeview.core.region import Region
from crimeview.core.review import Review, ReviewState
from crimeview.core.scene import CameraName, RecordingCamera, TaughtLesson
from crimeview.core.segment import RulePreset
from crimeview.core.type_suggestion import ClusterName, TypeLessonUse
from crimeview.core.wall_clock import RecordingClock
from crimeview.core.watching import WallCamera
from crimeview.gui.contents import EVERYTHING
from crimeview.gui.edit_text import taken_back_text
from crimeview.gui.key_bindings import KeyBindings
from crimeview.gui.settings import Preferences
from crimeview.gui.suggested_text import suggested_kind
from crimeview.gui.text import translate
from crimeview.gui.workspace import Workspace
from crimeview.jobs.review import (
    Reviewer,
    deleted,
    judged,
    marked,
    merged,
    named,
    noted,
    split,
    tagged,
    trimmed,
)
from crimeview.store.case import Case
from crimeview.store.rows import CaseSegment

EditOf = Callable[[Sequence[CaseSegment]], Edit | None]


class Reviewing(QObject):
    """Edits of the chosen segments.

    What a person says shows at once and is stored behind the scenes, in order; where that fails the
    case is shown as it is. A segment of one's own begins at the playhead's mark.
    """

    chosen_changed = Signal()
    stacks_changed = Signal()
    done = Signal(Action, int)  # an edit, and how many records it concerns
    taken_back = Signal(Edit, bool)  # an edit was undone, or redone where that is set

    def __init__(
        self, workspace: Workspace, *, preferences: Preferences, keys: KeyBindings
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._keys = keys
        self._preferences = preferences
        self._chosen: frozenset[int] = frozenset()
        self.stacks = EditStacks(undo=(), redo=())
        workspace.case_opened.connect(self._on_case_opened)
        workspace.recording_selected.connect(self.clear_mark)
        workspace.segment_selected.connect(self._on_selected)
        workspace.changed.connect(self._on_changed)
        self.refresh_stacks()

    # What is chosen

    @property
    def chosen(self) -> Sequence[CaseSegment]:
        """The segments that are chosen in the list; else the selected one, if any."""
        workspace = self._workspace
        rows = [row for i in self._chosen if (row := workspace.segment_of(i)) is not None]
        if rows:
            return sorted(rows, key=lambda row: (row.recording_id, row.segment.start))
        return [workspace.segment] if workspace.segment is not None else []

    def choose(self, segment_ids: Sequence[int]) -> None:
        """Take these as chosen, beside the selected one."""
        chosen = frozenset(segment_ids)
        if chosen != self._chosen:
            self._chosen = chosen
            self.chosen_changed.emit()

    def step_unreviewed(self, steps: int) -> bool:
        """Go to the next or previous segment that nobody has decided on, round the list."""
        row = self._next_unreviewed(steps, besides=frozenset())
        if row is not None:
            self._workspace.select_segment(row.id)
        return row is not None

    # What is said

    def judge(self, state: ReviewState) -> None:
        """Decide on what is chosen, and go on to the next new one where that is wished."""
        rows = self.chosen
        after = None
        if self._preferences.settings.advance and state is not ReviewState.NEW:
            after = self._next_unreviewed(1, besides=frozenset(row.id for row in rows))
        if self._say(rows, lambda some: judged(some, state, by=self._by())) and after is not None:
            self._workspace.select_segment(after.id)

    def name(self, kind: str | None) -> None:
        """Say of what type the chosen segments are."""
        self._say(self.chosen, lambda some: named(some, kind, by=self._by()))

    def accept_suggested(self) -> None:
        """Take the suggested types of the chosen segments as one's own word."""
        rows = [row for row in self.chosen if suggested_kind(row) is not None]
        if not rows:
            self._workspace.noticed.emit(
                translate("Reviewing", "No type is suggested here that could be accepted.")
            )
            return
        self._say(rows, lambda some: named(some, _suggested(some[0]), by=self._by()))

    def note(self, text: str, *, rows: Sequence[CaseSegment]) -> None:
        self._say(rows, lambda some: noted(some, text, by=self._by()))

    def tag(self, *, add: Sequence[str], drop: Sequence[str], rows: Sequence[CaseSegment]) -> None:
        self._say(rows, lambda some: tagged(some, add=add, drop=drop, by=self._by()))

    # What a segment is

    def set_mark(self) -> None:
        """A segment of one's own begins where the playhead is."""
        playhead = self._workspace.playhead
        playhead.set_mark(playhead.position)

    def clear_mark(self) -> None:
        self._workspace.playhead.set_mark(None)

    def end_mark(self) -> None:
        """It ends where the playhead is."""
        recording = self._workspace.recording
        if recording is None:
            return
        mark = self._workspace.playhead.mark
        if mark is None:
            begin_first = translate(
                "Reviewing", "Press {begin} where the segment begins, then {end} at its end."
            )
            begin, ends = self._keys.said("mark-start"), self._keys.said("mark-end")
            self._workspace.noticed.emit(begin_first.format(begin=begin, end=ends))
            return
        end = self._workspace.playhead.position
        self._make(lambda: marked(recording, start=mark, end=end, by=self._by()))
        self.clear_mark()

    def trim_start(self) -> None:
        self._trim(at_start=True)

    def trim_end(self) -> None:
        self._trim(at_start=False)

    def split(self) -> None:
        """Part the selected segment where the playhead is."""
        row, at = self._workspace.segment, self._workspace.playhead.position
        if row is not None:
            self._make(lambda: split(row, at, by=self._by()))

    def merge(self) -> None:
        """Make one of the chosen segments; of a single one and the next in time."""
        rows = list(self.chosen)
        if len(rows) == 1:
            rows += self._following(rows[0])
        self._make(lambda: merged(rows, by=self._by()))

    def delete(self) -> None:
        """Take away all that was said of the chosen segments; own ones are gone."""
        rows = self.chosen
        self._make(lambda: deleted(rows))

    def remove_recording(self, recording_id: int) -> None:
        """Take a recording out of the case; undoing brings it back with all that was found."""
        workspace = self._workspace
        ids = [r.id for r in workspace.recordings]
        at = ids.index(recording_id)
        after = next(iter(ids[at + 1 :] or ids[:at][-1:]), None)
        who = self._by().name

        def remove(case: Case) -> Edit:
            edit = removal(case, recording_id)
            case.edits.make(edit, reviewer=who)
            return edit

        def select_neighbor(edit: Edit) -> None:
            if workspace.recording is None:
                workspace.select_recording(after)
            self._on_made(edit)

        workspace.access.change(remove, EVERYTHING, then=select_neighbor)

    def make(self, edit: Edit, changed: Changed = Changed.SEGMENTS) -> None:
        """Make an edit of something else that a person changes."""
        who = self._by().name
        self._workspace.access.change(
            lambda case: case.edits.make(edit, reviewer=who),
            changed,
            then=lambda _id: self._on_made(edit),
        )

    # Taking back

    def undo(self) -> None:
        who = self._by().name
        self._workspace.access.change(
            lambda case: case.edits.undo(reviewer=who),
            _touched,
            then=lambda edit: self._on_taken_back(edit, again=False),
        )

    def redo(self) -> None:
        who = self._by().name
        self._workspace.access.change(
            lambda case: case.edits.redo(reviewer=who),
            _touched,
            then=lambda edit: self._on_taken_back(edit, again=True),
        )

    @property
    def reviewer(self) -> str:
        """Whose name stands under what is said."""
        return self._preferences.settings.reviewer

    def _by(self) -> Reviewer:
        return Reviewer.at_present(self.reviewer)

    def _say(self, rows: Sequence[CaseSegment], edit_of: EditOf) -> bool:
        """Say something of each of the rows: shown at once, then stored."""
        changes: list[Change] = []
        shown: dict[int, CaseSegment] = {}
        action: Action | None = None
        for row in rows:
            edit = edit_of([row])
            if edit is not None:
                action = edit.action
                changes += edit.changes
                shown[row.id] = _as_said(row, edit.changes[0].after)
        if action is None:
            return False
        edit = Edit(action=action, changes=tuple(changes))
        self._chosen = frozenset(shown[i].id if i in shown else i for i in self._chosen)
        self._workspace.show_instead(shown)
        self._store_said(edit)
        self.done.emit(edit.action, len(edit.changes))
        return True

    def _store_said(self, edit: Edit) -> None:
        """Store what is shown already; only where a word is gone, the case has to say what is."""
        who = self._by().name

        def store(case: Case) -> EditStacks:
            case.edits.make(edit, reviewer=who)
            return case.edits.stacks(reviewer=who)

        gone = any(change.after is None for change in edit.changes)
        self._workspace.access.change(
            store, Changed.SEGMENTS if gone else Changed.NOTHING, then=self._take_stacks
        )

    def _make(self, edit_of: Callable[[], Edit | None]) -> None:
        """Make an edit that other segments come of; the first of them is selected."""
        try:
            edit = edit_of()
        except UsageError as error:
            self._workspace.notice(error)
            return
        if edit is None:
            return
        who, made = self._by().name, edit
        self._workspace.access.change(
            lambda case: case.edits.make(made, reviewer=who),
            then=lambda _id: self._on_shaped(made),
        )

    def _on_shaped(self, edit: Edit) -> None:
        self._select_of(edit)
        self._on_made(edit)

    def _on_made(self, edit: Edit) -> None:
        self.done.emit(edit.action, len(edit.changes))
        self.refresh_stacks()

    def _on_taken_back(self, edit: Edit | None, *, again: bool) -> None:
        if edit is not None:
            self._select_of(edit)
            self.taken_back.emit(edit, again)
            self._workspace.mentioned.emit(taken_back_text(edit, again=again))
        self.refresh_stacks()

    def _select_of(self, edit: Edit) -> None:
        """Show what an edit has left, or what is found where it was."""
        after = [c.after for c in edit.changes if isinstance(c.after, Review)]
        before = [c.before for c in edit.changes if isinstance(c.before, Review)]
        for review in [*after, *before]:
            row = self._workspace.segment_of(review.id) or self._at(review)
            if row is not None:
                self._workspace.select_segment(row.id)
                return

    def _at(self, review: Review) -> CaseSegment | None:
        rows = self._workspace.segments_of(review.recording_id)
        return next(
            (r for r in rows if r.segment.start < review.end and r.segment.end > review.start), None
        )

    def _trim(self, *, at_start: bool) -> None:
        workspace = self._workspace
        row, recording = workspace.segment, workspace.recording
        at = workspace.playhead.position
        if row is None or recording is None:
            return
        start, end = (at, None) if at_start else (None, at)
        self._make(lambda: trimmed(row, recording, start=start, end=end, by=self._by()))

    def _following(self, row: CaseSegment) -> list[CaseSegment]:
        """The next segment of the recording in time, if there is one."""
        rows = self._workspace.segments_of(row.recording_id)
        later = [r for r in rows if r.segment.start > row.segment.start]
        return sorted(later, key=lambda r: r.segment.start)[:1]

    def _next_unreviewed(self, steps: int, *, besides: frozenset[int]) -> CaseSegment | None:
        listed = self._workspace.listed
        selected = self._workspace.segment
        at = self._workspace.position_of(selected.id) if selected is not None else None
        if at is None:
            at = -1 if steps > 0 else 0
        count = len(listed)
        order = ((at + steps * n) % count for n in range(1, count + 1))
        return next(
            (
                listed[i]
                for i in order
                if listed[i].state is ReviewState.NEW and listed[i].id not in besides
            ),
            None,
        )

    def refresh_stacks(self) -> None:
        """Ask the case what can be undone and redone."""
        who = self._by().name
        self._workspace.access.ask(lambda case: case.edits.stacks(reviewer=who), self._take_stacks)

    def _take_stacks(self, stacks: EditStacks) -> None:
        if stacks != self.stacks:
            self.stacks = stacks
            self.stacks_changed.emit()

    def _on_selected(self) -> None:
        """Whoever goes elsewhere does not mean what was chosen before."""
        selected = self._workspace.segment
        self.choose([selected.id] if selected is not None else [])

    def _on_case_opened(self) -> None:
        self._chosen = frozenset()
        self.clear_mark()
        self.refresh_stacks()

    def _on_changed(self, changed: Changed) -> None:
        if changed & (Changed.SEGMENTS | Changed.REVIEWS):
            self.chosen_changed.emit()
        if changed & ~(Changed.SEGMENTS | Changed.REVIEWS):  # others, or jobs, may have made edits
            self.refresh_stacks()


_READ_ANEW = {
    Review: Changed.SEGMENTS,
    Region: Changed.RECORDINGS,
    CaseNote: Changed.RECORDINGS,
    Place: EVERYTHING,
    RecordingClock: Changed.CLOCKS,
    RecordingTruth: Changed.TRUTH,
    RulePreset: Changed.PRESETS,
    # The wall reads them
    ListedRule: Changed.NOTHING,
    WallCamera: Changed.NOTHING,
    CameraName: Changed.TRACKS,  # it stands beside what is shown of what is usual
    # Nothing, until what follows is found anew
    TypeLessonUse: Changed.NOTHING,
    ClusterName: Changed.NOTHING,
    RecordingCamera: Changed.NOTHING,
    TaughtLesson: Changed.NOTHING,
}


def removal(case: Case, recording_id: int) -> Edit:
    """The edit that takes a recording out of the case."""
    place = case.place(recording_id)
    gone: Place = replace(place, removed=datetime.now(UTC).isoformat(timespec="seconds"))
    return Edit(action=Action.REMOVE_RECORDING, changes=(Change(before=place, after=gone),))


def _touched(edit: Edit | None) -> Changed:
    """What is to be read anew after an edit."""
    records = [c.after or c.before for c in edit.changes] if edit is not None else []
    return reduce(or_, (_READ_ANEW[type(record)] for record in records), Changed.NOTHING)


def _suggested(row: CaseSegment) -> str | None:
    return row.suggested.kind if row.suggested is not None else None


def _as_said(row: CaseSegment, after: object) -> CaseSegment:
    """A row as it will be read once what is said of it is stored."""
    if isinstance(after, Review):
        return replace(row, id=after.id, review=after)
    return replace(row, review=None)
