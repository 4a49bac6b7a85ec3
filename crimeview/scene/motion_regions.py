"""What moves against a learned background: it stands in for people where there is no detector.

Mixture of Gaussians per pixel (Zivkovic 2004), OpenCV's MOG2. A region may be a person, a door or a
shadow, so it is never called a person.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from crimeview.core.boxes import Boxes

_HEIGHT = 240  # lines that are looked at
_HISTORY = 60  # frames: 20 s at three a second
_SHADOW = 127  # what MOG2 marks a shadow by; foreground is 255
_LEAST_AREA = 0.004  # of the picture
_LEAST_HEIGHT = 0.12  # of the picture's height
_LEARNING = 5  # frames in which there is no background yet
_SCORE = 0.5


class MotionRegions:
    """Regions that move, frame by frame in order of time; the background is learned on the way."""

    def __init__(self) -> None:
        self._model = cv2.createBackgroundSubtractorMOG2(history=_HISTORY, detectShadows=True)
        self._seen = 0

    def regions(self, frame: NDArray[np.uint8]) -> tuple[Boxes, NDArray[np.float32]]:
        """Boxes (n, 4) in the frame's pixels, and scores (n,) that are all alike.

        `frame` is uint8 (height, width, 3).
        """
        height, width = frame.shape[:2]
        scale = min(1.0, _HEIGHT / height)
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        small = cv2.resize(frame, size, interpolation=cv2.INTER_AREA)
        mask = self._model.apply(small)
        self._seen += 1
        if self._seen <= _LEARNING:
            return np.empty((0, 4), np.float32), np.empty(0, np.float32)
        boxes = _boxes(np.where(mask > _SHADOW, 255, 0).astype(np.uint8)) / np.float32(scale)
        return boxes, np.full(len(boxes), _SCORE, np.float32)


def _boxes(mask: NDArray[np.uint8]) -> Boxes:
    """The large connected parts of a mask, gaps in them closed."""
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (5, 9))  # people are upright
    mask = np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)), np.uint8)
    mask = np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, kernel, iterations=2), np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask)
    height, width = mask.shape
    large = [
        (x, y, x + w, y + h)
        for x, y, w, h, area in stats[1:].tolist()
        if area >= _LEAST_AREA * height * width and h >= _LEAST_HEIGHT * height
    ]
    return np.array(large, np.float32).reshape(-1, 4)
