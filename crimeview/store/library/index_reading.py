"""From the database to an index of a space: what is read of it, and what was removed since."""

import uuid
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crimeview.store.library.schema import EmbeddingRow, IndexStateRow, SpaceRow
from crimeview.store.library.vector_index import Ids, VectorIndex

_ROWS = 8192


class HeldIndex:
    """An index, the state it is of, and how much of it is not in its sidecar."""

    def __init__(self, index: VectorIndex, token: str) -> None:
        self.index, self.token = index, token
        self.changes = 0


def note_change(session: Session) -> None:
    """Say that vectors change in this transaction."""
    session.add(IndexStateRow(token=uuid.uuid4().hex))


def newest_token(session: Session) -> str:
    return (
        session.scalar(select(IndexStateRow.token).order_by(IndexStateRow.id.desc()).limit(1)) or ""
    )


def is_earlier(session: Session, token: str) -> bool:
    """Whether a state of that token came before; the empty one did not."""
    return session.scalar(select(IndexStateRow.id).filter_by(token=token)) is not None


def count_of_space(session: Session, space: SpaceRow, *, until: int | None = None) -> int:
    """How many vectors there are, up to an embedding's number."""
    query = select(func.count()).select_from(EmbeddingRow).where(EmbeddingRow.space_id == space.id)
    if until is not None:
        query = query.where(EmbeddingRow.id <= until)
    return int(session.scalar(query) or 0)


def catch_up(session: Session, space: SpaceRow, held: HeldIndex) -> Iterator[int]:
    """Drop what was removed and take in what came later, as the session sees it.

    Yields how many were taken in so far.
    """
    index = held.index
    if count_of_space(session, space, until=index.last_embedding) != len(index):
        kept = _embeddings(session, space, until=index.last_embedding)
        held.changes += len(index) - len(kept)
        index.keep(kept)
    taken = 0
    for embeddings, segments, vectors in later_rows(session, space, after=index.last_embedding):
        index.add(embeddings, segments, vectors)
        taken += len(vectors)
        held.changes += len(vectors)
        yield taken
    held.token = newest_token(session)


def later_rows(
    session: Session, space: SpaceRow, *, after: int, limit: int | None = None
) -> Iterator[tuple[Ids, Ids, NDArray[np.float16]]]:
    """Numbers (n,) of embeddings and segments, and the vectors (n, d), in the numbers' order."""
    row = EmbeddingRow.__table__.c
    query = (
        select(row.id, row.segment_id, row.vector.label("v"))
        .where(row.space_id == space.id, row.id > after)
        .order_by(row.id)
        .limit(limit)
    )
    statement = query.compile(session.get_bind(), compile_kwargs={"literal_binds": True}).string
    cursor: Any = session.connection().exec_driver_sql(statement).cursor
    while rows := cursor.fetchmany(_ROWS):
        vectors = np.frombuffer(b"".join(r[2] for r in rows), np.float16)
        yield (
            np.array([r[0] for r in rows]),
            np.array([r[1] for r in rows]),
            vectors.reshape(len(rows), space.dimensions),
        )


def _embeddings(session: Session, space: SpaceRow, *, until: int) -> Ids:
    query = select(EmbeddingRow.id).where(
        EmbeddingRow.space_id == space.id, EmbeddingRow.id <= until
    )
    return np.fromiter(session.scalars(query), np.int64)
