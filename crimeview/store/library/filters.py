"""From a filter to SQL."""

from typing import Any

from sqlalchemy import Select, select

from crimeview.store.library.rows import Filter
from crimeview.store.library.schema import EntryRow, SourceRow


def numbers_of(wanted: Filter) -> Select[Any]:
    """Selects the numbers of the segments that fit."""
    return narrowed(select(EntryRow.id), wanted)


def narrowed(query: Select[Any], wanted: Filter) -> Select[Any]:
    """The query, of segments, with the filter's conditions."""
    chosen = (
        (EntryRow.crime_type, wanted.crime_types),
        (EntryRow.camera, wanted.cameras),
        (EntryRow.place, wanted.places),
        (EntryRow.outcome, wanted.outcomes),
    )
    for column, values in chosen:
        if values:
            query = query.where(column.in_(values))
    if wanted.after is not None:
        query = query.where(EntryRow.happened >= wanted.after)
    if wanted.before is not None:
        query = query.where(EntryRow.happened < wanted.before)
    if wanted.recording_uids:
        query = query.where(EntryRow.recording_id.in_(_recordings(wanted.recording_uids)))
    if wanted.not_recording_uids:
        query = query.where(EntryRow.recording_id.not_in(_recordings(wanted.not_recording_uids)))
    if not wanted.duplicates:
        query = query.where(EntryRow.duplicate_of.is_(None))
    return query


def _recordings(uids: tuple[str, ...]) -> Select[Any]:
    return select(SourceRow.id).where(SourceRow.uid.in_(uids))
