"""What a score rests on: found by holding parts of a clip still, one after the other.

Occlusion as of Zeiler and Fergus 2014 (Visualizing and Understanding Convolutional Networks), in
time rather than in gray: a part is not covered, nothing moves in it any more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

GRID = (8, 8)  # cells of a clip's picture, rows and columns
WINDOW = 2  # cells a side that are held still together


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A part of the picture: rows and columns of cells, ends not included."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedClip:
    """A clip (s) and how its score falls where each part is held still.

    `score` is the clip's, `still` what it is where nothing at all moves. `drops` (rows, columns) is
    how far its log-odds fall, on the average of the windows that cover a cell; negative where they
    rise: so a score near 1 hides nothing. `strongest` is the window with which the score falls
    furthest, to `without`.
    """

    start: float
    end: float
    score: float
    still: float
    drops: NDArray[np.float32]
    strongest: Window
    without: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredClip:
    """A clip (s) of a segment with its stored score."""

    start: float
    end: float
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a segment scores as it does.

    `clips` are all of the segment in order of time, `explained` the highest of them, the highest
    first. `area` is what of the picture the network sees: left, top, width and height in shares of
    the picture as it is shown.
    """

    start: float
    end: float
    clips: tuple[ScoredClip, ...]
    explained: tuple[ExplainedClip, ...]
    area: tuple[float, float, float, float]

    def at(self, seconds: float) -> ExplainedClip:
        """The explained clip nearest to a moment."""
        return min(
            self.explained,
            key=lambda clip: max(clip.start - seconds, seconds - clip.end, 0.0),
        )


def log_odds(score: float) -> float:
    """Of a score from 0 to 1, which a network gives no finer than float32 tells."""
    kept = min(max(score, 1e-6), 1.0 - 1e-6)
    return log(kept / (1.0 - kept))


def windows(grid: tuple[int, int] = GRID, *, size: int = WINDOW) -> Iterator[Window]:
    """All windows of a grid, each overlapping its neighbors by all but one row or column."""
    for top in range(grid[0] - size + 1):
        for left in range(grid[1] - size + 1):
            yield Window(top=top, bottom=top + size, left=left, right=left + size)


def held_still(
    frames: NDArray[np.uint8],
    still: NDArray[np.uint8],
    window: Window,
    grid: tuple[int, int] = GRID,
) -> NDArray[np.uint8]:
    """A clip's frames (T, h, w, c), in all of them a window of the `still` picture (h, w, c)."""
    height, width = frames.shape[1:3]
    rows = slice(window.top * height // grid[0], window.bottom * height // grid[0])
    columns = slice(window.left * width // grid[1], window.right * width // grid[1])
    result = frames.copy()
    result[:, rows, columns] = still[rows, columns]
    return result


def still_picture(frames: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """What stands still in a clip (T, h, w, c): the median of each pixel over time, (h, w, c)."""
    return np.asarray(np.sort(frames, axis=0)[len(frames) // 2])


def spread(
    falls: dict[tuple[int, int], float], grid: tuple[int, int] = GRID, *, size: int = WINDOW
) -> NDArray[np.float32]:
    """From how far something falls by window (top, left) to how far by cell (rows, columns)."""
    sums, counts = np.zeros(grid), np.zeros(grid)
    for (top, left), fall in falls.items():
        cells = slice(top, top + size), slice(left, left + size)
        sums[cells] += fall
        counts[cells] += 1
    return (sums / np.maximum(counts, 1)).astype(np.float32)
