"""Search in a library on a server: pgvector's HNSW where nothing is filtered, else exact.

A filtered search by the graph would silently miss most (pgvector included): the ids are selected
first, as a materialized set, and the distance is written so that the graph's index does not apply.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Select, func, select, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from crimeview.store.library.database import LibraryDatabase
from crimeview.store.library.schema import EmbeddingRow, SpaceRow
from crimeview.store.library.vector_index import Found, Ids

_LARGEST = 4000  # dimensions that pgvector's index of half precision takes
_EFFORT = 200  # candidates kept while searching the graph
_LINKS, _EFFORT_BUILDING = 24, 100  # of each vector per level; candidates kept while building
# A graph that does not fit into this is built on the disk, which takes many times as long.
_BUILDING = "1GB"
_NO_SHARED_MEMORY = ("53100", "53200")  # containers have little of it, which several builders need


class ServerSearch:
    """Searches by SQL; nothing is kept in memory. `notices` is there to be like LocalSearch."""

    def __init__(self, database: LibraryDatabase) -> None:
        self._database = database
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
        given = {"q": _literal(query), "space": space.id, "count": count}
        with self._database.reading() as session:
            if wanted is None and space.dimensions <= _LARGEST:
                effort = min(1000, max(_EFFORT, 2 * count))
                session.execute(text(f"SET LOCAL hnsw.ef_search = {effort}"))
                rows = session.execute(_by_graph(space), given).all()
            elif wanted is None:
                rows = session.execute(text(_EXACT), given).all()
            else:
                rows = _among(session, wanted, given)
        numbers = np.array([row[0] for row in rows], np.int64)
        return numbers, np.array([1.0 - row[1] for row in rows], np.float32)

    def vectors_of(self, space: SpaceRow, segments: Ids) -> tuple[Ids, NDArray[np.float32]]:
        """The vectors (m, d) of these segments, and whose each is (m,)."""
        query = select(EmbeddingRow.segment_id, EmbeddingRow.vector).where(
            EmbeddingRow.space_id == space.id,
            EmbeddingRow.segment_id == func.any(segments.tolist()),
        )
        with self._database.reading() as session:
            found = session.execute(query).all()
        numbers = np.array([row[0] for row in found], np.int64)
        if not found:
            return numbers, np.empty((0, space.dimensions), np.float32)
        return numbers, np.stack([row[1] for row in found]).astype(np.float32)

    def segments(self, space: SpaceRow) -> Ids:
        """All segments of the space, (n,)."""
        query = select(EmbeddingRow.segment_id).where(EmbeddingRow.space_id == space.id)
        with self._database.reading() as session:
            return np.fromiter(session.scalars(query), np.int64)

    def refresh(self, space: SpaceRow) -> tuple[int, ...]:  # noqa: ARG002
        """Nothing to do: the server keeps its index up to date."""
        return ()

    def forget(self) -> None:
        """Nothing is in memory."""

    def remove_sidecars(self) -> None:
        """There are none."""


def make_graph(session: Session, space: SpaceRow) -> None:
    """Have the server index a space, where this user may; otherwise it is searched exactly.

    So are spaces of too many dimensions.
    """
    if space.dimensions <= _LARGEST and _owns_tables(session):
        session.execute(text(f"SET LOCAL maintenance_work_mem = '{_BUILDING}'"))
        try:
            with session.begin_nested():
                _build(session, space)
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) not in _NO_SHARED_MEMORY:
                raise
            session.execute(text("SET LOCAL max_parallel_maintenance_workers = 0"))
            _build(session, space)
        # What the planner knows of the tables decides how a filtered search is done.
        session.execute(text("ANALYZE segments, embeddings"))


def _build(session: Session, space: SpaceRow) -> None:
    session.execute(
        text(
            f"CREATE INDEX IF NOT EXISTS {_name(space)} ON embeddings USING hnsw "
            f"((vector::halfvec({int(space.dimensions)})) halfvec_cosine_ops) "
            f"WITH (m = {_LINKS}, ef_construction = {_EFFORT_BUILDING}) "
            f"WHERE space_id = {int(space.id)}"
        )
    )


def drop_graph(session: Session, space: SpaceRow) -> None:
    """Drop a space's index, as before very much is loaded, where this user may."""
    if _owns_tables(session):
        session.execute(text(f"DROP INDEX IF EXISTS {_name(space)}"))


def _owns_tables(session: Session) -> bool:
    return bool(
        session.scalar(
            text(
                "SELECT pg_has_role(current_user, relowner, 'USAGE') FROM pg_class "
                "WHERE oid = 'embeddings'::regclass"
            )
        )
    )


def _name(space: SpaceRow) -> str:
    return f"ix_embeddings_graph_{int(space.id)}"


def _by_graph(space: SpaceRow) -> Any:
    of = f"halfvec({int(space.dimensions)})"
    distance = f"(vector::{of} <=> CAST(:q AS {of}))"
    # The space stands in the text: the planner takes a partial index only if it can see that it
    # applies.
    return text(
        f"SELECT segment_id, {distance} AS distance FROM embeddings "  # noqa: S608 (numbers)
        f"WHERE space_id = {int(space.id)} ORDER BY {distance} LIMIT :count"
    ).bindparams()


_EXACT = """
    SELECT segment_id, vector <=> CAST(:q AS halfvec) AS distance FROM embeddings
    WHERE space_id = :space ORDER BY distance LIMIT :count
"""


def _among(session: Session, wanted: Select[Any], given: dict[str, Any]) -> Any:
    compiled = wanted.compile(
        dialect=postgresql.dialect(),  # type: ignore[no-untyped-call]
        compile_kwargs={"literal_binds": True},
    )
    inner = str(compiled).replace(":", "\\:")
    # A vector lies anywhere, but in memory: by default the planner takes that for a slow disk and
    # would rather read all of them.
    session.execute(text("SET LOCAL random_page_cost = 1.1"))
    return session.execute(
        text(
            f"WITH wanted AS MATERIALIZED ({inner}) "  # noqa: S608 (written by SQLAlchemy)
            "SELECT e.segment_id, e.vector <=> CAST(:q AS halfvec) AS distance "
            "FROM wanted JOIN embeddings e ON e.segment_id = wanted.id AND e.space_id = :space "
            "ORDER BY distance LIMIT :count"
        ),
        given,
    ).all()


def _literal(query: NDArray[np.floating]) -> str:
    return "[" + ",".join(f"{value:.6g}" for value in query.tolist()) + "]"
