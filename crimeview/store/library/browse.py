"""What a person can choose among in a library: how many segments fit, and by what they differ."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crimeview.store.library.filters import narrowed
from crimeview.store.library.rows import Filter
from crimeview.store.library.schema import EntryRow, IndexStateRow


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
