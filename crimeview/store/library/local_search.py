"""Search in a library that is a folder: ids by SQL, vectors by an index beside the database."""

import shutil
import uuid
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from threading import RLock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from crimeview.store.library.database import LibraryDatabase
from crimeview.store.library.schema import EmbeddingRow, IndexStateRow, SpaceRow
from crimeview.store.library.sidecar import DamagedError, load_sidecar, save_sidecar
from crimeview.store.library.vector_index import GRAPH_FROM, Found, Ids, VectorIndex

_FOLDER = "index"
_ROWS = 8192
_SAVED_AFTER = 256  # changes, or a fiftieth of all: fewer are read from the database at opening


class LocalSearch:
    """The indexes of a library's spaces, opened when asked for and brought up to date then.

    `notices` are sentences on what had to be rebuilt. `graph_from`: from how many vectors on a
    graph is searched where nothing is filtered.
    """

    def __init__(self, database: LibraryDatabase, *, graph_from: int = GRAPH_FROM) -> None:
        self._database = database
        self._graph_from = graph_from
        self._open: dict[int, _Open] = {}
        self._lock = RLock()
        self.notices: list[str] = []

    def search(
        self,
        space: SpaceRow,
        query: NDArray[np.floating],
        *,
        count: int,
        wanted: Select[Any] | None,
    ) -> Found:
        """The nearest segments; `wanted` selects the numbers of those that may be found."""
        with self._lock:
            for _ in self.refresh(space):
                pass
            index = self._open[space.id].index
            if wanted is None:
                return index.search(query, count=count)
            return index.among(self._numbers(wanted), query, count=count)

    def vectors_of(self, space: SpaceRow, segments: Ids) -> tuple[Ids, NDArray[np.float32]]:
        """The vectors (m, d) of these segments, and whose each is (m,)."""
        with self._lock:
            for _ in self.refresh(space):
                pass
            return self._open[space.id].index.vectors_of(segments)

    def segments(self, space: SpaceRow) -> Ids:
        """All segments of the space, (n,)."""
        with self._lock:
            for _ in self.refresh(space):
                pass
            return self._open[space.id].index.segments

    def refresh(self, space: SpaceRow) -> Iterator[int]:
        """Bring the space's index up to date; yields how many vectors were taken in so far."""
        with self._lock:
            held = self._open.get(space.id)
            reason = ""
            if held is None:
                held, reason = self._load(space)
            with self._database.reading() as session:
                newest = _newest_token(session)
                if held is not None and held.token != newest:
                    if _is_earlier(session, held.token):
                        yield from self._catch_up(session, space, held, newest)
                    else:
                        held, reason = None, "was of another state of the library"
                if held is None:
                    held = _Open(self._empty(session, space), newest)
                    yield from self._take_in(session, space, held)
                    held.changes = len(held.index) + 1
                    if len(held.index):
                        self._tell(reason, len(held.index))
            self._open[space.id] = held
            if held.changes > max(_SAVED_AFTER, len(held.index) // 50) or reason:
                self._save(space, held)

    def forget(self) -> None:
        """Drop what is in memory."""
        with self._lock:
            self._open.clear()

    def remove_sidecars(self) -> None:
        """Remove the files, as when an index is to be built anew."""
        self.forget()
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def _folder(self) -> Path:
        assert self._database.location.folder is not None
        return self._database.location.folder / _FOLDER

    def _load(self, space: SpaceRow) -> "tuple[_Open | None, str]":
        """What lies beside the database, and otherwise in what way it cannot be used."""
        place = self._folder / str(space.id)
        try:
            found = load_sidecar(place, library=self._database.uid, space=space.name)
        except DamagedError as error:
            return None, f"was damaged ({error})"
        if found is None:
            return None, "was missing"
        index, token = found
        too_large = not index.is_graph and len(index) > self._graph_from
        if index.dimensions != space.dimensions or too_large:
            return None, "was of another kind"
        return _Open(index, token), ""

    def _empty(self, session: Session, space: SpaceRow) -> VectorIndex:
        count = _count(session, space)
        return VectorIndex(space.dimensions, graph=count > self._graph_from)

    def _catch_up(
        self, session: Session, space: SpaceRow, held: "_Open", newest: str
    ) -> Iterator[int]:
        index = held.index
        if _count(session, space, until=index.last_embedding) != len(index):
            kept = _embeddings(session, space, until=index.last_embedding)
            held.changes += len(index) - len(kept)
            index.keep(kept)
        yield from self._take_in(session, space, held)
        held.token = newest

    def _take_in(self, session: Session, space: SpaceRow, held: "_Open") -> Iterator[int]:
        """Read the vectors that came later."""
        row = EmbeddingRow.__table__.c
        query = (
            select(row.id, row.segment_id, row.vector.label("v"))
            .where(row.space_id == space.id, row.id > held.index.last_embedding)
            .order_by(row.id)
        )
        statement = query.compile(session.get_bind(), compile_kwargs={"literal_binds": True}).string
        cursor = session.connection().exec_driver_sql(statement).cursor
        assert cursor is not None
        taken = 0
        while rows := cursor.fetchmany(_ROWS):
            vectors = np.frombuffer(b"".join(r[2] for r in rows), np.float16)
            held.index.add(
                np.array([r[0] for r in rows]),
                np.array([r[1] for r in rows]),
                vectors.reshape(len(rows), space.dimensions),
            )
            taken += len(rows)
            held.changes += len(rows)
            yield taken

    def _save(self, space: SpaceRow, held: "_Open") -> None:
        """A sidecar that cannot be written costs time at the next opening and nothing else."""
        place = self._folder / str(space.id)
        try:
            save_sidecar(
                place,
                held.index,
                library=self._database.uid,
                space=space.name,
                token=held.token,
            )
        except (OSError, RuntimeError):
            self.notices.append(
                "The search index could not be stored beside the library; free some space on its "
                "disk. Until then it is built anew each time."
            )
        else:
            held.changes = 0

    def _tell(self, reason: str, vectors: int) -> None:
        self.notices.append(
            f"The search index {reason} and was built anew from the library ({vectors:,} vectors)."
        )

    def _numbers(self, wanted: Select[Any]) -> Ids:
        """The wanted segments' numbers, ascending."""
        with self._database.reading() as session:
            statement = wanted.compile(
                session.get_bind(), compile_kwargs={"render_postcompile": True}
            )
            parameters = tuple(statement.params[name] for name in statement.positiontup or ())
            cursor = session.connection().exec_driver_sql(statement.string, parameters).cursor
            assert cursor is not None
            numbers = np.array(list(chain.from_iterable(cursor.fetchall())), np.int64)
        return np.sort(numbers)


class _Open:
    """An index, the state it is of, and how much of it is not in its sidecar."""

    def __init__(self, index: VectorIndex, token: str) -> None:
        self.index, self.token = index, token
        self.changes = 0


def note_change(session: Session) -> None:
    """Say that vectors change in this transaction."""
    session.add(IndexStateRow(token=uuid.uuid4().hex))


def _newest_token(session: Session) -> str:
    return (
        session.scalar(select(IndexStateRow.token).order_by(IndexStateRow.id.desc()).limit(1)) or ""
    )


def _is_earlier(session: Session, token: str) -> bool:
    """Whether a state of that token came before; the empty one did not."""
    return session.scalar(select(IndexStateRow.id).filter_by(token=token)) is not None


def _count(session: Session, space: SpaceRow, *, until: int | None = None) -> int:
    from sqlalchemy import func

    query = select(func.count()).select_from(EmbeddingRow).where(EmbeddingRow.space_id == space.id)
    if until is not None:
        query = query.where(EmbeddingRow.id <= until)
    return int(session.scalar(query) or 0)


def _embeddings(session: Session, space: SpaceRow, *, until: int) -> Ids:
    query = select(EmbeddingRow.id).where(
        EmbeddingRow.space_id == space.id, EmbeddingRow.id <= until
    )
    return np.fromiter(session.scalars(query), np.int64)
