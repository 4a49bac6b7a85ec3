"""What lies in an outline that was drawn round points."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath

Flags = NDArray[np.bool_]


def within(outline: Sequence[QPointF], places: NDArray[np.floating[Any]], *, size: QSize) -> Flags:
    """Which places (n, 2), in pixels of a widget of that size, an outline holds."""
    mask = _filled(outline, size)
    at = np.floor(places).astype(np.intp)
    there = (at >= 0).all(axis=1) & (at[:, 0] < mask.shape[1]) & (at[:, 1] < mask.shape[0])
    there[there] = mask[at[there, 1], at[there, 0]]
    return np.asarray(there, np.bool_)


def corners(first: QPointF, last: QPointF) -> list[QPointF]:
    """The outline of a rectangle, from two corners that are opposite each other."""
    return [first, QPointF(last.x(), first.y()), last, QPointF(first.x(), last.y())]


def _filled(outline: Sequence[QPointF], size: QSize) -> Flags:
    """Which pixels (height, width) are inside."""
    image = QImage(size, QImage.Format.Format_Grayscale8)
    image.fill(0)
    painter = QPainter(image)
    path = QPainterPath(outline[0])
    for place in outline[1:]:
        path.lineTo(place)
    path.closeSubpath()
    painter.fillPath(path, Qt.GlobalColor.white)
    painter.end()
    flat = np.frombuffer(image.constBits(), np.uint8)
    return np.asarray(flat.reshape(image.height(), -1)[:, : image.width()] > 127)
