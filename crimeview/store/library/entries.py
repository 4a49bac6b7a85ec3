"""Reads segments of a library as values, and writes them."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, cast

import numpy as np
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from crimeview.core.errors import LibraryError
from crimeview.store.library.rows import (
    ClipCopy,
    ClipSet,
    Entry,
    Facts,
    NewEntry,
    SourceRecording,
)
from crimeview.store.library.schema import (
    ClipSetRow,
    CopyRow,
    EmbeddingRow,
    EntryRow,
    SourceRow,
    SpaceRow,
    ThumbnailRow,
)

FACTS = ("crime_type", "outcome", "notes", "camera", "place")
_KNOWN_OVERLAP = 0.5  # of two spans of one content: the same segment
_AT_ONCE = 500  # numbers in one statement


def entries_query() -> Select[Any]:
    """Segments with their recordings and copies."""
    query = (
        select(EntryRow, SourceRow, CopyRow)
        .join(SourceRow, SourceRow.id == EntryRow.recording_id)
        .outerjoin(CopyRow, CopyRow.segment_id == EntryRow.id)
    )
    return cast("Select[Any]", query)  # what its rows are is not spelled alike in all versions


def load_entries(session: Session, query: Select[Any]) -> list[Entry]:
    """What a query made of `entries_query` selects."""
    return [_entry(*row) for row in session.execute(query)]


def load_by_number(session: Session, numbers: Iterable[int]) -> dict[int, Entry]:
    """The segments of these numbers, as far as they are there."""
    wanted = list(numbers)
    found: dict[int, Entry] = {}
    for first in range(0, len(wanted), _AT_ONCE):
        part = wanted[first : first + _AT_ONCE]
        query = entries_query().where(EntryRow.id.in_(part))
        found |= {entry.id: entry for entry in load_entries(session, query)}
    return found


def find_or_add_recording(session: Session, recording: SourceRecording) -> SourceRow:
    """The row of a recording; what is newly known of it is taken over."""
    row = session.scalars(select(SourceRow).filter_by(uid=recording.uid)).one_or_none()
    if row is None:
        row = SourceRow(**asdict(recording))
        session.add(row)
        session.flush()
        return row
    for name, value in asdict(recording).items():
        if value is not None:
            setattr(row, name, value)
    return row


def find_or_add_space(session: Session, name: str, dimensions: int) -> tuple[SpaceRow, bool]:
    """The row of a space, and whether it is new. Raises LibraryError for other dimensions."""
    row = session.scalars(select(SpaceRow).filter_by(name=name)).one_or_none()
    if row is not None:
        if row.dimensions != dimensions:
            raise LibraryError(
                f"The library's vectors of {name} are of {row.dimensions} numbers, not of "
                f"{dimensions}: another encoder has made them. Use a library of its own for these."
            )
        return row, False
    row = SpaceRow(name=name, dimensions=dimensions)
    session.add(row)
    session.flush()
    return row, True


def find_known(session: Session, recording: SourceRow, entry: NewEntry) -> EntryRow | None:
    """The segment of that identity, or of the same content and about the same span."""
    same = session.scalars(select(EntryRow).filter_by(uid=entry.uid)).one_or_none()
    if same is not None:
        return same
    touching = select(EntryRow).where(
        EntryRow.recording_id == recording.id,
        EntryRow.start < entry.end,
        EntryRow.end > entry.start,
    )
    for row in session.scalars(touching):
        common = min(row.end, entry.end) - max(row.start, entry.start)
        whole = max(row.end, entry.end) - min(row.start, entry.start)
        if common > _KNOWN_OVERLAP * whole:
            return row
    return None


def fill_in(row: EntryRow, facts: Facts) -> bool:
    """Take over what a person has said of a known segment and it lacks; whether anything was."""
    changed = False
    for name, value in asdict(facts).items():
        if value and not getattr(row, name):
            setattr(row, name, value)
            changed = True
    if changed:
        row.revision += 1
    return changed


def add_entry(
    session: Session,
    recording: SourceRow,
    entry: NewEntry,
    *,
    spaces: dict[str, SpaceRow],
    duplicate_of: int | None,
) -> EntryRow:
    """Store a segment with all that belongs to it."""
    row = EntryRow(
        uid=entry.uid,
        recording_id=recording.id,
        start=entry.start,
        end=entry.end,
        peak=entry.peak,
        peak_time=entry.peak_time,
        happened=entry.happened,
        added=entry.added,
        added_by=entry.added_by,
        duplicate_of=duplicate_of,
        revision=1,
        **asdict(entry.facts),
    )
    session.add(row)
    session.flush()
    for space, vector in entry.vectors.items():
        session.add(EmbeddingRow(segment_id=row.id, space_id=spaces[space].id, vector=vector))
    if entry.clips is not None:
        session.add(_clip_row(row.id, spaces[entry.clips.space].id, entry.clips))
    session.add_all(
        ThumbnailRow(segment_id=row.id, time=time, jpeg=jpeg) for time, jpeg in entry.thumbnails
    )
    return row


def load_clips(session: Session, segment_id: int) -> ClipSet | None:
    """The clips of a segment; None where only its vector is known."""
    found = session.execute(
        select(ClipSetRow, SpaceRow)
        .join(SpaceRow, SpaceRow.id == ClipSetRow.space_id)
        .where(ClipSetRow.segment_id == segment_id)
    ).first()
    if found is None:
        return None
    row, space = found
    times = np.frombuffer(row.times, np.float64).reshape(-1, 2)
    return ClipSet(
        space=space.name,
        times=times,
        scores=np.frombuffer(row.scores, np.float32),
        features=np.frombuffer(row.features, np.float16).reshape(len(times), -1),
    )


def load_thumbnails(session: Session, segment_id: int) -> list[tuple[float, bytes]]:
    query = select(ThumbnailRow.time, ThumbnailRow.jpeg).filter_by(segment_id=segment_id)
    return [(row.time, row.jpeg) for row in session.execute(query.order_by(ThumbnailRow.time))]


def _clip_row(segment_id: int, space_id: int, clips: ClipSet) -> ClipSetRow:
    return ClipSetRow(
        segment_id=segment_id,
        space_id=space_id,
        times=np.asarray(clips.times, np.float64).tobytes(),
        scores=np.asarray(clips.scores, np.float32).tobytes(),
        features=np.asarray(clips.features, np.float16).tobytes(),
    )


def recording_of(row: SourceRow) -> SourceRecording:
    return SourceRecording(
        uid=row.uid,
        name=row.name,
        sha256=row.sha256,
        size=row.size,
        path=row.path,
        case_name=row.case_name,
        duration=row.duration,
        started=row.started,
    )


def _entry(row: EntryRow, source: SourceRow, copy: CopyRow | None) -> Entry:
    return Entry(
        id=row.id,
        uid=row.uid,
        recording=recording_of(source),
        start=row.start,
        end=row.end,
        peak=row.peak,
        peak_time=row.peak_time,
        facts=Facts(**{name: getattr(row, name) for name in FACTS}),
        happened=row.happened,
        added=row.added,
        added_by=row.added_by,
        duplicate_of=row.duplicate_of,
        revision=row.revision,
        copy=None
        if copy is None
        else ClipCopy(
            file=copy.file,
            sha256=copy.sha256,
            size=copy.size,
            source_sha256=copy.source_sha256,
            start=copy.start,
            end=copy.end,
        ),
    )
