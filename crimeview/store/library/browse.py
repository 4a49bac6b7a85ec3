"""What a library holds, told without its vectors: how many segments, and by what they differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crimeview.store.library.filters import narrowed
from crimeview.store.library.rows import Filter, LibraryFigures
from crimeview.store.library.schema import (
    CopyRow,
    EmbeddingRow,
    EntryRow,
    IndexStateRow,
    SourceRow,
    SpaceRow,
)

_AT_ONCE = 500  # numbers in one statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The values that are there, in alphabetical order; empty ones left out."""

    crime_types: tuple[str, ...] = ()
    cameras: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()


def count_of(session: Session, wanted: Filter) -> int:
    """How many segments fit."""
    query = narrowed(select(func.count()).select_from(EntryRow), wanted)
    return int(session.scalar(query) or 0)


def choices_of(session: Session) -> Choices:
    """What a filter can ask for."""

    def values(column: object) -> tuple[str, ...]:
        found = session.scalars(select(column).distinct())  # type: ignore[call-overload]
        return tuple(sorted(value for value in found if value))

    return Choices(
        crime_types=values(EntryRow.crime_type),
        cameras=values(EntryRow.camera),
        places=values(EntryRow.place),
        outcomes=values(EntryRow.outcome),
    )


def state_of(session: Session) -> str:
    """What changes with each change of vectors, of types and of marks of duplicates."""
    token = session.scalar(select(IndexStateRow.token).order_by(IndexStateRow.id.desc()).limit(1))
    count, revisions, duplicates = session.execute(
        select(func.count(), func.sum(EntryRow.revision), func.count(EntryRow.duplicate_of))
    ).one()
    return f"{token or ''} {count} {int(revisions or 0)} {duplicates}"


def figures_of(session: Session) -> LibraryFigures:
    """What the library holds."""

    def count(query: Any) -> int:
        return int(session.scalar(query) or 0)

    number = func.count()
    types = session.execute(
        select(EntryRow.crime_type, number)
        .group_by(EntryRow.crime_type)
        .order_by(number.desc(), EntryRow.crime_type)
    ).all()
    spaces = session.execute(
        select(SpaceRow.name, SpaceRow.dimensions, func.count(EmbeddingRow.id))
        .outerjoin(EmbeddingRow, EmbeddingRow.space_id == SpaceRow.id)
        .group_by(SpaceRow.id, SpaceRow.name, SpaceRow.dimensions)
        .order_by(SpaceRow.id)
    ).all()
    return LibraryFigures(
        segments=count(select(number).select_from(EntryRow)),
        recordings=count(select(number).select_from(SourceRow)),
        duplicates=count(
            select(number).select_from(EntryRow).where(EntryRow.duplicate_of.is_not(None))
        ),
        copies=count(select(number).select_from(CopyRow)),
        types=tuple((row[0], row[1]) for row in types),
        spaces=tuple((row[0], row[1], row[2]) for row in spaces),
    )


def kinds_of(session: Session, numbers: Sequence[int]) -> dict[int, tuple[int, str]]:
    """The recording's number and the type of these segments, less those marked duplicates."""
    found: dict[int, tuple[int, str]] = {}
    for first in range(0, len(numbers), _AT_ONCE):
        query = select(EntryRow.id, EntryRow.recording_id, EntryRow.crime_type).where(
            EntryRow.id.in_([int(n) for n in numbers[first : first + _AT_ONCE]]),
            EntryRow.duplicate_of.is_(None),
        )
        found |= {row[0]: (row[1], row[2]) for row in session.execute(query)}
    return found
