"""Types in a case: those that are suggested for segments, and what was learned of them."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from crimeview.core.edit import SUGGESTING, EditKind
from crimeview.core.type_suggestion import TypeSuggestion
from crimeview.store.database import Database
from crimeview.store.rows import TypeLesson
from crimeview.store.schema import (
    EditRow,
    RecordingRow,
    SuggestedByRow,
    TypeLessonRow,
    TypeSuggestionRow,
)

Span = tuple[float, float]


class Types:
    """Suggested and learned types of a case; usable from any thread. Raises as `Case` does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def suggest(self, recording_id: int, suggestions: Mapping[Span, TypeSuggestion]) -> None:
        """Store what is suggested for spans (s) of a recording, in place of what was.

        Nothing that a person said is touched. A recording that was removed is left out.
        """
        with self._database.writing() as session:
            if session.get(RecordingRow, recording_id) is None:
                return
            session.execute(delete(TypeSuggestionRow).filter_by(recording_id=recording_id))
            session.add_all(
                _row(recording_id, span, suggested) for span, suggested in suggestions.items()
            )

    @property
    def newest_edit(self) -> int:
        """The newest entry of the log by which other types are suggested; 0 where there is none."""
        with self._database.reading() as session:
            return _newest_edit(session)

    @property
    def behind(self) -> bool:
        """Whether there is an entry by which types were not suggested for all, see `suggested`."""
        with self._database.reading() as session:
            return _newest_edit(session) > _suggested_by(session)

    def suggested(self, edit_id: int) -> None:
        """Keep that types were suggested for all recordings by what that entry has changed."""
        with self._database.writing() as session:
            session.merge(SuggestedByRow(id=1, edit_id=max(edit_id, _suggested_by(session))))

    def prepare(self, *, space: str, reviewer: str, figures: str, arrays: bytes) -> TypeLesson:
        """Keep what was learned; gives it with its number. An edit has it used."""
        with self._database.writing() as session:
            row = TypeLessonRow(
                space=space,
                made=datetime.now(UTC).isoformat(timespec="seconds"),
                reviewer=reviewer,
                used=False,
                figures=figures,
                arrays=arrays,
            )
            session.add(row)
            session.flush()
            return _lesson(row)

    def lessons(self) -> list[TypeLesson]:
        """All that was ever learned, the oldest first."""
        with self._database.reading() as session:
            rows = session.scalars(select(TypeLessonRow).order_by(TypeLessonRow.id))
            return [_lesson(row) for row in rows]

    def lesson(self, space: str) -> TypeLesson | None:
        """What is used for vectors of a space: the newest that is not forgotten."""
        query = select(TypeLessonRow).filter_by(space=space, used=True)
        with self._database.reading() as session:
            row = session.scalars(query.order_by(TypeLessonRow.id.desc()).limit(1)).one_or_none()
            return _lesson(row) if row is not None else None


def _newest_edit(session: Session) -> int:
    row = EditRow
    query = select(func.max(row.id)).where(row.action.in_(SUGGESTING), row.kind != EditKind.LAPSED)
    return session.scalar(query) or 0


def _suggested_by(session: Session) -> int:
    return session.scalar(select(SuggestedByRow.edit_id)) or 0


def load_suggestions(
    session: Session, recording_id: int | None
) -> dict[tuple[int, float, float], TypeSuggestion]:
    """What is suggested for spans of one recording or of all, by recording, start and end."""
    query = select(
        TypeSuggestionRow.recording_id,
        TypeSuggestionRow.start,
        TypeSuggestionRow.end,
        TypeSuggestionRow.kind,
        TypeSuggestionRow.confidence,
        TypeSuggestionRow.likeliest,
        TypeSuggestionRow.source,
    )
    if recording_id is not None:
        query = query.where(TypeSuggestionRow.recording_id == recording_id)
    return {
        (recording, start, end): TypeSuggestion(
            kind=kind,
            confidence=confidence,
            likeliest=tuple((str(name), float(chance)) for name, chance in json.loads(likeliest)),
            source=source,
        )
        for recording, start, end, kind, confidence, likeliest, source in session.execute(query)
    }


def _row(recording_id: int, span: Span, suggested: TypeSuggestion) -> TypeSuggestionRow:
    return TypeSuggestionRow(
        recording_id=recording_id,
        start=span[0],
        end=span[1],
        kind=suggested.kind,
        confidence=suggested.confidence,
        likeliest=json.dumps(suggested.likeliest, ensure_ascii=False),
        source=suggested.source,
    )


def _lesson(row: TypeLessonRow) -> TypeLesson:
    return TypeLesson(
        id=row.id,
        space=row.space,
        made=row.made,
        reviewer=row.reviewer,
        used=row.used,
        figures=row.figures,
        arrays=row.arrays,
    )
