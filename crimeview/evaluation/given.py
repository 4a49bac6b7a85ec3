"""Scores that were computed elsewhere, as tables."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from crimeview.core.errors import UsageError
from crimeview.evaluation.figure import Floats
from crimeview.evaluation.table import LeftOut, Row, read_table

_NAMES = ("name", "path", "video", "recording")
# Columns that tables of recordings have beside their scores.
_OTHERS = ("class", "label", "group", "source", "scene", "fold", "split", "feature_set")
_LENGTHS = ("frames", "anomalous_frames", "seconds", "duration", "fps")
_ABOUT = (*_NAMES, *_OTHERS, *_LENGTHS)
_INDEX = ("#", "unnamed:")  # how a column begins in which pandas numbers the rows


@dataclass(frozen=True, slots=True)
class GivenScores:
    """Scores (k,) of each recording, k of its own, and the rows that cannot be used."""

    scores: dict[str, Floats]
    left_out: tuple[LeftOut, ...]


def read_scores(file: Path) -> GivenScores:
    """Read a table of a recording's name and any number of scores a row; raises UsageError.

    Every column is a score that is not known to say something else; a row may end early, or go on
    behind the header. Numbers of rows, without a name before all others, are no scores.
    """
    rows = read_table(file, needed=[_NAMES])
    scores: dict[str, Floats] = {}
    left_out = []
    for row in rows:
        name = row.first(_NAMES)
        try:
            _check_name(name, scores)
            scores[name] = _numbers(row)
        except ValueError as error:
            left_out.append(LeftOut(row.line, name, str(error)))
    if not scores:
        reason = left_out[0].reason if left_out else "It has no rows."
        raise UsageError(f"The table {file} has no row of scores that can be used. {reason}")
    return GivenScores(scores, tuple(left_out))


def _check_name(name: str, seen: Mapping[str, Floats]) -> None:
    if not name:
        raise ValueError("The name is empty; write that of the recording.")
    if name in seen:
        raise ValueError("The recording is listed twice; keep one of the rows.")


def _numbers(row: Row) -> Floats:
    columns = [
        column
        for number, column in enumerate(row.cells)
        if column not in _ABOUT and not (number == 0 and column.startswith(_INDEX))
    ]
    cells = [row.cells[column] for column in columns]
    while cells and not cells[-1]:
        cells.pop()
    if not cells:
        raise ValueError("The row has no scores; write one number for each segment.")
    values = []
    for text in cells:
        try:
            value = float(text)
        except ValueError:
            raise ValueError(f"“{text}” is no score; write numbers only.") from None
        if not math.isfinite(value):
            raise ValueError(f"“{text}” is no score that can be ranked; score the recording again.")
        values.append(value)
    return np.array(values)
