"""The log of what people changed in a case, and the way into it and back."""

import json
from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from crimeview.core.edit import Action, Change, Edit, EditKind, EditStacks, LoggedEdit, stacks
from crimeview.core.errors import CaseError
from crimeview.core.review import Review
from crimeview.store.records import (
    delete_record,
    find_record,
    from_json,
    is_reviewed_already,
    put_record,
    to_json,
)
from crimeview.store.review_scores import rescore
from crimeview.store.runs import now_text
from crimeview.store.schema import EditRow


class ConflictError(CaseError):
    """What is to be changed was changed by somebody else meanwhile."""


_CHANGED = (
    "This was changed meanwhile, by another window or command; it is shown as it is now. "
    "Look at it again and repeat the change where it is still right."
)
_KEPT_AS_IT_IS = (
    "This cannot be taken back: it was changed afterwards, by another window, command or reviewer."
)


def make_edit(session: Session, edit: Edit, *, reviewer: str) -> int:
    """Make the changes and log them; gives the entry's id.

    Raises ConflictError where a record is not as the edit found it.
    """
    _apply(session, edit, sentence=_CHANGED)
    return _log(session, edit, reviewer=reviewer, kind=EditKind.DONE, of=None)


def take_back(session: Session, *, reviewer: str, kind: EditKind) -> Edit | None:
    """Undo or redo the newest edit of that person; None where there is none.

    Gives the edit that was made by it. Raises ConflictError where others have changed what it is
    about.
    """
    left = edit_stacks(session, reviewer=reviewer)
    ids = left.undo if kind is EditKind.UNDONE else left.redo
    if not ids:
        return None
    logged = _edit_of(session.get_one(EditRow, ids[-1]))
    edit = logged.inverse() if kind is EditKind.UNDONE else logged
    _apply(session, edit, sentence=_KEPT_AS_IT_IS)
    _log(session, edit, reviewer=reviewer, kind=kind, of=ids[-1])
    return edit


def edit_stacks(session: Session, *, reviewer: str) -> EditStacks:
    """What a person can undo and redo."""
    row = EditRow
    found = session.execute(
        select(row.id, row.kind, row.of).where(row.reviewer == reviewer).order_by(row.id)
    )
    left = stacks([(entry, kind, of) for entry, kind, of in found])

    def action(ids: tuple[int, ...]) -> Action | None:
        return session.get_one(EditRow, ids[-1]).action if ids else None

    return replace(left, undo_action=action(left.undo), redo_action=action(left.redo))


def load_log(session: Session) -> list[LoggedEdit]:
    """All entries, the oldest first."""
    return [
        LoggedEdit(
            id=row.id,
            made=row.made,
            reviewer=row.reviewer,
            kind=row.kind,
            of=row.of,
            action=row.action,
            count=len(json.loads(row.changes)),
        )
        for row in session.scalars(select(EditRow).order_by(EditRow.id))
    ]


def _apply(session: Session, edit: Edit, *, sentence: str) -> None:
    for change in edit.changes:
        record = change.after or change.before
        if record is None:
            continue
        if find_record(session, record) != change.before:
            raise ConflictError(sentence)
        if change.after is None:
            delete_record(session, record)
        else:
            put_record(session, change.after)
    try:
        session.flush()
    except IntegrityError as error:  # a recording that is gone, or a path that is taken
        raise ConflictError(sentence) from error
    _check_new(session, edit, sentence)
    rescore(session, _reviews_after(edit.changes))


def _check_new(session: Session, edit: Edit, sentence: str) -> None:
    for change in edit.changes:
        review = change.after
        new = isinstance(review, Review) and change.before is None
        if new and isinstance(review, Review) and is_reviewed_already(session, review):
            raise ConflictError(sentence)


def _reviews_after(changes: Iterable[Change]) -> list[Review]:
    return [change.after for change in changes if isinstance(change.after, Review)]


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
