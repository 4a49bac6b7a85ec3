"""People in a picture: where they are and how they hold themselves, and a row that stores it.

A row has a fixed length so that it is kept as features are: the same for every recording, whatever
number of people a frame shows.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from crimeview.core.boxes import Boxes

LANDMARKS = 33  # of BlazePose (Bazarevsky et al. 2020)
MOST_PEOPLE: Final = 8  # kept of a frame: those with the highest scores
_PERSON = 5 + LANDMARKS * 3  # box, score, and x, y, visibility of each landmark
ROW = MOST_PEOPLE * _PERSON


class Finder(Enum):
    """What stands for a person: a detector's box, or only something that moves."""

    PERSON = "person"
    REGION = "motion region"


@dataclass(frozen=True, slots=True)
class People:
    """Those found in one frame, n of them; positions are shares of the picture's width and height.

    `boxes` (n, 4) float32, `scores` (n,) float32 0 to 1; `landmarks` (n, 33, 3) float32: x, y and
    visibility (0 to 1), NaN for a person whose landmarks were not found.
    """

    boxes: Boxes
    scores: NDArray[np.float32]
    landmarks: NDArray[np.float32]

    @staticmethod
    def nobody() -> "People":
        return People(
            np.empty((0, 4), np.float32),
            np.empty(0, np.float32),
            np.empty((0, LANDMARKS, 3), np.float32),
        )

    def __len__(self) -> int:
        return len(self.boxes)

    def row(self) -> NDArray[np.float32]:
        """(ROW,) float32: the `MOST_PEOPLE` with the highest scores; NaN fills the rest."""
        row = np.full((MOST_PEOPLE, _PERSON), np.nan, np.float32)
        order = np.argsort(-self.scores, kind="stable")[:MOST_PEOPLE]
        row[: len(order), :4] = self.boxes[order]
        row[: len(order), 4] = self.scores[order]
        row[: len(order), 5:] = self.landmarks[order].reshape(len(order), LANDMARKS * 3)
        return row.ravel()

    @staticmethod
    def of_row(row: NDArray[np.floating]) -> "People":
        """Those that a row was made of."""
        table = np.asarray(row, np.float32).reshape(MOST_PEOPLE, _PERSON)
        table = table[np.isfinite(table[:, 4])]
        return People(table[:, :4], table[:, 4], table[:, 5:].reshape(-1, LANDMARKS, 3))
