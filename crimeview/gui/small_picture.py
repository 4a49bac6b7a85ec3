"""Small pictures, as they are stored, for painting."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage


def image_of_jpeg(jpeg: bytes) -> QImage:
    """The picture in a JPEG file, null where it cannot be read; in any thread.

    Not by Qt's own reader: to learn what it is given it makes and connects objects. In a worker's
    thread that waits for a lock of Qt's, and holds the interpreter's meanwhile, for which the
    window's thread may wait with that lock in its hands, destroying something.
    """
    from crimeview.video.jpeg import rgb_of_jpeg  # only here: decoders are slow to load

    pixels = rgb_of_jpeg(jpeg)
    return image_of_rgb(pixels) if pixels is not None else QImage()


def image_of_rgb(pixels: NDArray[np.uint8]) -> QImage:
    """The image of uint8 RGB (height, width, 3), which may go away."""
    height, width, _ = pixels.shape
    view = QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB888)
    return view.copy()
