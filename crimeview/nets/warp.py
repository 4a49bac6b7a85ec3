"""Squares and other parts of a picture at a network's size, sampled bilinearly.

Without averaging where a picture shrinks: networks that were trained on OpenCV's linear resizing
and on MediaPipe's see the same here.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Rect:
    """A part of a picture in pixels, its sides turned clockwise by `angle` (radians)."""

    x: float  # of the center
    y: float
    width: float
    height: float
    angle: float = 0.0

    def to_picture(self, points: NDArray[np.float32]) -> NDArray[np.float32]:
        """Pixels of the picture for points (..., 2) in shares of the part's sides."""
        sides = np.array([self.width, self.height], np.float32)
        offset = (points - np.float32(0.5)) * sides
        cosine, sine = np.cos(self.angle), np.sin(self.angle)
        turned = offset @ np.array([[cosine, sine], [-sine, cosine]], np.float32)
        return np.asarray(turned + np.array([self.x, self.y], np.float32), np.float32)


def sampled(
    picture: NDArray[np.uint8], rect: Rect, *, height: int, width: int, border: float = 0.0
) -> NDArray[np.float32]:
    """The part at a size: (height, width, 3) float32, 0 to 255, `border` outside of the picture."""
    if rect.angle == 0.0:
        return _upright(picture, rect, height, width, border)
    rows, columns = np.meshgrid(_centers(height), _centers(width), indexing="ij")
    points = rect.to_picture(np.stack([columns, rows], axis=-1)) - np.float32(0.5)
    return _gathered(picture, points[..., 0], points[..., 1], border)


def _centers(count: int) -> NDArray[np.float32]:
    return (np.arange(count, dtype=np.float32) + np.float32(0.5)) / np.float32(count)


def _upright(
    picture: NDArray[np.uint8], rect: Rect, height: int, width: int, border: float
) -> NDArray[np.float32]:
    """Rows first, then columns: a third of the work of the general case."""
    y = rect.y + (_centers(height) - 0.5) * rect.height - 0.5
    x = rect.x + (_centers(width) - 0.5) * rect.width - 0.5
    top, down, y_outside = _neighbors(y, picture.shape[0])
    left, right, x_outside = _neighbors(x, picture.shape[1])
    rows_wanted = picture[np.stack([top, top + 1]).clip(0, picture.shape[0] - 1)]
    parts = rows_wanted[:, :, np.stack([left, left + 1]).clip(0, picture.shape[1] - 1)]
    values = parts.astype(np.float32)  # (2, height, 2, width, 3)
    y_weight, x_weight = down[:, None, None, None], right[None, :, None]
    between = values[0] + (values[1] - values[0]) * y_weight
    result = between[:, 0] + (between[:, 1] - between[:, 0]) * x_weight
    result[y_outside] = border
    result[:, x_outside] = border
    return np.asarray(result, np.float32)


def _neighbors(
    positions: NDArray[np.float32], length: int
) -> tuple[NDArray[np.intp], NDArray[np.float32], NDArray[np.bool_]]:
    """The pixel before each position, how far it is to the next, and which lie outside."""
    before = np.floor(positions).astype(np.intp)
    outside = (positions < -0.5) | (positions > length - 0.5)
    return before, (positions - before).astype(np.float32), outside


def _gathered(
    picture: NDArray[np.uint8], x: NDArray[np.float32], y: NDArray[np.float32], border: float
) -> NDArray[np.float32]:
    height, width = picture.shape[:2]
    left, right, x_outside = _neighbors(x, width)
    top, down, y_outside = _neighbors(y, height)
    flat = picture.reshape(-1, picture.shape[2])
    rows = [(top + step).clip(0, height - 1) * width for step in (0, 1)]
    columns = [(left + step).clip(0, width - 1) for step in (0, 1)]
    right, down = right[..., None], down[..., None]
    upper, lower = (
        flat[row + columns[0]] * (1 - right) + flat[row + columns[1]] * right for row in rows
    )
    result = upper + (lower - upper) * down
    result[x_outside | y_outside] = border
    return np.asarray(result, np.float32)
