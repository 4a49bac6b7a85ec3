"""What people do to segments, as edits: judge, name, mark, trim, split, merge.

Each function gives the edit that does it to the segments it is given, or None where it would change
nothing; `Case.edits` makes it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from crimeview.core.edit import Action, Change, Edit
from crimeview.core.errors import UsageError
from crimeview.core.review import Origin, Review, ReviewState, new_review_id
from crimeview.store.rows import CaseRecording, CaseSegment

SHORTEST = 0.1  # s that a segment must last

_ACTIONS = {
    ReviewState.NEW: Action.RESET,
    ReviewState.CONFIRMED: Action.CONFIRM,
    ReviewState.UNSURE: Action.UNSURE,
    ReviewState.DISMISSED: Action.DISMISS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewer:
    """Who says something, and when (ISO 8601, UTC)."""

    name: str
    now: str

    @classmethod
    def at_present(cls, name: str) -> "Reviewer":
        return cls(name=name, now=datetime.now(UTC).isoformat(timespec="seconds"))


def judged(rows: Sequence[CaseSegment], state: ReviewState, *, by: Reviewer) -> Edit | None:
    """Decide on segments; with `NEW` take a decision back.

    Of a found segment without a note, tags or a type nothing is left then: it follows the rule
    again.
    """
    return _changed(rows, _ACTIONS[state], by, lambda review: replace(review, state=state))


def named(rows: Sequence[CaseSegment], kind: str | None, *, by: Reviewer) -> Edit | None:
    """Say of what crime type segments are; None takes it away."""
    kind = kind.strip().lower() or None if kind is not None else None
    return _changed(rows, Action.KIND, by, lambda review: replace(review, kind=kind))


def noted(rows: Sequence[CaseSegment], note: str, *, by: Reviewer) -> Edit | None:
    text = note.strip()
    return _changed(rows, Action.NOTE, by, lambda review: replace(review, note=text))


def tagged(
    rows: Sequence[CaseSegment],
    *,
    add: Sequence[str] = (),
    drop: Sequence[str] = (),
    by: Reviewer,
) -> Edit | None:
    """Add tags to segments and take others away."""
    wanted, unwanted = parse_tags(",".join(add)), set(parse_tags(",".join(drop)))

    def change(review: Review) -> Review:
        tags = dict.fromkeys((*review.tags, *wanted))
        return replace(review, tags=tuple(t for t in tags if t not in unwanted))

    return _changed(rows, Action.TAGS, by, change)


def marked(
    recording: CaseRecording, *, start: float, end: float, by: Reviewer, kind: str | None = None
) -> Edit:
    """A segment of a person's own, confirmed from the start; raises UsageError for an empty span.

    The ends may be given in any order.
    """
    start, end = sorted((start, end))
    _check(recording, start, end)
    review = Review(
        id=new_review_id(),
        recording_id=recording.id,
        start=start,
        end=end,
        seen_start=start,
        seen_end=end,
        state=ReviewState.CONFIRMED,
        origin=Origin.PERSON,
        kind=kind,
        reviewer=by.name,
        changed=by.now,
        content=_content(recording),
    )
    return Edit(action=Action.MARK, changes=(Change(before=None, after=review),))


def trimmed(
    row: CaseSegment,
    recording: CaseRecording,
    *,
    start: float | None = None,
    end: float | None = None,
    by: Reviewer,
) -> Edit | None:
    """Move the ends of a segment; what it covered before stays answered."""
    old = review_for(row, by=by)
    start = row.segment.start if start is None else start
    end = row.segment.end if end is None else end
    _check(recording, start, end)
    new = replace(
        old,
        start=start,
        end=end,
        seen_start=min(old.seen_start, start),
        seen_end=max(old.seen_end, end),
    )
    if (new.start, new.end) == (row.segment.start, row.segment.end):
        return None
    return Edit(action=Action.TRIM, changes=(Change(before=row.review, after=_said(new, by)),))


def split(row: CaseSegment, at: float, *, by: Reviewer) -> Edit:
    """Two segments of one; raises UsageError where `at` (s) does not lie well within it."""
    segment = row.segment
    if not segment.start + SHORTEST <= at <= segment.end - SHORTEST:
        raise UsageError("Go to a moment within the segment to split it there.")
    old = review_for(row, by=by)
    first = replace(old, end=at, seen_end=at)
    second = replace(old, id=new_review_id(), start=at, seen_start=at)
    changes = [
        Change(before=row.review, after=_said(first, by)),
        Change(before=None, after=_said(second, by)),
    ]
    return Edit(action=Action.SPLIT, changes=tuple(changes))


def merged(rows: Sequence[CaseSegment], *, by: Reviewer) -> Edit:
    """One segment of several of a recording, from the first start to the last end.

    It has the first one's decision that is not new, the first type, all notes and all tags. Raises
    UsageError for fewer than two, or for segments of several recordings.
    """
    if len(rows) < 2:
        raise UsageError("Choose two or more segments to merge them.")
    if len({row.recording_id for row in rows}) > 1:
        raise UsageError("Only segments of one recording can be merged.")
    ordered = sorted(rows, key=lambda row: row.segment.start)
    olds = [review_for(row, by=by) for row in ordered]
    decided = [old.state for old in olds if old.state is not ReviewState.NEW]
    whole = replace(
        next((old for old, row in zip(olds, ordered, strict=True) if row.review), olds[0]),
        start=min(old.start for old in olds),
        end=max(old.end for old in olds),
        seen_start=min(old.seen_start for old in olds),
        seen_end=max(old.seen_end for old in olds),
        state=decided[0] if decided else ReviewState.NEW,
        kind=next((old.kind for old in olds if old.kind), None),
        note="\n".join(dict.fromkeys(old.note for old in olds if old.note)),
        tags=tuple(dict.fromkeys(tag for old in olds for tag in old.tags)),
    )
    gone = [
        Change(before=row.review, after=None)
        for row in ordered
        if row.review is not None and row.review.id != whole.id
    ]
    kept = next((row.review for row in ordered if row.review and row.review.id == whole.id), None)
    changes = (*gone, Change(before=kept, after=_said(whole, by)))
    return Edit(action=Action.MERGE, changes=changes)


def deleted(rows: Sequence[CaseSegment]) -> Edit | None:
    """Take away what people said of segments; those that they marked themselves are gone then."""
    changes = [Change(before=row.review, after=None) for row in rows if row.review is not None]
    return Edit(action=Action.DELETE, changes=tuple(changes)) if changes else None


def review_for(row: CaseSegment, *, by: Reviewer) -> Review:
    """What is said of a segment; of one that nobody has looked at, a word that says nothing yet."""
    if row.review is not None:
        return row.review
    segment = row.segment
    return Review(
        id=new_review_id(),
        recording_id=row.recording_id,
        start=segment.start,
        end=segment.end,
        seen_start=segment.start,
        seen_end=segment.end,
        state=ReviewState.NEW,
        origin=Origin.MACHINE,
        reviewer=by.name,
        content=row.content,
    )


def parse_tags(text: str) -> tuple[str, ...]:
    """Tags of a line, which commas part; each once."""
    tags = (" ".join(tag.split()) for tag in text.split(","))
    return tuple(dict.fromkeys(tag for tag in tags if tag))


def _changed(
    rows: Sequence[CaseSegment],
    action: Action,
    by: Reviewer,
    change: Callable[[Review], Review],
) -> Edit | None:
    changes = []
    for row in rows:
        old = review_for(row, by=by)
        new = change(old)
        if new != old:
            after = None if _says_nothing(new) else _said(new, by)
            if row.review is not None or after is not None:
                changes.append(Change(before=row.review, after=after))
    return Edit(action=action, changes=tuple(changes)) if changes else None


def _said(review: Review, by: Reviewer) -> Review:
    return replace(review, reviewer=by.name, changed=by.now)


def _says_nothing(review: Review) -> bool:
    """Whether a word on something found adds nothing to it."""
    silent = review.state is ReviewState.NEW and not (review.kind or review.note or review.tags)
    whole = (review.start, review.end) == (review.seen_start, review.seen_end)
    return silent and whole and review.origin is Origin.MACHINE


def _check(recording: CaseRecording, start: float, end: float) -> None:
    if end - start < SHORTEST:
        raise UsageError("A segment needs to begin before it ends; move to another moment.")
    known = recording.recording
    longest = known.duration if known is not None and known.duration > 0 else float("inf")
    if start < 0 or end > max(longest, recording.analyzed) + 1.0:
        raise UsageError(f"{recording.path.name} does not last that long.")


def _content(recording: CaseRecording) -> str | None:
    return recording.fingerprint.sha256 if recording.fingerprint is not None else None
