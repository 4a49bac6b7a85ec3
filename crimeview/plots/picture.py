"""Arrays as picture files."""

from pathlib import Path

import numpy as np
from matplotlib.image import imsave
from numpy.typing import NDArray


def save_png(picture: NDArray[np.uint8], file: Path) -> Path:
    """Write a picture (height, width, 3) RGB as a PNG of the same pixels; raises OSError."""
    imsave(file, picture, format="png")
    return file
