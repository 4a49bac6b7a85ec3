"""Loading very many segments at once: binary COPY on a server, many rows a statement in a file."""

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, cast

import numpy as np
from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from crimeview.store.library.entries import (
    FACTS,
    fill_in,
    find_known,
    find_or_add_recording,
)
from crimeview.store.library.rows import Added, NewEntry, SourceRecording
from crimeview.store.library.schema import (
    ClipSetRow,
    EmbeddingRow,
    EntryRow,
    SourceRow,
    SpaceRow,
    ThumbnailRow,
)

Batch = Sequence[tuple[SourceRecording, NewEntry]]

_IN_ONE = 500
# The types in COPY's binary form, by table; it takes no others and casts nothing.
_TYPES = {
    "segments": (
        *("int8", "text", "int8", "float8", "float8", "float8", "float8"),
        *("text", "text", "text", "text", "text", "float8", "text", "text", "int8", "int8"),
    ),
    "embeddings": ("int8", "int8", "halfvec"),
    "clip_sets": ("int8", "int8", "bytea", "bytea", "bytea"),
    "thumbnails": ("int8", "float8", "bytea"),
}
_COLUMNS = {
    "segments": (
        *("id", "uid", "recording_id", "start", "end", "peak", "peak_time"),
        *FACTS,
        *("happened", "added", "added_by", "duplicate_of", "revision"),
    ),
    "embeddings": ("segment_id", "space_id", "vector"),
    "clip_sets": ("segment_id", "space_id", "times", "scores", "features"),
    "thumbnails": ("segment_id", "time", "jpeg"),
}
_TABLES: dict[str, Any] = {
    row.__tablename__: row for row in (EntryRow, EmbeddingRow, ClipSetRow, ThumbnailRow)
}


@dataclass(slots=True)
class _Rows:
    """Rows to be written, by table."""

    by_table: dict[str, list[tuple[Any, ...]]] = field(
        default_factory=lambda: {name: [] for name in _COLUMNS}
    )


def load_batch(
    session: Session, batch: Batch, *, spaces: dict[str, SpaceRow], on_server: bool
) -> list[tuple[Added, int | None]]:
    """Add a batch in the present transaction; what is known is left as in `Library.add`."""
    before = _known_recordings(session, {recording.uid for recording, _ in batch})
    recordings = _recordings(session, batch)
    known = _known_entries(session, [entry.uid for _, entry in batch])
    outcomes: list[tuple[Added, int | None]] = []
    fresh: list[tuple[int, NewEntry]] = []
    for recording, entry in batch:
        row = recordings[recording.uid]
        number = known.get(entry.uid)
        if number is None and recording.uid in before:
            same = find_known(session, row, entry)
            number = same.id if same is not None else None
        if number is not None:
            held = session.get_one(EntryRow, number) if number > 0 else None
            if held is not None:
                fill_in(held, entry.facts)
            outcomes.append((Added.KNOWN, number))
            continue
        known[entry.uid] = 0  # twice in one batch: the first counts
        fresh.append((row.id, entry))
        outcomes.append((Added.NEW, None))
    session.flush()
    numbers = iter(_numbers(session, len(fresh), on_server=on_server))
    rows = _Rows()
    given = []
    for recording_id, entry in fresh:
        number = next(numbers)
        given.append(number)
        _collect(rows, number, recording_id, entry, spaces)
    for table, values in rows.by_table.items():
        if values:
            (_copy if on_server else _insert)(session, table, values)
    filled = iter(given)
    return [(o, next(filled) if o is Added.NEW else number) for o, number in outcomes]


def _known_recordings(session: Session, uids: set[str]) -> set[str]:
    found: set[str] = set()
    for part in _parts(sorted(uids)):
        found |= set(session.scalars(select(SourceRow.uid).where(SourceRow.uid.in_(part))))
    return found


def _recordings(session: Session, batch: Batch) -> dict[str, SourceRow]:
    distinct = {recording.uid: recording for recording, _ in batch}
    return {uid: find_or_add_recording(session, r) for uid, r in distinct.items()}


def _known_entries(session: Session, uids: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in _parts(uids):
        query = select(EntryRow.uid, EntryRow.id).where(EntryRow.uid.in_(part))
        found |= {row[0]: row[1] for row in session.execute(query)}
    return found


def _numbers(session: Session, count: int, *, on_server: bool) -> Iterable[int]:
    """Numbers for that many segments, which nobody else is given."""
    if not on_server:  # the transaction has the file's only write lock
        first = int(session.scalar(select(func.max(EntryRow.id))) or 0) + 1
        return range(first, first + count)
    return session.scalars(
        text(
            "SELECT nextval(pg_get_serial_sequence('segments', 'id')) FROM generate_series(1, :n)"
        ),
        {"n": count},
    ).all()


def _collect(
    rows: _Rows, number: int, recording_id: int, entry: NewEntry, spaces: dict[str, SpaceRow]
) -> None:
    facts = entry.facts
    rows.by_table["segments"].append(
        (
            *(number, entry.uid, recording_id, entry.start, entry.end, entry.peak),
            *(entry.peak_time, *(getattr(facts, name) for name in FACTS)),
            *(entry.happened, entry.added, entry.added_by, None, 1),
        )
    )
    for space, vector in entry.vectors.items():
        rows.by_table["embeddings"].append((number, spaces[space].id, vector))
    if (clips := entry.clips) is not None:
        rows.by_table["clip_sets"].append(
            (
                *(number, spaces[clips.space].id, np.asarray(clips.times, np.float64).tobytes()),
                np.asarray(clips.scores, np.float32).tobytes(),
                np.asarray(clips.features, np.float16).tobytes(),
            )
        )
    rows.by_table["thumbnails"] += [(number, time, jpeg) for time, jpeg in entry.thumbnails]


def _insert(session: Session, table: str, values: list[tuple[Any, ...]]) -> None:
    columns = _COLUMNS[table]
    session.execute(
        insert(_TABLES[table]), [dict(zip(columns, row, strict=True)) for row in values]
    )


def _copy(session: Session, table: str, values: list[tuple[Any, ...]]) -> None:
    from pgvector import HalfVector

    connection = session.connection().connection
    columns = ", ".join(f'"{name}"' for name in _COLUMNS[table])
    at = _COLUMNS[table].index("vector") if table == "embeddings" else None
    with closing(cast("Any", connection.cursor())) as cursor:
        statement = f"COPY {table} ({columns}) FROM STDIN WITH (FORMAT BINARY)"
        with cursor.copy(statement) as copy:
            copy.set_types(_TYPES[table])
            for row in values:
                if at is None:
                    copy.write_row(row)
                else:
                    copy.write_row((row[0], row[1], HalfVector(np.asarray(row[2], np.float16))))


def _parts(values: list[str]) -> Iterable[list[str]]:
    for first in range(0, len(values), _IN_ONE):
        yield values[first : first + _IN_ONE]
