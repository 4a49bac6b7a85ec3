"""The newest rows of something that never ends, in one piece and bounded memory."""

import numpy as np
from numpy.typing import NDArray

_SLACK = 8  # an eighth more is held than asked for, so that rows are seldom moved


class RunningRows:
    """Holds at most `most` rows (n, d) float32, the newest, in order."""

    def __init__(self, dimensions: int, *, most: int) -> None:
        self._most = most
        # Taken at once: memory does not grow for hours while this fills.
        self._held = np.full((most + max(1, most // _SLACK), dimensions), 0.0, np.float32)
        self._end = 0
        self._begin = 0

    def __len__(self) -> int:
        return self._end - self._begin

    def add(self, row: NDArray[np.floating]) -> None:
        """Add the next row (d,)."""
        if self._end == len(self._held):
            self._move_to_front()
        self._held[self._end] = row
        self._end += 1
        self._begin = max(self._begin, self._end - self._most)

    def _move_to_front(self) -> None:
        """Make room for more, block by block: without a copy of all of it on the side."""
        kept = self._most - 1
        by = self._end - kept
        for first in range(0, kept, by):
            block = slice(first, min(first + by, kept))
            self._held[block] = self._held[block.start + by : block.stop + by]
        self._begin, self._end = 0, kept

    @property
    def rows(self) -> NDArray[np.float32]:
        """All that is held (n, d), to be read before the next is added."""
        return self._held[self._begin : self._end]
