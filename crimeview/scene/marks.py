"""Where in the picture something is unusual, and the reason with its number."""

import cv2
import numpy as np
from numpy.typing import NDArray

from crimeview.core.novelty import MOST_MARKS, Mark, Reason
from crimeview.scene.cells import Floats, Moments
from crimeview.scene.novelty import MAP_REASONS, standardized
from crimeview.scene.novelty import maps_of as _maps_of
from crimeview.scene.patches import Patches, patches_of
from crimeview.scene.places import Stay, stands
from crimeview.scene.usual import Usual

_SECOND = 0.6  # of the first box's value that another must reach
_WITHIN = 0.5  # of a box's highest value that its cells have
_MOVES = 0.1  # share of a cell


def motion_marks(moments: Moments, usual: Usual, numbers: NDArray[np.intp]) -> list[list[Mark]]:
    """At most two marks at each of the moments of those numbers, the most unusual first.

    The moments around those are needed too: direction is told over several.
    """
    patches = patches_of(moments)
    values = _maps_of(moments, patches, usual).values[:, numbers]
    parts = standardized(values, usual)
    return [
        _marks(parts[:, at], moments.share[number], patches, usual, number)
        for at, number in enumerate(numbers.tolist())
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
        excess.shape,
    )


def _marks(parts: Floats, share: Floats, patches: Patches, usual: Usual, number: int) -> list[Mark]:
    values = parts.max(axis=0)
    there = (share > _MOVES) | (parts[-1] >= values)  # or merely there
    left = np.where(there, values, -np.inf)
    if not np.isfinite(left).any():
        return []
    first = float(left.max())
    marks: list[Mark] = []
    while len(marks) < MOST_MARKS and left.max() >= max(_SECOND * first, 1e-6):
        row, column = divmod(int(np.argmax(left)), left.shape[1])
        reason = MAP_REASONS[int(np.argmax(parts[:, row, column]))]
        top, bottom, begin, end = _box(left >= _WITHIN * left[row, column], row, column)
        marks.append(
            _mark(
                reason,
                _number(reason, patches, usual, (number, row, column)),
                (top, bottom, begin, end),
                left.shape,
            )
        )
        left[max(0, top - 1) : bottom + 1, max(0, begin - 1) : end + 1] = -np.inf
    return marks


def _number(reason: Reason, patches: Patches, usual: Usual, at: tuple[int, int, int]) -> float:
    _, row, column = at
    speed = float(patches.speed[at])
    match reason:
        case Reason.FAST:
            return speed / float(usual.fast[row])
        case Reason.LARGE:
            return speed * float(patches.share[at]) / float(usual.momentum[row])
        case Reason.WRONG_WAY:
            return float(usual.directions[row, column, patches.direction[at]])
        case _:
            return min(1.0, float(usual.presence[row, column]))


def _box(chosen: NDArray[np.bool_], row: int, column: int) -> tuple[int, int, int, int]:
    """Top, bottom, left, right (ends excluded) of the chosen cells that hang together with one."""
    _, labels = cv2.connectedComponents(chosen.astype(np.uint8), connectivity=8)
    rows, columns = np.nonzero(labels == labels[row, column])
    return int(rows.min()), int(rows.max()) + 1, int(columns.min()), int(columns.max()) + 1


def _mark(
    reason: Reason,
    number: float,
    box: tuple[int, int, int, int],
    shape: tuple[int, ...],
) -> Mark:
    top, bottom, left, right = box
    rows, columns = shape
    return Mark(
        reason=reason,
        number=number,
        left=left / columns,
        top=top / rows,
        right=right / columns,
        bottom=bottom / rows,
    )
