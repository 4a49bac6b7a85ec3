"""The newest rows of something that never ends, in one piece and bounded memory."""

import numpy as np
from numpy.typing import NDArray


class RunningRows:
    """Holds at most `most` rows (n, d) float32, the newest, in order."""

    def __init__(self, dimensions: int, *, most: int) -> None:
        self._most = most
        self._held = np.empty((2 * most, dimensions), np.float32)
        self._end = 0
        self._begin = 0

    def __len__(self) -> int:
        return self._end - self._begin

    def add(self, row: NDArray[np.floating]) -> None:
        """Add the next row (d,)."""
        if self._end == len(self._held):
            kept = self._held[self._end - self._most + 1 :].copy()
            self._held[: len(kept)] = kept
            self._begin, self._end = 0, len(kept)
        self._held[self._end] = row
        self._end += 1
        self._begin = max(self._begin, self._end - self._most)

    @property
    def rows(self) -> NDArray[np.float32]:
        """All that is held (n, d), to be read before the next is added."""
        return self._held[self._begin : self._end]
