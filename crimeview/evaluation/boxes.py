"""Where in the picture events are, as annotators have drawn it: boxes, one a row of a table."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path, PurePosixPath

import numpy as np
from numpy.typing import NDArray

from crimeview.evaluation.table import LeftOut, Row, read_table

_SIDES = ("x", "y", "width", "height")


@dataclass(frozen=True, slots=True)
class DrawnBox:
    """A box in a frame, from 0: left, top, width and height in pixels of the picture."""

    frame: int
    sides: tuple[float, float, float, float]


class DrawnBoxes:
    """The boxes of one recording; those of one thing tell where it is between them, too."""

    def __init__(self, boxes: Mapping[str, Sequence[DrawnBox]]) -> None:
        """`boxes` are by the name of what is within; those without a name are for themselves."""
        self._alone = boxes.get("", ())
        self._followed = [sorted(boxes[name], key=lambda box: box.frame) for name in boxes if name]

    def at(self, frame: int) -> list[tuple[float, float, float, float]]:
        """Left, top, width and height (pixels) of each box in a frame."""
        found = [box.sides for box in self._alone if box.frame == frame]
        return [*found, *(sides for line in self._followed if (sides := _between(line, frame)))]


class BoxMasks:
    """Boxes as masks of a recording's frames, which are `height` by `width` pixels."""

    def __init__(self, boxes: DrawnBoxes, *, frames: int, height: int, width: int) -> None:
        self._boxes = boxes
        self._frames = frames
        self._shape = height, width

    def __len__(self) -> int:
        return self._frames

    def at(self, frame: int) -> NDArray[np.bool_]:
        """The mask of a frame, from 0, bool (height, width)."""
        mask = np.zeros(self._shape, np.bool_)
        for left, top, width, height in self._boxes.at(frame):
            rows, columns = (
                slice(max(0, round(begin)), max(0, round(begin + length)))
                for begin, length in ((top, height), (left, width))
            )
            mask[rows, columns] = True
        return mask


def read_boxes(file: Path) -> tuple[dict[str, DrawnBoxes], list[LeftOut]]:
    """The boxes of each recording, by `located_as` of its path, and the rows that are of no use.

    The columns are `path` as the labels have it, `frame`, `x`, `y`, `width` and `height`; between
    rows of one `thing`, a column, the box moves evenly. Raises UsageError where the table is none.
    """
    rows = read_table(file, needed=[[name] for name in ("path", "frame", *_SIDES)])
    found: dict[str, dict[str, list[DrawnBox]]] = {}
    left_out = []
    for row in rows:
        try:
            box = _box(row)
        except ValueError as error:
            left_out.append(LeftOut(row.line, row.cells["path"], str(error)))
            continue
        things = found.setdefault(located_as(row.cells["path"]), {})
        things.setdefault(row.cells.get("thing", ""), []).append(box)
    return {name: DrawnBoxes(things) for name, things in found.items()}, left_out


def located_as(path: str) -> str:
    """A path as tables write it, by which those of two tables are the same."""
    return str(PurePosixPath(path.replace("\\", "/")))


def _box(row: Row) -> DrawnBox:
    """The box of a row; raises ValueError with a sentence."""
    try:
        frame = int(row.cells["frame"])
        left, top, width, height = (float(row.cells[name]) for name in _SIDES)
    except ValueError as error:
        raise ValueError(
            "The box is no box: frame, x, y, width and height are numbers, the frame a whole one."
        ) from error
    if frame < 0 or not all(map(isfinite, (left, top))) or not (width > 0 < height):
        raise ValueError(
            "The box is no box: frames count from 0, and width and height must be above 0."
        )
    return DrawnBox(frame, (left, top, width, height))


def _between(line: Sequence[DrawnBox], frame: int) -> tuple[float, float, float, float] | None:
    """Where a thing is in a frame, None before its first box and after its last."""
    after = bisect_right(line, frame, key=lambda box: box.frame)
    if after == 0 or (after == len(line) and line[-1].frame < frame):
        return None
    one, other = line[after - 1], line[min(after, len(line) - 1)]
    share = (frame - one.frame) / max(1, other.frame - one.frame)
    left, top, width, height = (
        a + share * (b - a) for a, b in zip(one.sides, other.sides, strict=True)
    )
    return left, top, width, height
