"""The log of what people changed in a case, and the way into it and back."""

import json
from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, NoResultFound
from sqlalchemy.orm import Session

from crimeview.core.edit import Action, Change, Edit, EditKind, EditStacks, LoggedEdit, stacks
from crimeview.core.errors import CaseError
from crimeview.core.review import Review
from crimeview.core.scene import TaughtLesson
from crimeview.store.database import Database
from crimeview.store.record_json import from_json, to_json
from crimeview.store.records import (
    delete_record,
    find_record,
    is_reviewed_already,
    put_record,
)
from crimeview.store.renamed_cameras import follow_renamed, renamed_cameras
from crimeview.store.review_scores import rescore
from crimeview.store.runs import now_text
from crimeview.store.scenes import NameTakenError, raise_versions
from crimeview.store.schema import EditRow


class ConflictError(CaseError):
    """What is to be changed was changed by somebody else meanwhile."""


_CHANGED = (
    "This was changed meanwhile, by another window or command; it is shown as it is now. "
    "Look at it again and repeat the change where it is still right."
)
_NOT_TAKEN_BACK = (
    "This cannot be taken back: it was changed afterwards, by another window, command or "
    "reviewer. Undo once more to take back what you did before it."
)
_NOT_MADE_AGAIN = (
    "This cannot be made again: it was changed afterwards, by another window, command or "
    "reviewer. Redo once more to make again what came after it."
)


class Edits:
    """What people change in a case, and its log; usable from any thread. Raises as `Case` does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def make(self, edit: Edit, *, reviewer: str) -> int:
        """Make a person's changes, all or none, and log them; gives the entry's id.

        Raises ConflictError where a record is not as the edit found it.
        """
        with self._database.writing() as session:
            _apply(session, edit, sentence=_CHANGED)
            return _log(session, edit, reviewer=reviewer, kind=EditKind.DONE, of=None)

    def undo(self, *, reviewer: str) -> Edit | None:
        """Take back the person's newest edit; gives the edit that did it, None without one.

        Raises ConflictError where others have changed the same since. That edit has lapsed then:
        the next call takes back the one before it.
        """
        return self._take_back(reviewer=reviewer, kind=EditKind.UNDONE)

    def redo(self, *, reviewer: str) -> Edit | None:
        """Make the edit again that the person took back last; as `undo`."""
        return self._take_back(reviewer=reviewer, kind=EditKind.REDONE)

    def stacks(self, *, reviewer: str) -> EditStacks:
        """What a person can undo and redo."""
        with self._database.reading() as session:
            return _stacks(session, reviewer=reviewer)

    def log(self) -> list[LoggedEdit]:
        """All that people changed, the oldest first."""
        with self._database.reading() as session:
            rows = session.scalars(select(EditRow).order_by(EditRow.id))
            return [_logged(row) for row in rows]

    def _take_back(self, *, reviewer: str, kind: EditKind) -> Edit | None:
        with self._database.writing() as session:
            left = _stacks(session, reviewer=reviewer)
            undoing = kind is EditKind.UNDONE
            ids = left.undo if undoing else left.redo
            if not ids:
                return None
            logged = _edit_of(session.get_one(EditRow, ids[-1]))
            edit = logged.inverse() if undoing else logged
            sentence = _NOT_TAKEN_BACK if undoing else _NOT_MADE_AGAIN
            conflict = _conflict(session, edit, sentence=sentence)
            if conflict is not None:  # or it would stand before all others for good
                edit, kind = Edit(action=edit.action, changes=()), EditKind.LAPSED
            _log(session, edit, reviewer=reviewer, kind=kind, of=ids[-1])
        if conflict is not None:
            raise conflict
        return edit


def _conflict(session: Session, edit: Edit, *, sentence: str) -> ConflictError | None:
    """Apply an edit, or nothing of it and tell what is against it."""
    try:
        with session.begin_nested():
            _apply(session, edit, sentence=sentence)
    except ConflictError as error:
        return error
    return None


def _stacks(session: Session, *, reviewer: str) -> EditStacks:
    row = EditRow
    found = session.execute(
        select(row.id, row.kind, row.of).where(row.reviewer == reviewer).order_by(row.id)
    )
    left = stacks([(entry, kind, of) for entry, kind, of in found])

    def action(ids: tuple[int, ...]) -> Action | None:
        return session.get_one(EditRow, ids[-1]).action if ids else None

    return replace(left, undo_action=action(left.undo), redo_action=action(left.redo))


def _logged(row: EditRow) -> LoggedEdit:
    return LoggedEdit(
        id=row.id,
        made=row.made,
        reviewer=row.reviewer,
        kind=row.kind,
        of=row.of,
        action=row.action,
        count=len(json.loads(row.changes)),
    )


def _apply(session: Session, edit: Edit, *, sentence: str) -> None:
    try:
        for change in edit.changes:
            _apply_one(session, change, sentence)
        session.flush()
    except (IntegrityError, NoResultFound, NameTakenError) as error:  # something is gone, or taken
        raise ConflictError(sentence) from error
    _check_new(session, edit, sentence)
    follow_renamed(session, renamed_cameras(edit.changes))
    rescore(session, _reviews_after(edit.changes))
    raise_versions(session, _taught(edit.changes))


def _apply_one(session: Session, change: Change, sentence: str) -> None:
    record = change.after or change.before
    if record is None:
        return
    if find_record(session, record) != change.before:
        raise ConflictError(sentence)
    if change.after is None:
        delete_record(session, record)
    else:
        put_record(session, change.after)


def _check_new(session: Session, edit: Edit, sentence: str) -> None:
    for change in edit.changes:
        review = change.after
        new = isinstance(review, Review) and change.before is None
        if new and isinstance(review, Review) and is_reviewed_already(session, review):
            raise ConflictError(sentence)


def _reviews_after(changes: Iterable[Change]) -> list[Review]:
    return [change.after for change in changes if isinstance(change.after, Review)]


def _taught(changes: Iterable[Change]) -> set[int]:
    """The recordings whose lessons are others now."""
    records = (change.after or change.before for change in changes)
    return {record.recording_id for record in records if isinstance(record, TaughtLesson)}


def _log(session: Session, edit: Edit, *, reviewer: str, kind: EditKind, of: int | None) -> int:
    changes = [[to_json(c.before), to_json(c.after)] for c in edit.changes]
    row = EditRow(
        made=now_text(),
        reviewer=reviewer,
        kind=kind,
        of=of,
        action=edit.action,
        changes=json.dumps(changes),
    )
    session.add(row)
    session.flush()
    return row.id


def _edit_of(row: EditRow) -> Edit:
    """The edit as it was made, whatever way it went into the log."""
    pairs = json.loads(row.changes)
    return Edit(
        action=row.action,
        changes=tuple(Change(before=from_json(b), after=from_json(a)) for b, a in pairs),
    )
