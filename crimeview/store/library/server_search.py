"""Search in a library on a server: pgvector's HNSW where nothing is filtered, else exact.

A filtered search by the graph would silently miss most (pgvector included): the numbers that fit
are selected first, as an array by which the index of the numbers is walked (from PostgreSQL 17 on
in one go), and the distance is written so that the graph's index does not apply.
"""

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import psycopg

from crimeview.store.library.database import LibraryDatabase
from crimeview.store.library.filters import numbers_of
from crimeview.store.library.local_search import IndexKind
from crimeview.store.library.rows import Filter
from crimeview.store.library.schema import EmbeddingRow, SpaceRow
from crimeview.store.library.server_graph import LARGEST, is_sparse
from crimeview.store.library.vector_index import Found, Ids

_EFFORT = 100  # candidates kept while searching the graph
_EFFORT_IN_SPARSE = 240  # the same in a graph of an earlier version
_MOST_EFFORT = 1000  # more than that pgvector does not keep, and gives no more than it keeps
_MOST_BY_GRAPH = _MOST_EFFORT * 4 // 5  # hits: a quarter more are kept than are asked for


class ServerSearch:
    """Searches by SQL; nothing is kept in memory. `notices` is there to be like LocalSearch.

    Each search is one statement and one answer, without a transaction around it or a question
    before it: on a line of a millisecond every further one would cost as much as the search.
    """

    def __init__(self, database: LibraryDatabase) -> None:
        self._database = database
        self._efforts: dict[int, int] = {}
        self.notices: list[str] = []

    def search(
        self, space: SpaceRow, query: NDArray[np.floating], *, count: int, wanted: Filter
    ) -> Found:
        """The nearest segments, of those that fit."""
        statement, names = _among(wanted)
        # The plan is not kept: which one is best depends on how many segments fit.
        given = names | _given(space, query, count)
        rows = self._database.asked(statement, given, prepare=False)
        return _numbers(rows), _similarities(rows)

    def nearest(
        self, space: SpaceRow, query: NDArray[np.floating], *, count: int
    ) -> tuple[Ids, NDArray[np.float32], NDArray[np.bool_]]:
        """The nearest segments of all, and which of them are marked as duplicates."""
        by_graph = space.dimensions <= LARGEST and count <= _MOST_BY_GRAPH
        statement = _by_graph(space, count, self._least_effort(space)) if by_graph else _EXACT
        rows = self._database.asked(_with_marks(statement), _given(space, query, count))
        return _numbers(rows), _similarities(rows), np.array([row[2] for row in rows], np.bool_)

    def _least_effort(self, space: SpaceRow) -> int:
        if space.id not in self._efforts:
            with self._database.reading() as session:
                sparse = is_sparse(session, space)
            self._efforts[space.id] = _EFFORT_IN_SPARSE if sparse else _EFFORT
        return self._efforts[space.id]

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

    def kind(self, space: SpaceRow) -> IndexKind:
        """By the server's graph, except where it takes no vectors of so many dimensions."""
        return IndexKind.GRAPH if space.dimensions <= LARGEST else IndexKind.EXACT

    def forget(self) -> None:
        """Nothing but what kind of graph there is is in memory."""
        self._efforts.clear()

    def remove_sidecars(self) -> None:
        """There are none."""


def _by_graph(space: SpaceRow, count: int, least_effort: int = _EFFORT) -> str:
    """By the graph, with as many candidates as it takes."""
    of = f"halfvec({int(space.dimensions)})"
    effort = min(_MOST_EFFORT, max(least_effort, count + count // 4))
    distance = f"(vector::{of} <=> %(query)s::{of})"
    # The space stands in the text: the planner takes a partial index only if it can see that it
    # applies. What does not depend on a row is asked once, before the index is: that sets how many
    # candidates are kept, for this statement alone.
    return (
        f"SELECT segment_id, {distance} AS distance FROM embeddings "  # noqa: S608 (numbers)
        f"WHERE space_id = {int(space.id)} "
        f"AND (SELECT set_config('hnsw.ef_search', '{effort}', true)) IS NOT NULL "
        f"ORDER BY {distance} LIMIT {int(count)}"
    )


_EXACT = """
    SELECT segment_id, vector <=> %(query)s::halfvec AS distance FROM embeddings
    WHERE space_id = %(space)s ORDER BY distance LIMIT %(count)s
"""


def _with_marks(statement: str) -> str:
    return (
        "SELECT f.segment_id, f.distance, s.duplicate_of IS NOT NULL "  # noqa: S608 (our own)
        f"FROM ({statement}) f JOIN segments s ON s.id = f.segment_id ORDER BY f.distance"
    )


@lru_cache(maxsize=64)
def _among(wanted: Filter) -> tuple[str, dict[str, Any]]:
    """The statement, and what is given with it for the filter."""
    compiled = numbers_of(wanted).compile(
        dialect=psycopg.dialect(),  # type: ignore[no-untyped-call]
        compile_kwargs={"render_postcompile": True},
    )
    return (
        # Of vectors of length one the inner product is the cosine, at less than half the cost.
        "SELECT e.segment_id, 1 + (e.vector <#> %(query)s::halfvec) AS distance "  # noqa: S608
        # The space is hidden from the planner: where it seems to hold next to nothing, as before
        # the server has counted it, each of its vectors would be looked for among all that fit.
        "FROM embeddings e WHERE e.space_id = (SELECT %(space)s::bigint) "
        f"AND e.segment_id = ANY(ARRAY({compiled})) ORDER BY distance LIMIT %(count)s"
    ), dict(compiled.params)


def _given(space: SpaceRow, query: NDArray[np.floating], count: int) -> dict[str, Any]:
    from pgvector import HalfVector

    return {"query": HalfVector(query), "space": space.id, "count": count}


def _numbers(rows: list[Any]) -> Ids:
    return np.array([row[0] for row in rows], np.int64)


def _similarities(rows: list[Any]) -> NDArray[np.float32]:
    # Vectors of half precision are not quite of length one.
    return np.array([min(1.0, 1.0 - row[1]) for row in rows], np.float32)
