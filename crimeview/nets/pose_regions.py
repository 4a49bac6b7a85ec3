"""Where bodies are, from the output of BlazePose's first network.

Anchors and decoding as in MediaPipe's `pose_detection` graph: two anchors in each cell of a grid of
28, one of 14 and six of 7, all of the size of the picture; a box, then four points, of which the
first is the middle of the hips and the second says, by its distance and direction, how large the
body is and how it is turned.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from crimeview.core.boxes import Boxes, intersection_over_union
from crimeview.nets.warp import Rect

_GRIDS = ((8, 2), (16, 2), (32, 6))  # stride and anchors in a cell
_LEAST_SCORE = 0.5
_OVERLAP = 0.3
_LARGEST = 80.0  # of a logit: its exponential is a float32


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyRegion:
    """A body in a frame, in pixels: the middle of its hips, how long it is, how it is turned.

    `angle` is 0 for a body that stands upright, and grows clockwise (radians); `box` is that of the
    face and shoulders, as the network gives it, left, top, right, bottom.
    """

    x: float
    y: float
    length: float
    angle: float
    box: NDArray[np.float32]
    score: float


def body_regions(output: NDArray[np.float32], *, side: int, around: Rect) -> list[BodyRegion]:
    """The bodies in an output (anchors, 13) of the square `around`, the likeliest first."""
    logits = np.clip(output[:, 12], -_LARGEST, _LARGEST)
    scores = np.asarray(1 / (1 + np.exp(-logits)), np.float32)
    kept = np.flatnonzero(scores >= _LEAST_SCORE)
    if not len(kept):
        return []
    numbers = output[kept, :12].reshape(-1, 6, 2) / np.float32(side)
    centers = numbers[:, 0] + _anchors(side)[kept]
    halves = numbers[:, 1] / 2
    points = numbers[:, 2:4] + _anchors(side)[kept, None]
    rows = np.concatenate([centers - halves, centers + halves, points.reshape(-1, 4)], axis=1)
    return [_region(row, score, around) for row, score in _merged(rows, scores[kept])]


@cache
def _anchors(side: int) -> NDArray[np.float32]:
    """(anchors, 2): centers as shares of the picture."""
    centers = []
    for stride, count in _GRIDS:
        cells = side // stride
        y, x = np.meshgrid(np.arange(cells), np.arange(cells), indexing="ij")
        grid = (np.stack([x.ravel(), y.ravel()], axis=1) + 0.5) / cells
        centers.append(np.repeat(grid, count, axis=0))
    return np.concatenate(centers).astype(np.float32)


def _merged(
    rows: NDArray[np.float32], scores: NDArray[np.float32]
) -> list[tuple[NDArray[np.float32], float]]:
    """Weighted suppression: those that overlap the best are averaged with it by their scores."""
    merged = []
    left = np.argsort(-scores, kind="stable")
    while len(left):
        boxes: Boxes = rows[left, :4]
        near = intersection_over_union(boxes[:1], boxes)[0] > _OVERLAP
        near[0] = True
        weights = scores[left[near], None]
        merged.append(((rows[left[near]] * weights).sum(0) / weights.sum(), float(scores[left[0]])))
        left = left[~near]
    return merged


def _region(row: NDArray[np.float32], score: float, around: Rect) -> BodyRegion:
    corners = around.to_picture(row.reshape(4, 2))
    (x, y), (end_x, end_y) = corners[2], corners[3]
    across, up = float(end_x - x), float(y - end_y)
    return BodyRegion(
        x=float(x),
        y=float(y),
        length=2 * float(np.hypot(across, up)),
        angle=float(np.pi / 2 - np.arctan2(up, across)),
        box=corners[:2].ravel(),
        score=score,
    )
