"""Boxes in a picture: rows of left, top, right, bottom, in any unit."""

import numpy as np
from numpy.typing import NDArray

Boxes = NDArray[np.float32]


def areas(boxes: Boxes) -> NDArray[np.float32]:
    """(n,) areas of boxes (n, 4); 0 where one is turned inside out."""
    sides = np.maximum(boxes[:, 2:] - boxes[:, :2], 0)
    return np.asarray(sides[:, 0] * sides[:, 1], np.float32)


def intersection_over_union(first: Boxes, second: Boxes) -> NDArray[np.float32]:
    """(n, m) of boxes (n, 4) and (m, 4), 0 to 1."""
    corner = np.maximum(first[:, None, :2], second[None, :, :2])
    opposite = np.minimum(first[:, None, 2:], second[None, :, 2:])
    sides = np.maximum(opposite - corner, 0)
    shared = sides[..., 0] * sides[..., 1]
    whole = areas(first)[:, None] + areas(second)[None, :] - shared
    return np.asarray(shared / np.maximum(whole, 1e-12), np.float32)


def suppressed(boxes: Boxes, scores: NDArray[np.float32], *, overlap: float) -> NDArray[np.intp]:
    """Non-maximum suppression: indices of the boxes kept, the highest score first.

    A box is dropped where it overlaps a kept one of a higher score by more than `overlap`
    (intersection over union).
    """
    order = np.argsort(-scores, kind="stable")
    kept: list[int] = []
    while len(order):
        best, order = order[0], order[1:]
        kept.append(int(best))
        order = order[intersection_over_union(boxes[best][None], boxes[order])[0] <= overlap]
    return np.array(kept, np.intp)


def clipped(boxes: Boxes, *, height: float, width: float) -> Boxes:
    """The part of each box (n, 4) that lies in a picture of that size."""
    return np.clip(boxes, 0, np.array([width, height, width, height], np.float32))
