"""Marks of a recording as arrays, as a case keeps them."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crimeview.core.novelty import MOST_MARKS, ClassSeen, Mark, Reason
from crimeview.store.case import Case

_REASONS = tuple(Reason)
_HOLD = 0.6  # s that a mark may be told after its moment, until the next

Moment = tuple[float, Sequence[Mark]]  # time (s) and what is unusual then


def as_arrays(moments: Sequence[Moment]) -> dict[str, NDArray[np.generic]]:
    """Times (k,), boxes (k, 2, 4) left, top, right, bottom, numbers of reasons, and numbers.

    Where they are about classes: the `names` of those, the `classes` (k, 2) of the marks as numbers
    of them, -1 of none, and `looks` (k, 2).
    """
    boxes = np.zeros((len(moments), MOST_MARKS, 4), np.float16)
    reasons = np.full((len(moments), MOST_MARKS), -1, np.int8)
    numbers = np.zeros((len(moments), MOST_MARKS), np.float32)
    names: list[str] = []
    classes = np.full((len(moments), MOST_MARKS), -1, np.int16)
    looks = np.zeros((len(moments), MOST_MARKS), np.int64)
    for row, (_, marks) in enumerate(moments):
        for column, mark in enumerate(marks[:MOST_MARKS]):
            boxes[row, column] = mark.left, mark.top, mark.right, mark.bottom
            reasons[row, column] = _REASONS.index(mark.reason)
            numbers[row, column] = mark.number
            if mark.seen is not None:
                if mark.seen.name not in names:
                    names.append(mark.seen.name)
                classes[row, column] = names.index(mark.seen.name)
                looks[row, column] = mark.seen.looks
    times = np.array([time for time, _ in moments], np.float64)
    arrays: dict[str, NDArray[np.generic]] = {
        "times": times,
        "boxes": boxes,
        "reasons": reasons,
        "numbers": numbers,
    }
    if names:
        arrays |= {"names": np.array(names, np.str_), "classes": classes, "looks": looks}
    return arrays


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
        for box, reason, number, seen in zip(
            self._arrays["boxes"][row],
            self._arrays["reasons"][row].tolist(),
            self._arrays["numbers"][row].tolist(),
            self._seen(self._arrays, row),
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
                        seen=seen,
                    )
                )
        return marks

    @staticmethod
    def _seen(arrays: Mapping[str, NDArray[Any]], row: int) -> list[ClassSeen | None]:
        if "names" not in arrays:
            return [None] * MOST_MARKS
        pairs = zip(arrays["classes"][row].tolist(), arrays["looks"][row].tolist(), strict=True)
        names = arrays["names"]
        return [ClassSeen(str(names[n]), looks) if n >= 0 else None for n, looks in pairs]


def load_marks(case: Case, recording_id: int) -> SceneMarks:
    """The marks of a recording's newest analysis."""
    return SceneMarks(case.novelty.marks(recording_id))
