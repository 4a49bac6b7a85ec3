"""Recordings of a still scene with bursts of motion at known times."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from crimeview.video.encode import VideoWriter

RATE = 10


def write_bursts(
    path: Path,
    *,
    duration: float,
    bursts: Sequence[tuple[float, float]] = (),
    seed: int = 0,
    size: tuple[int, int] = (48, 64),
) -> Path:
    """Write a recording of `duration` s, still except for `bursts` (start and end, s)."""
    random = np.random.default_rng(seed)
    height, width = size
    still = random.integers(60, 120, (height // 8, width // 8, 3), np.uint8)
    still = still.repeat(8, axis=0).repeat(8, axis=1)
    with VideoWriter(path, rate=RATE, width=width, height=height) as video:
        for number in range(round(duration * RATE)):
            picture = still.copy()
            if any(start <= number / RATE < end for start, end in bursts):
                picture[8:-8, 8:-8] = 255 * (number % 2)
            video.write(picture)
    return path
