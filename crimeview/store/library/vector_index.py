"""Vectors of one space in memory: exact search, or a graph (HNSW) where there are very many.

The vectors are float16 (faiss's scalar quantizer), the similarity is the inner product: with
vectors of length one the cosine. Search in a graph cannot be filtered (plain HNSW then misses most
of what it should find, without a word), so `among` is always exact.
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import pairwise
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
Found = tuple[Ids, NDArray[np.float32]]

GRAPH_FROM = 1_000_000  # vectors; below it looking at all of them is quick enough
_LINKS = 32  # of each vector in the graph, per level
_EFFORT_BUILDING = 100
_EFFORT = 160  # candidates kept while searching the graph
_ALONE = 40_000  # rows that one thread has looked at before another would have begun
_BLOCK = 16_384


class VectorIndex:
    """Rows of vectors (n, d) with the number of their embedding and of their segment.

    Not for several threads at once; it uses some of its own while it searches.
    """

    def __init__(self, dimensions: int, *, graph: bool = False) -> None:
        self.dimensions = dimensions
        self._faiss = _made(dimensions, graph=graph)
        self._embeddings: Ids = np.empty(0, np.int64)
        self._segments: Ids = np.empty(0, np.int64)
        self._alive: NDArray[np.bool_] = np.empty(0, np.bool_)
        self._order: tuple[Ids, Ids] | None = None  # rows by their segments' numbers, and these
        # FAISS's own threads serve several queries at once, of which there is one here.
        self._threads = min(8, os.cpu_count() or 1)

    def __len__(self) -> int:
        return int(self._alive.sum())

    @property
    def is_graph(self) -> bool:
        return isinstance(self._faiss, faiss.IndexHNSW)

    @property
    def dead(self) -> int:
        """Rows that were removed and still take room."""
        return len(self._alive) - len(self)

    @property
    def last_embedding(self) -> int:
        """The highest number of an embedding that is or was held; 0 where there is none."""
        return int(self._embeddings[-1]) if len(self._embeddings) else 0

    def add(self, embeddings: Ids, segments: Ids, vectors: NDArray[np.floating]) -> None:
        """Append rows; `embeddings` (n,) ascend and are higher than those held before."""
        for first in range(0, len(vectors), _BLOCK):
            part = np.ascontiguousarray(vectors[first : first + _BLOCK], np.float32)
            self._faiss.add(part)
        self._embeddings = np.concatenate([self._embeddings, np.asarray(embeddings, np.int64)])
        self._segments = np.concatenate([self._segments, np.asarray(segments, np.int64)])
        self._alive = np.concatenate([self._alive, np.ones(len(vectors), np.bool_)])
        self._order = None

    def keep(self, embeddings: Ids) -> None:
        """Remove all rows but those of these embeddings."""
        self._alive &= np.isin(self._embeddings, embeddings)

    def search(self, query: NDArray[np.floating], *, count: int) -> Found:
        """The segments (m,) nearest to `query` (d,), best first, with their similarities (m,).

        `m` is at most `count`. Exact, or in a graph nearly so.
        """
        total = len(self._alive)
        if self.is_graph:
            effort = faiss.SearchParametersHNSW(efSearch=max(_EFFORT, 2 * count))
            dead = min(self.dead, total - count) if self.dead else 0
            found = self._faiss.search(_row(query), min(total, count + max(0, dead)), params=effort)
            return self._best([found], count)
        parts = 1 if total < _ALONE else self._threads
        edges = np.linspace(0, total, parts + 1).astype(int).tolist()

        def look(first: int, stop: int) -> Any:
            if self.dead:
                rows = np.flatnonzero(self._alive[first:stop]) + first
                return self._look_at(self._flat, query, rows, count)
            chosen = faiss.SearchParameters(sel=faiss.IDSelectorRange(first, stop))
            return self._flat.search(_row(query), count, params=chosen)

        jobs = [partial(look, a, b) for a, b in pairwise(edges)]
        return self._best(_side_by_side(jobs), count)

    def among(self, segments: Ids, query: NDArray[np.floating], *, count: int) -> Found:
        """The same among these segments only (ascending numbers); always exact."""
        rows = self._rows_of(segments)
        parts = 1 if len(rows) < _ALONE // 4 else self._threads
        chunks = np.array_split(rows, parts)
        jobs = [partial(self._look_at, self._flat, query, c, count) for c in chunks]
        return self._best(_side_by_side(jobs), count)

    def vectors_of(self, segments: Ids) -> tuple[Ids, NDArray[np.float32]]:
        """The vectors (m, d) of these segments as far as they are held, and whose each is (m,)."""
        rows = np.sort(self._rows_of(segments))
        if len(rows) == 0:
            return rows, np.empty((0, self.dimensions), np.float32)
        vectors = np.asarray(self._flat.reconstruct_batch(rows), np.float32)
        return self._segments[rows], vectors

    @property
    def segments(self) -> Ids:
        """The segments held, (n,)."""
        return self._segments[self._alive]

    def write(self, index_file: str, numbers_file: str) -> None:
        """Write two files; what was removed is in them, marked as such."""
        faiss.write_index(self._faiss, index_file)
        with open(numbers_file, "wb") as file:  # noqa: PTH123 (numpy adds a suffix to names)
            np.savez(
                file,
                embeddings=self._embeddings,
                segments=self._segments,
                alive=self._alive,
            )

    @classmethod
    def read(cls, index_file: str, numbers_file: str) -> "VectorIndex":
        """Read what `write` wrote; raises ValueError where the two do not belong together."""
        index = cls.__new__(cls)
        index._faiss = faiss.read_index(index_file)
        with np.load(numbers_file, allow_pickle=False) as arrays:
            index._embeddings = arrays["embeddings"]
            index._segments = arrays["segments"]
            index._alive = arrays["alive"]
        index.dimensions = index._faiss.d
        index._order = None
        index._threads = min(8, os.cpu_count() or 1)
        if index._faiss.ntotal != len(index._alive):
            raise ValueError("the index and its numbers do not match")
        return index

    @property
    def _flat(self) -> Any:
        """The vectors one after the other, which a graph keeps, too."""
        return faiss.downcast_index(self._faiss.storage) if self.is_graph else self._faiss

    def _rows_of(self, segments: Ids) -> Ids:
        if self._order is None:
            rows = np.argsort(self._segments, kind="stable")
            self._order = (rows, self._segments[rows])
        rows, ordered = self._order
        if len(ordered) == 0:
            return rows
        at = np.minimum(np.searchsorted(ordered, segments), len(ordered) - 1)
        rows = rows[at[ordered[at] == segments]]
        return np.asarray(rows[self._alive[rows]], np.int64)

    def _look_at(self, flat: Any, query: NDArray[np.floating], rows: Ids, count: int) -> Any:
        """Look at some rows alone: by a bit for each row of the index."""
        bits = np.zeros(-(-len(self._alive) // 8) * 8, np.bool_)
        bits[rows] = True
        packed = np.packbits(bits, bitorder="little")
        chosen = faiss.SearchParameters(sel=faiss.IDSelectorBitmap(packed))
        return flat.search(_row(query), count, params=chosen)

    def _best(self, found: list[Any], count: int) -> Found:
        similarities = np.concatenate([values[0] for values, _ in found])
        rows = np.concatenate([places[0] for _, places in found])
        there = rows >= 0
        rows, similarities = rows[there], similarities[there]
        alive = self._alive[rows]
        rows, similarities = rows[alive], similarities[alive]
        order = np.lexsort((rows, -similarities))[:count]
        return self._segments[rows[order]], np.asarray(similarities[order], np.float32)


def _made(dimensions: int, *, graph: bool) -> Any:
    half, inner = faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
    if not graph:
        index = faiss.IndexScalarQuantizer(dimensions, half, inner)
    else:
        index = faiss.IndexHNSWSQ(dimensions, half, _LINKS, inner)
        index.hnsw.efConstruction = _EFFORT_BUILDING
    index.train(np.zeros((1, dimensions), np.float32))  # half precision has nothing to learn
    return index


def _row(query: NDArray[np.floating]) -> NDArray[np.float32]:
    return np.ascontiguousarray(query, np.float32).reshape(1, -1)


def _side_by_side(jobs: Sequence[Callable[[], Any]]) -> list[Any]:
    if len(jobs) == 1:
        return [jobs[0]()]
    with ThreadPoolExecutor(len(jobs), "vectors") as pool:
        return [done.result() for done in [pool.submit(job) for job in jobs]]
