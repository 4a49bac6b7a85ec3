"""Recordings in which somebody walks through the picture."""

from pathlib import Path

import numpy as np

from crimeview.video.encode import VideoWriter

RATE, SECONDS, WIDTH, HEIGHT = 10, 12, 320, 240


def write_walk(path: Path, *, leftward: bool) -> Path:
    """Something as high as a person walks from one side to the other."""
    with VideoWriter(path, rate=RATE, width=WIDTH, height=HEIGHT) as video:
        for number in range(RATE * SECONDS):
            picture = np.full((HEIGHT, WIDTH, 3), 90, np.uint8)
            picture[::8] = 110
            left = round((WIDTH - 40) * number / (RATE * SECONDS))
            left = WIDTH - 40 - left if leftward else left
            picture[80:200, left : left + 40] = 230
            video.write(picture)
    return path
