"""Where in the picture something is unusual, and the reason with its number."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from crimeview.core.novelty import MOST_MARKS, Mark, Reason
from crimeview.scene.cells import Floats, Moments
from crimeview.scene.novelty import MAP_REASONS, smoothed, standardized
from crimeview.scene.novelty import maps_of as _maps_of
from crimeview.scene.patches import Patches, patches_of
from crimeview.scene.places import Stay, stands
from crimeview.scene.usual import Usual

_SECOND = 0.6  # of the first box's value that another must reach
_WITHIN = 0.5  # of a box's highest value that its cells have
_MOVES = 0.1  # share of a cell


def motion_marks(moments: Moments, usual: Usual, numbers: NDArray[np.intp]) -> list[list[Mark]]:
    """At most two marks at each of the moments of those numbers, the most unusual first.

    The moments around those are needed too: direction is told over several, and like the score
    the values are averaged over time, so that a box does not jump to what passes.
    """
    patches = patches_of(moments)
    values = np.moveaxis(_maps_of(moments, patches, usual).values, 1, 0)
    averaged = smoothed(moments.times, values)
    return [
        [
            _mark(place.reason, _number(place, values[at], patches, usual, at), place.box, usual)
            for place in _places(averaged[at], moments.share[at], usual)
        ]
        for at in numbers.tolist()
    ]


def stay_mark(stay: Stay, usual: Usual) -> Mark | None:
    """The place where something stays longest for what is usual there, None where nothing does."""
    excess = stay.seconds / usual.stay[:, None]
    row, column = np.unravel_index(int(np.argmax(excess)), excess.shape)
    if excess[row, column] < 1.0:
        return None
    box = _box(excess >= max(1.0, _WITHIN * float(excess[row, column])), int(row), int(column))
    still = stands(float(stay.moved[row, column]))
    return _mark(
        Reason.STATIONARY if still else Reason.LOITERING,
        float(stay.seconds[row, column]),
        box,
        usual,
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where something is most unusual: the number of its map, and its box (`_box`)."""

    map: int
    box: tuple[int, int, int, int]

    @property
    def reason(self) -> Reason:
        return MAP_REASONS[self.map]


def _places(values: Floats, share: Floats, usual: Usual) -> list[_Place]:
    """The most unusual places by such values (reasons, rows, columns), see `Maps`."""
    parts = standardized(values, usual)
    highest = parts.max(axis=0)
    there = (share > _MOVES) | (parts[-1] >= highest)  # or merely there
    left = np.where(there, highest, -np.inf)
    first = float(left.max())
    places: list[_Place] = []
    while len(places) < MOST_MARKS and left.max() >= max(_SECOND * first, 1e-6):
        row, column = divmod(int(np.argmax(left)), left.shape[1])
        box = _box(left >= _WITHIN * left[row, column], row, column)
        places.append(_Place(int(np.argmax(parts[:, row, column])), box))
        top, bottom, begin, end = box
        left[max(0, top - 1) : bottom + 1, max(0, begin - 1) : end + 1] = -np.inf
    return places


def _number(place: _Place, values: Floats, patches: Patches, usual: Usual, at: int) -> float:
    """The number of a place's reason at a moment: where in the box it is highest then."""
    top, bottom, begin, end = place.box
    within = values[place.map, top:bottom, begin:end]
    down, across = divmod(int(np.argmax(within)), end - begin)
    row, column = top + down, begin + across
    match place.reason:
        case Reason.FAST | Reason.LARGE:
            return float(within.max())  # is told as a multiple of what is usual
        case Reason.WRONG_WAY:
            return float(usual.directions[row, column, patches.direction[at, row, column]])
        case _:
            return min(1.0, float(usual.presence[row, column]))


def _box(chosen: NDArray[np.bool_], row: int, column: int) -> tuple[int, int, int, int]:
    """Top, bottom, left, right (ends excluded) of the chosen cells that hang together with one."""
    _, labels = cv2.connectedComponents(chosen.astype(np.uint8), connectivity=8)
    rows, columns = np.nonzero(labels == labels[row, column])
    return int(rows.min()), int(rows.max()) + 1, int(columns.min()), int(columns.max()) + 1


def _mark(reason: Reason, number: float, box: tuple[int, int, int, int], usual: Usual) -> Mark:
    top, bottom, left, right = box
    rows, columns = usual.grid.shape
    return Mark(
        reason=reason,
        number=number,
        left=left / columns,
        top=top / rows,
        right=right / columns,
        bottom=bottom / rows,
    )
