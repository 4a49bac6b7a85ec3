"""Objects of all classes in a picture, and a row of fixed length that stores them."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from crimeview.core.boxes import Boxes

MOST_OBJECTS: Final = 32  # kept of a frame: those with the highest scores
_NUMBERS = 6  # class, score, box
ROW = 1 + MOST_OBJECTS * _NUMBERS
_LOOKED, _NOT_LOOKED = 1.0, 0.0  # a row's first number


@dataclass(frozen=True, slots=True)
class Objects:
    """Those found in one frame, n of them.

    `boxes` (n, 4) are shares of the picture's width and height, `scores` (n,) 0 to 1, `classes`
    (n,) numbers of the detector's classes.
    """

    boxes: Boxes
    scores: NDArray[np.float32]
    classes: NDArray[np.intp]

    @staticmethod
    def none() -> "Objects":
        return Objects(np.empty((0, 4), np.float32), np.empty(0, np.float32), np.empty(0, np.intp))

    def __len__(self) -> int:
        return len(self.boxes)

    def row(self) -> NDArray[np.float32]:
        """(ROW,) float32: the `MOST_OBJECTS` with the highest scores; -1 fills the rest."""
        row = np.full(ROW, -1.0, np.float32)
        row[0] = _LOOKED
        order = np.argsort(-self.scores, kind="stable")[:MOST_OBJECTS]
        table = row[1:].reshape(MOST_OBJECTS, _NUMBERS)
        table[: len(order), 0] = self.classes[order]
        table[: len(order), 1] = self.scores[order]
        table[: len(order), 2:] = self.boxes[order]
        return row

    @staticmethod
    def of_row(row: NDArray[np.floating]) -> "Objects | None":
        """Those that a row was made of; None where nobody looked."""
        if row[0] != _LOOKED:
            return None
        table = np.asarray(row[1:], np.float32).reshape(MOST_OBJECTS, _NUMBERS)
        table = table[table[:, 0] >= 0]
        return Objects(table[:, 2:], table[:, 1], np.rint(table[:, 0]).astype(np.intp))


def unlooked_row() -> NDArray[np.float32]:
    """The row of a frame that was not looked at."""
    row = np.full(ROW, -1.0, np.float32)
    row[0] = _NOT_LOOKED
    return row
