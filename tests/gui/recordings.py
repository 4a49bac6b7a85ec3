"""Recordings whose pictures carry their number where the tiny models do not look."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.video.encode import VideoWriter
from tests.video.recordings import paint, read_number

RATE = 10
WIDTH, HEIGHT = 256, 96
_NUMBER = 32  # pixels a side, in the top left corner: the models' crop leaves out an eighth


def write_numbered(
    path: Path, *, duration: float, bursts: Sequence[tuple[float, float, int]] = ()
) -> Path:
    """Write `duration` s of a still scene with `bursts` of motion (start and end, s, contrast)."""
    with VideoWriter(path, rate=RATE, width=WIDTH, height=HEIGHT) as video:
        for number in range(round(duration * RATE)):
            picture = np.full((HEIGHT, WIDTH, 3), 90, np.uint8)
            for start, end, contrast in bursts:
                if start <= number / RATE < end and number % 2:
                    # A sixth of what the models see: what changes much of it is the light.
                    burst = np.uint8(min(4 * contrast, 160))
                    picture[:, 7 * WIDTH // 16 : -7 * WIDTH // 16] += burst
            picture[:_NUMBER, :_NUMBER] = paint(number, width=_NUMBER, height=_NUMBER)
            video.write(picture)
    return path


def shown_number(picture: NDArray[np.uint8]) -> int:
    """The number in a picture (height, width, channels) of such a recording, at any size."""
    height, width = picture.shape[:2]
    return read_number(picture[: height * _NUMBER // HEIGHT, : width * _NUMBER // WIDTH])
