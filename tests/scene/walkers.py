"""A camera's view drawn by code: textured bodies that walk along a street, or do not."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.scene.cells import CellGrid, Moments, unpacked
from crimeview.scene.motion import MotionCells
from crimeview.video.encode import VideoWriter

RATE = 12.5
HEIGHT, WIDTH = 176, 320
GRID = CellGrid.of(height=HEIGHT, width=WIDTH)


@dataclass(frozen=True, slots=True)
class Walker:
    """A body (tall, wide) that is at `row` and, `since` s on, moves from `column` by pixels a s."""

    row: int
    column: float
    speed: float
    since: float = 0.0
    until: float = 1e9
    size: tuple[int, int] = (40, 16)
    texture: int = 0


def street(walkers: Sequence[Walker], *, seconds: float) -> Iterator[NDArray[np.uint8]]:
    """Gray pictures (height, width), RATE a second, with a little noise that never repeats."""
    random = np.random.default_rng(5)
    ground = _texture(0, (HEIGHT, WIDTH), low=90, high=150)
    for number in range(round(seconds * RATE)):
        time = number / RATE
        picture = ground + random.normal(0, 1.0, ground.shape)
        for walker in walkers:
            if walker.since <= time < walker.until:
                _draw(picture, walker, time - walker.since)
        yield picture.clip(0, 255).astype(np.uint8)


def crowd(*, seconds: float, speed: float = 40.0, every: float = 3.0) -> list[Walker]:
    """Walkers that cross the street from the left, one after the other, none like another."""
    return [
        Walker(
            row=90 + 7 * (number % 5),
            column=-20.0,
            speed=speed * (0.8 + 0.1 * (number % 5)),
            since=number * every,
            texture=number + 1,
        )
        for number in range(round(seconds / every))
    ]


def rows_of(walkers: Sequence[Walker], *, seconds: float) -> NDArray[np.float16]:
    """The rows of a street, (n, d)."""
    motion = MotionCells(GRID, interval=1 / RATE)
    pictures = list(street(walkers, seconds=seconds))
    return np.stack(
        [
            motion.row(before, after, lit=number % 6 == 0)
            for number, (before, after) in enumerate(pairwise(pictures))
        ]
    )


def times_of(count: int, *, since: float = 0.0) -> NDArray[np.float64]:
    starts = since + np.arange(count) / RATE
    return np.stack([starts, starts + 2 / RATE], axis=1)


def parts_of_rows(rows: NDArray[np.float16]) -> Callable[[], Iterator[Moments]]:
    """The rows as moments, some at a time, anew at each call."""

    def parts() -> Iterator[Moments]:
        times = times_of(len(rows))
        for first in range(0, len(rows), 64):
            yield unpacked(GRID, times[first : first + 64], rows[first : first + 64])

    return parts


def _draw(picture: NDArray[np.float64], walker: Walker, seconds: float) -> None:
    tall, wide = walker.size
    left = round(walker.column + walker.speed * seconds)
    body = _texture(walker.texture, walker.size, low=10, high=240)
    begin, end = max(0, left), min(WIDTH, left + wide)
    if begin < end:
        top = walker.row
        picture[top : top + tall, begin:end] = body[: HEIGHT - top, begin - left : end - left]


@cache
def _texture(seed: int, shape: tuple[int, int], *, low: float, high: float) -> NDArray[np.float64]:
    """Blotches some pixels across, which flow can follow. Not to be changed."""
    random = np.random.default_rng(seed)
    rows, columns = shape
    coarse = random.uniform(low, high, (rows // 8 + 1, columns // 8 + 1))
    return np.kron(coarse, np.ones((8, 8)))[:rows, :columns]


def write_street(
    path: Path, walkers: Sequence[Walker], *, seconds: float, scale: int = 1, crf: int = 20
) -> Path:
    """Write a street as a recording; `crf` as for `VideoWriter`."""
    size = {"width": WIDTH * scale, "height": HEIGHT * scale}
    with VideoWriter(path, rate=Fraction(25, 2), crf=crf, **size) as video:
        for picture in street(walkers, seconds=seconds):
            large = picture.repeat(scale, axis=0).repeat(scale, axis=1)
            video.write(np.repeat(large[..., None], 3, axis=2))
    return path
