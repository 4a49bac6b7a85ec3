"""Marks of a recording as arrays, as a case keeps them."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crimeview.core.novelty import MOST_MARKS, Mark, Reason
from crimeview.store.case import Case

_REASONS = tuple(Reason)
_HOLD = 0.6  # s that a mark may be told after its moment, until the next

Moment = tuple[float, Sequence[Mark]]  # time (s) and what is unusual then


def as_arrays(moments: Sequence[Moment]) -> dict[str, NDArray[np.generic]]:
    """Times (k,), boxes (k, 2, 4) left, top, right, bottom, numbers of reasons, and numbers."""
    boxes = np.zeros((len(moments), MOST_MARKS, 4), np.float16)
    reasons = np.full((len(moments), MOST_MARKS), -1, np.int8)
    numbers = np.zeros((len(moments), MOST_MARKS), np.float32)
    for row, (_, marks) in enumerate(moments):
        for column, mark in enumerate(marks[:MOST_MARKS]):
            boxes[row, column] = mark.left, mark.top, mark.right, mark.bottom
            reasons[row, column] = _REASONS.index(mark.reason)
            numbers[row, column] = mark.number
    times = np.array([time for time, _ in moments], np.float64)
    return {"times": times, "boxes": boxes, "reasons": reasons, "numbers": numbers}


class SceneMarks:
    """What of a recording's picture is marked at which time."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]] | None) -> None:
        self._arrays = arrays
        self._times: list[float] = [] if arrays is None else arrays["times"].tolist()

    def at(self, seconds: float) -> list[Mark]:
        """The marks at a time, at most two."""
        row = bisect_right(self._times, seconds + 0.05) - 1
        if row < 0 or seconds - self._times[row] > _HOLD or self._arrays is None:
            return []
        marks = []
        for box, reason, number in zip(
            self._arrays["boxes"][row],
            self._arrays["reasons"][row].tolist(),
            self._arrays["numbers"][row].tolist(),
            strict=True,
        ):
            if reason >= 0:
                left, top, right, bottom = box.astype(float).tolist()
                marks.append(
                    Mark(
                        reason=_REASONS[reason],
                        number=number,
                        left=left,
                        top=top,
                        right=right,
                        bottom=bottom,
                    )
                )
        return marks


def load_marks(case: Case, recording_id: int) -> SceneMarks:
    """The marks of a recording's newest analysis."""
    return SceneMarks(case.scenes.marks(recording_id))
