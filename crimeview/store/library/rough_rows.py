"""A bit a dimension of each vector, row by row, for a rough look at some of very many.

The same estimates as those of RoughVectors (RaBitQ; Gao and Long, SIGMOD 2024), which lie there in
blocks that can only be looked at whole.
"""

from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]
Estimates = NDArray[np.float32]

_NAME = "rough_rows"
_SAMPLE = 16_384  # rows that the middle of all is taken of
_BITS = 8  # of each number of a query


class RoughRows:
    """Rows of vectors (n, d), numbered from 0 on as they are added; none is ever removed.

    Not for several threads at once.
    """

    def __init__(self, dimensions: int) -> None:
        turned = f"RR{dimensions},RaBitQ"
        self._take(faiss.index_factory(dimensions, turned, faiss.METRIC_INNER_PRODUCT))

    def __len__(self) -> int:
        return int(self._all.ntotal)

    def add(self, vectors: NDArray[np.float32]) -> None:
        """Append rows (m, d)."""
        if not self._all.is_trained:
            self._all.train(vectors[:_SAMPLE])
        self._all.add(np.ascontiguousarray(vectors))

    def estimates(self, rows: Rows, query: NDArray[np.float32]) -> Estimates:
        """How near each of these rows (m,) seems to `query` (1, d): off by chance, (m,).

        Asking for the same array again is quicker.
        """
        near = self._of_rows(rows)
        turned = faiss.downcast_VectorTransform(self._all.chain.at(0)).apply(query)
        _, values, places = near.range_search(turned, -np.inf)
        seem = np.full(len(rows), -np.inf, np.float32)
        seem[places] = values
        return seem

    def arrays(self) -> dict[str, NDArray[np.uint8]]:
        """All of it as plain arrays, to be stored."""
        return {_NAME: faiss.serialize_index(self._all)}

    @classmethod
    def of_arrays(cls, arrays: Any) -> "RoughRows | None":
        """What `arrays` gave; None where it is not among these."""
        if _NAME not in arrays:
            return None
        made = cls.__new__(cls)
        made._take(faiss.deserialize_index(np.asarray(arrays[_NAME])))
        return made

    def _take(self, index: Any) -> None:
        self._owner = index  # what is cast down belongs to it
        self._all = faiss.downcast_index(index)
        self._codes = faiss.downcast_index(self._all.index)
        self._codes.qb = _BITS
        self._some: Any = None
        self._some_of: Rows | None = None

    def _of_rows(self, rows: Rows) -> Any:
        """An index of these rows alone, in their order; the last one is kept."""
        if rows is self._some_of:
            return self._some
        self._some = faiss.IndexRaBitQ(self._all.d, faiss.METRIC_INNER_PRODUCT)
        faiss.copy_array_to_vector(faiss.vector_to_array(self._codes.center), self._some.center)
        self._some.qb, self._some.is_trained = _BITS, True
        stored = faiss.rev_swig_ptr(self._codes.codes.data(), self._codes.codes.size())
        codes = stored.reshape(-1, self._codes.code_size)
        self._some.add_sa_codes(codes.take(rows, axis=0))
        self._some_of = rows
        return self._some
