"""A bit a dimension of each vector, to see quickly which few are worth a closer look.

RaBitQ (Gao and Long, SIGMOD 2024): vectors are turned at random, and of each number only the sign
is kept; with the query's own numbers that estimates the inner product, off by as much one way as
the other. A fourteenth of the memory is read that the vectors themselves take.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from crimeview.store.library.side_by_side import side_by_side

Rows = NDArray[np.int64]
Estimates = NDArray[np.float32]

SHARDS = 4  # that are searched at the same time
_STRIPE = 16_384  # rows that follow each other in one shard
_SAMPLE = 16_384  # rows that the middle of all is taken of


class RoughVectors:
    """Rows of vectors (n, d), numbered from 0 on as they are added; none is ever removed."""

    def __init__(self, dimensions: int) -> None:
        turned = f"RR{dimensions},RaBitQfs"
        metric = faiss.METRIC_INNER_PRODUCT
        self._shards = [faiss.index_factory(dimensions, turned, metric) for _ in range(SHARDS)]
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, vectors: NDArray[np.float32]) -> None:
        """Append rows (m, d)."""
        for shard in self._shards:
            if not shard.is_trained:
                shard.train(vectors[:_SAMPLE])
        for shard, part in self._parts(len(vectors)):
            self._shards[shard].add(np.ascontiguousarray(vectors[part]))
        self._count += len(vectors)

    def nearest(self, query: NDArray[np.float32], *, count: int) -> tuple[Rows, Estimates]:
        """At least `count` rows that seem the nearest to `query` (1, d), the best first.

        They are all that seem as near as the last of them. All rows where there are fewer.
        """
        jobs = [partial(self._look, n, query, count) for n in range(SHARDS)]
        rows, estimates, least = zip(*side_by_side(jobs), strict=True)
        # What a shard has not named seems farther than the last that it has.
        sure = max(least)
        found, seem = np.concatenate(rows), np.concatenate(estimates)
        near = seem >= sure
        order = np.argsort(-seem[near], kind="stable")
        return found[near][order], seem[near][order]

    def arrays(self) -> dict[str, NDArray[np.uint8]]:
        """All of it as plain arrays, to be stored."""
        return {
            f"rough{number}": faiss.serialize_index(shard)
            for number, shard in enumerate(self._shards)
        }

    @classmethod
    def of_arrays(cls, arrays: Any) -> "RoughVectors | None":
        """What `arrays` gave; None where it is not among these."""
        names = [f"rough{number}" for number in range(SHARDS)]
        if any(name not in arrays for name in names):
            return None
        made = cls.__new__(cls)
        made._shards = [faiss.deserialize_index(np.asarray(arrays[name])) for name in names]
        made._count = sum(int(shard.ntotal) for shard in made._shards)
        return made

    def _look(
        self, number: int, query: NDArray[np.float32], count: int
    ) -> tuple[Rows, Estimates, float]:
        """The nearest of a shard, and how near what it leaves out may seem."""
        shard = self._shards[number]
        asked = min(count, int(shard.ntotal))
        if asked == 0:
            return np.empty(0, np.int64), np.empty(0, np.float32), -np.inf
        estimates, places = shard.search(query, asked)
        there = places[0] >= 0
        rows, seem = places[0][there], estimates[0][there]
        everything = len(rows) == int(shard.ntotal)
        least = -np.inf if everything or len(seem) == 0 else float(seem.min())
        return _rows_of(number, rows), seem, least

    def _parts(self, added: int) -> Iterator[tuple[int, slice]]:
        """Which of the rows to be added go to which shard."""
        first, stop = self._count, self._count + added
        while first < stop:
            end = min(stop, (first // _STRIPE + 1) * _STRIPE)
            yield first // _STRIPE % SHARDS, slice(first - self._count, end - self._count)
            first = end


def _rows_of(shard: int, places: Rows) -> Rows:
    """Which rows the places of a shard are."""
    stripe, within = np.divmod(places, _STRIPE)
    return np.asarray((stripe * SHARDS + shard) * _STRIPE + within, np.int64)
