"""Whether a scorer points at the event, not only at its time."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crimeview.core.novelty import Mark
from crimeview.evaluation.figure import Figure, Resampling


@dataclass(frozen=True, slots=True)
class Pointed:
    """Of a recording: how many frames have a mask, and in how many the first box is within it."""

    group: str
    frames: int
    hits: int


def points_at(mask: NDArray[np.bool_], marks: Sequence[Mark]) -> bool:
    """Whether the middle of the first box lies in the mask (height, width)."""
    if not marks:
        return False
    height, width = mask.shape
    row = min(height - 1, int((marks[0].top + marks[0].bottom) / 2 * height))
    column = min(width - 1, int((marks[0].left + marks[0].right) / 2 * width))
    return bool(mask[row, column])


def pointing(recordings: Sequence[Pointed]) -> Figure:
    """The share of frames with a mask in which the first box lies in it, over groups."""
    if not recordings:
        return Figure(None, None)
    resampling = Resampling([r.group for r in recordings])
    hits, frames = (np.array([getattr(r, name) for r in recordings]) for name in ("hits", "frames"))
    return resampling.share(hits, frames)
