"""Scores and features that were computed elsewhere, as files."""

import math
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

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


@dataclass(frozen=True, slots=True)
class GivenFeatures:
    """`features` (n, segments, d) of the recordings `names` (n,)."""

    names: tuple[str, ...]
    features: NDArray[np.floating]


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


def read_features(file: Path) -> GivenFeatures:
    """Read an .npz of `names` (n,) and `features` (n, segments, d); raises UsageError."""
    try:
        # Opened here: of a damaged file numpy would leave it open.
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
            names, features = arrays["names"], arrays["features"]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise UsageError(
            f"{file} cannot be read as features; give an .npz that holds the arrays names (n,) "
            "and features (n, segments, numbers), no objects."
        ) from error
    if names.dtype.kind == "S":
        names = np.char.decode(names, "utf-8", "replace")
    numeric = np.issubdtype(features.dtype, np.floating)
    if names.ndim != 1 or features.ndim != 3 or len(names) != len(features) or not numeric:
        raise UsageError(
            f"{file} holds names {names.shape} and features {features.dtype} {features.shape}; "
            "they must be names (n,) and floating point features (n, segments, numbers)."
        )
    if len(set(names.tolist())) < len(names):
        raise UsageError(f"{file} names a recording twice; keep one of its features.")
    return GivenFeatures(tuple(map(str, names.tolist())), features)


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
