"""Boxes from the output of any detector of the YOLO family, and telling which kind it is."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crimeview.core.boxes import Boxes
from crimeview.core.detection import BoxLayout, BoxUnit, ChannelOrder, DetectionSpec
from crimeview.core.errors import ModelError

_STRIDES = (8, 16, 32)
_COCO = 80  # classes where a file does not name its own
_MOST_END_TO_END = 1000  # boxes
_LARGEST_LOG = 20.0  # of a size in strides
_LARGEST_SHARE = 4.0  # a coordinate in shares of the picture is smaller, one in pixels larger

Shape = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Boxes before suppression: pixels of the network's input (n, 4), scores (n,), classes (n,)."""

    boxes: Boxes
    scores: NDArray[np.float32]
    classes: NDArray[np.intp]


def recognized(
    output: NDArray[np.float32], *, size: tuple[int, int], names: Mapping[int, str] | None
) -> DetectionSpec:
    """How to read a detector's output for some picture, from its shape and its values.

    `size` is (height, width) of the input, `names` the classes where the file says them. Raises
    ModelError where it is no layout of the family.
    """
    places = len(_grid(size)[0])
    layout, channels = _layout(output.shape, places, names)
    classes = len(names) if names else _classes(layout, channels)
    if layout == "yolox" and _is_grid(output, size):
        layout = "yolox-grid"
    unit: BoxUnit = "pixels"
    if layout != "yolox-grid" and float(np.abs(_corners_of(output, layout)).max()) < _LARGEST_SHARE:
        unit = "shares"
    color: ChannelOrder = "bgr" if layout.startswith("yolox") else "rgb"
    return DetectionSpec(
        layout=layout,
        color=color,
        unit=unit,
        classes=classes,
        person=_person(names),
        names=_ordered(names),
    )


def _ordered(names: Mapping[int, str] | None) -> tuple[str, ...]:
    """The names in order of their numbers; none where a number is missing."""
    if not names or set(names) != set(range(len(names))):
        return ()
    return tuple(" ".join(names[number].split()) for number in range(len(names)))


def _layout(
    shape: tuple[int, ...], places: int, names: Mapping[int, str] | None
) -> tuple[BoxLayout, int]:
    """The layout by shape alone, and how many numbers it has for a place."""
    if len(shape) == 3 and shape[0] == 1:
        _, rows, columns = shape
        if columns == places and rows > 4:
            return "v8", rows
        if rows == 3 * places and columns > 5:
            return "v5", columns
        if rows == places and columns > 4:
            without_objectness = names is not None and columns == 4 + len(names)
            return ("v8-rows" if without_objectness else "yolox"), columns
        if columns == 6 and rows <= _MOST_END_TO_END:
            return "end-to-end", columns
    text = "×".join(map(str, shape))
    raise ModelError(
        f"The network's output ({text}) is not one of a detector of the YOLO family (YOLOX, v5, "
        "v7, v8, v11, or end to end with boxes of six numbers); export it again with one output, a "
        "fixed size and a batch of 1."
    )


def _classes(layout: BoxLayout, channels: int) -> int:
    if layout == "end-to-end":
        return _COCO
    classes = channels - (4 if layout.startswith("v8") else 5)
    # A pose detector has one class and 17 points of three numbers.
    return 1 if classes == 1 + 17 * 3 else classes


def _person(names: Mapping[int, str] | None) -> int:
    if not names:
        return 0  # of COCO, and of detectors of people only
    people = ("person", "people", "pedestrian", "human")
    found = [number for number, name in names.items() if name.strip().lower() in people]
    if not found:
        raise ModelError(
            "The detector has no class for people; its classes are "
            f"{', '.join(list(names.values())[:10])}. Import one that finds people."
        )
    return min(found)


def _is_grid(output: NDArray[np.float32], size: tuple[int, int]) -> bool:
    """Whether centers are offsets to a grid: those decoded go through the whole picture."""
    return float(np.median(output[0, :, 0])) < size[1] / 8


def _corners_of(output: NDArray[np.float32], layout: BoxLayout) -> NDArray[np.float32]:
    return output[0, :4] if layout == "v8" else output[0, :, :4]


def candidates(
    output: NDArray[np.float32],
    spec: DetectionSpec,
    *,
    size: tuple[int, int],
    least: float,
) -> Candidates:
    """The people with a score of at least `least` in a detector's output."""
    boxes, scores = _scored_rows(output, spec, size)
    if spec.layout == "end-to-end":
        classes = np.round(output[0, :, 5]).astype(np.intp)
        people, kept = scores[:, 0], (classes == spec.person) & (scores[:, 0] >= least)
    else:
        people = scores[:, spec.person]
        kept = people >= least
    found = np.full(int(kept.sum()), spec.person, np.intp)
    return _kept(boxes, people, kept, spec, size, found)


def all_candidates(
    output: NDArray[np.float32],
    spec: DetectionSpec,
    *,
    size: tuple[int, int],
    least: float,
) -> Candidates:
    """What has a score of at least `least` in a detector's output, as its most likely class."""
    boxes, scores = _scored_rows(output, spec, size)
    best = scores.max(axis=1)
    kept = best >= least
    if spec.layout == "end-to-end":
        classes = np.round(output[0, kept, 5]).astype(np.intp)
    else:
        classes = scores[kept].argmax(axis=1)
    return _kept(boxes, best, kept, spec, size, classes)


def _kept(
    boxes: Boxes,
    scores: NDArray[np.float32],
    kept: NDArray[np.bool_],
    spec: DetectionSpec,
    size: tuple[int, int],
    classes: NDArray[np.intp],
) -> Candidates:
    chosen = boxes[kept]
    if spec.unit == "shares":
        chosen = chosen * np.array([size[1], size[0], size[1], size[0]], np.float32)
    return Candidates(np.asarray(chosen, np.float32), np.asarray(scores[kept], np.float32), classes)


def _decoded(rows: NDArray[np.float32], size: tuple[int, int]) -> NDArray[np.float32]:
    """Offsets to a grid and log sizes as centers and sizes (Ge et al. 2021, section 2.1)."""
    cells, strides = _grid(size)
    centers = (rows[:, :2] + cells) * strides[:, None]
    sides = np.exp(np.minimum(rows[:, 2:4], _LARGEST_LOG)) * strides[:, None]
    return np.concatenate([centers, sides, rows[:, 4:]], axis=1)


def _scored_rows(
    output: NDArray[np.float32], spec: DetectionSpec, size: tuple[int, int]
) -> tuple[Boxes, NDArray[np.float32]]:
    """Corners (n, 4) and scores of each class (n, c); end to end of the one that it is (n, 1)."""
    rows = output[0].T if spec.layout == "v8" else output[0]
    if spec.layout == "end-to-end":
        return rows[:, :4], rows[:, 4:5]
    if spec.layout == "yolox-grid":
        rows = _decoded(rows, size)
    boxes = _cornered(rows[:, :2], rows[:, 2:4])
    if spec.layout in ("v8", "v8-rows"):
        return boxes, rows[:, 4 : 4 + spec.classes]
    return boxes, rows[:, 4:5] * rows[:, 5 : 5 + spec.classes]


def _cornered(centers: NDArray[np.float32], sides: NDArray[np.float32]) -> Boxes:
    return np.asarray(np.concatenate([centers - sides / 2, centers + sides / 2], axis=1))


def _grid(size: tuple[int, int]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Cells (A, 2) as x and y, and their strides (A,): finest first, row by row."""
    cells, strides = [], []
    for stride in _STRIDES:
        rows, columns = size[0] // stride, size[1] // stride
        y, x = np.meshgrid(np.arange(rows), np.arange(columns), indexing="ij")
        cells.append(np.stack([x.ravel(), y.ravel()], axis=1))
        strides.append(np.full(rows * columns, stride))
    return (
        np.concatenate(cells).astype(np.float32),
        np.concatenate(strides).astype(np.float32),
    )
