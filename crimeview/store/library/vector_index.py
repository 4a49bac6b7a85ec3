"""Vectors of one space in memory: exact search, or a graph (HNSW) where there are very many.

The vectors are float16 (faiss's scalar quantizer), the similarity is the inner product: with
vectors of length one the cosine. Search in a graph cannot be filtered (plain HNSW then misses most
of what it should find, without a word), so `among` is always exact.

Where there are many, a rough look at all of them says which few are compared as they are. How far
it is off is seen by these: as long as what was left out might be among the nearest, more are
looked at, in the end all.
"""

import os
from functools import partial
from itertools import pairwise
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from crimeview.store.library.rough_rows import RoughRows
from crimeview.store.library.rough_vectors import RoughVectors
from crimeview.store.library.side_by_side import one_thread, side_by_side

Ids = NDArray[np.int64]
Found = tuple[Ids, NDArray[np.float32]]
_Near = tuple[NDArray[np.float32], NDArray[np.int64]]  # similarities and rows, each (1, m)

GRAPH_FROM = 1_000_000  # vectors; below it looking at all of them is quick enough for anybody
_LINKS = 32  # of each vector in the graph, per level
_EFFORT_BUILDING = 100
_EFFORT = 120  # candidates kept while searching the graph
ROUGH_FROM = 50_000  # vectors; fewer are looked at as quickly as they are
_CLOSER = 512  # rows at least that each part of the rough look gives, to be looked at closer
_WIDER = 4  # as many are tried where that was too few
_SURE = 4.5  # standard deviations of the rough look that what is left out must be worse by
_ALONE = 40_000  # rows that one thread has looked at before another would have begun
_BLOCK = 16_384


class VectorIndex:
    """Rows of vectors (n, d) with the number of their embedding and of their segment.

    Not for several threads at once; it uses some of its own while it searches.
    """

    def __init__(
        self, dimensions: int, *, graph: bool = False, rough_from: int | None = None
    ) -> None:
        self.dimensions = dimensions
        self._rough_from = ROUGH_FROM if rough_from is None else rough_from
        self._rough: RoughVectors | None = None
        self._rough_rows: RoughRows | None = None
        self._faiss = _made(dimensions, graph=graph)
        self._embeddings: Ids = np.empty(0, np.int64)
        self._segments: Ids = np.empty(0, np.int64)
        self._alive: NDArray[np.bool_] = np.empty(0, np.bool_)
        self._dead: int | None = 0  # None until they are counted
        self._order: tuple[Ids, Ids] | None = None  # rows by their segments' numbers, and these
        self._threads = min(8, os.cpu_count() or 1)
        self._near: Any = None  # of a few rows, which are compared: memory that is used again
        self._taken = np.empty((0, 0), np.uint8)

    def __len__(self) -> int:
        return len(self._alive) - self.dead

    @property
    def is_graph(self) -> bool:
        return isinstance(self._faiss, faiss.IndexHNSW)

    @property
    def dead(self) -> int:
        """Rows that were removed and still take room."""
        if self._dead is None:
            self._dead = int((~self._alive).sum())
        return self._dead

    @property
    def last_embedding(self) -> int:
        """The highest number of an embedding that is or was held; 0 where there is none."""
        return int(self._embeddings[-1]) if len(self._embeddings) else 0

    def add(self, embeddings: Ids, segments: Ids, vectors: NDArray[np.floating]) -> None:
        """Append rows; `embeddings` (n,) ascend and are higher than those held before."""
        for first in range(0, len(vectors), _BLOCK):
            part = np.ascontiguousarray(vectors[first : first + _BLOCK], np.float32)
            self._faiss.add(part)
            for rough in (self._rough, self._rough_rows):
                if rough is not None:
                    rough.add(part)
        self._embeddings = np.concatenate([self._embeddings, np.asarray(embeddings, np.int64)])
        self._segments = np.concatenate([self._segments, np.asarray(segments, np.int64)])
        self._alive = np.concatenate([self._alive, np.ones(len(vectors), np.bool_)])
        self._order = None
        if self.lacks_rough_look:
            self._look_roughly()

    def keep(self, embeddings: Ids) -> None:
        """Remove all rows but those of these embeddings."""
        self._alive &= np.isin(self._embeddings, embeddings)
        self._dead = None

    def search(self, query: NDArray[np.floating], *, count: int) -> Found:
        """The segments (m,) nearest to `query` (d,), best first, with their similarities (m,).

        `m` is at most `count`. Exact, or in a graph nearly so.
        """
        with one_thread():
            if self.is_graph:
                return self._by_graph(query, count)
            found = self._by_rough_look(query, count)
            return self._best([found] if found is not None else self._by_all(query, count), count)

    def among(self, segments: Ids, query: NDArray[np.floating], *, count: int) -> Found:
        """The same among these segments only; always exact."""
        return self.among_rows(self.rows_of(segments), query, count=count)

    def among_rows(self, rows: Ids, query: NDArray[np.floating], *, count: int) -> Found:
        """The same among what `rows_of` gave, as long as nothing is removed; it may be kept."""
        with one_thread():
            found = self._by_rough_look_at(rows, query, count)
            if found is not None:
                return self._best([found], count)
            parts = 1 if len(rows) < _ALONE // 4 else self._threads
            chunks = np.array_split(rows, parts)
            jobs = [partial(self._look_at, self._flat, query, c, count) for c in chunks]
            return self._best(side_by_side(jobs), count)

    def vectors_of(self, segments: Ids) -> tuple[Ids, NDArray[np.float32]]:
        """The vectors (m, d) of these segments as far as they are held, and whose each is (m,)."""
        rows = self.rows_of(segments)
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
                **self._rough_arrays(),  # type: ignore[arg-type]
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
            index._dead = None
            index._rough = RoughVectors.of_arrays(arrays)
            index._rough_rows = RoughRows.of_arrays(arrays)
        index.dimensions = index._faiss.d
        index._order = None
        index._rough_from = ROUGH_FROM
        index._threads = min(8, os.cpu_count() or 1)
        index._near, index._taken = None, np.empty((0, 0), np.uint8)
        count = index._faiss.ntotal
        held = (len(rough) for rough in (index._rough, index._rough_rows) if rough is not None)
        if any(number != count for number in (len(index._alive), *held)):
            raise ValueError("the index and its numbers do not match")
        return index

    @property
    def _flat(self) -> Any:
        """The vectors one after the other, which a graph keeps, too."""
        return faiss.downcast_index(self._faiss.storage) if self.is_graph else self._faiss

    @property
    def lacks_rough_look(self) -> bool:
        """Whether it was written without the rough look that so many vectors need."""
        if len(self._alive) < self._rough_from:
            return False
        return self._rough_rows is None or (self._rough is None and not self.is_graph)

    def _look_roughly(self) -> None:
        self._rough_rows = RoughRows(self.dimensions)
        self._rough = None if self.is_graph else RoughVectors(self.dimensions)
        total = len(self._alive)
        for first in range(0, total, _BLOCK):
            part = self._flat.reconstruct_n(first, min(_BLOCK, total - first))
            self._rough_rows.add(np.asarray(part, np.float32))
            if self._rough is not None:
                self._rough.add(np.asarray(part, np.float32))

    def _rough_arrays(self) -> dict[str, NDArray[np.uint8]]:
        parts = (self._rough, self._rough_rows)
        return {n: a for rough in parts if rough is not None for n, a in rough.arrays().items()}

    def _by_graph(self, query: NDArray[np.floating], count: int) -> Found:
        total = len(self._alive)
        effort = faiss.SearchParametersHNSW(efSearch=max(_EFFORT, count + count // 2))
        dead = min(self.dead, total - count) if self.dead else 0
        found = self._faiss.search(_row(query), min(total, count + max(0, dead)), params=effort)
        return self._best([found], count)

    def _by_all(self, query: NDArray[np.floating], count: int) -> list[Any]:
        total = len(self._alive)
        parts = 1 if total < _ALONE else self._threads
        edges = np.linspace(0, total, parts + 1).astype(int).tolist()

        def look(first: int, stop: int) -> Any:
            if self.dead:
                rows = np.flatnonzero(self._alive[first:stop]) + first
                return self._look_at(self._flat, query, rows, count)
            chosen = faiss.SearchParameters(sel=faiss.IDSelectorRange(first, stop))
            return self._flat.search(_row(query), count, params=chosen)

        return side_by_side([partial(look, a, b) for a, b in pairwise(edges)])

    def _by_rough_look(self, query: NDArray[np.floating], count: int) -> _Near | None:
        """Those among which the nearest are; None where all may be."""
        if self._rough is None:
            return None
        asked = max(_CLOSER, 4 * count)
        while asked <= len(self._alive) // 8:
            rows, seem = self._rough.nearest(_row(query), count=asked)
            alive = self._alive[rows]
            found = self._closer(rows[alive], seem[alive], query, count)
            if found is not None:
                return found
            asked *= _WIDER
        return None

    def _by_rough_look_at(self, rows: Ids, query: NDArray[np.floating], count: int) -> _Near | None:
        """The same among these rows alone; None also where looking at them all is as quick."""
        if self._rough_rows is None or len(rows) < 8 * max(_CLOSER, 4 * count):
            return None
        seem = self._rough_rows.estimates(rows, _row(query))
        near = np.argpartition(seem, -(len(rows) // 3))[-(len(rows) // 3) :]
        near = near[np.argsort(-seem[near])]
        return self._closer(rows[near], seem[near], query, count)

    def _closer(
        self,
        rows: Ids,
        seem: NDArray[np.float32],
        query: NDArray[np.floating],
        count: int,
    ) -> _Near | None:
        """Compare as they are as many of these as it takes, best first; None where all are too few.

        `seem` (m,) is how near they seem, descending. What is left out seems less alike than the
        `count`-th found, by more than the rough look is ever off.
        """
        exact = np.empty(0, np.float32)
        asked = max(_CLOSER, 4 * count)
        while 2 * count <= asked <= len(rows):
            more = self._similarities(rows[len(exact) : asked], query)
            exact = np.concatenate([exact, more])
            needed = _least_needed(exact, seem[:asked], count)
            near = int(np.count_nonzero(seem >= needed))
            if near < len(rows) and near <= asked:
                return exact[None], rows[None, :asked]
            if near == len(rows):
                return None
            asked = min(len(rows), near + near // 8)
        return None

    def _similarities(self, rows: Ids, query: NDArray[np.floating]) -> NDArray[np.float32]:
        """Of these rows (m,), as they are."""
        flat = self._flat
        stored = faiss.rev_swig_ptr(flat.codes.data(), flat.codes.size())
        codes = stored.reshape(-1, flat.code_size)
        if self._near is None:
            self._near = _made(self.dimensions, graph=False)
            self._taken = np.empty((_CLOSER, flat.code_size), np.uint8)
        found = np.empty(len(rows), np.float32)
        for first in range(0, len(rows), _CLOSER):
            part = rows[first : first + _CLOSER]
            taken = codes.take(part, axis=0, out=self._taken[: len(part)], mode="clip")
            self._near.reset()
            self._near.add_sa_codes(taken)
            _, values, places = self._near.range_search(_row(query), -np.inf)
            found[first + places] = values
        return found

    def rows_of(self, segments: Ids) -> Ids:
        """The rows that are held of these segments, ascending."""
        if self._order is None:
            rows = np.argsort(self._segments, kind="stable")
            self._order = (rows, self._segments[rows])
        rows, ordered = self._order
        if len(ordered) == 0:
            return rows
        at = np.minimum(np.searchsorted(ordered, segments), len(ordered) - 1)
        rows = rows[at[ordered[at] == segments]]
        return np.sort(np.asarray(rows[self._alive[rows]], np.int64))

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


def _least_needed(exact: NDArray[np.float32], seem: NDArray[np.float32], count: int) -> float:
    """How near others must seem to be among the `count` nearest after all.

    Given are the similarities (m,) of those that seem nearest, and how near they seem, descending.
    """
    # Those that seem hardly near enough tell best what those that were left out are.
    off = (exact - seem)[len(exact) // 2 :]
    limit = float(np.partition(exact, -count)[-count])
    return limit - float(off.mean()) - _SURE * float(off.std())


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
