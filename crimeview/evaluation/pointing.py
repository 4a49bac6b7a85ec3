"""Whether a scorer points at the event, not only at its time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from crimeview.core.novelty import Mark
from crimeview.evaluation.figure import Figure, Resampling


class FrameMasks(Protocol):
    """Where events are in each frame of a recording."""

    def __len__(self) -> int: ...

    def at(self, frame: int) -> NDArray[np.bool_]:
        """The mask of a frame, from 0, bool (height, width)."""
        ...


@dataclass(frozen=True, slots=True)
class Pointed:
    """Of a recording: how many frames have a mask, and in how many the first box is within it.

    `fastest` is in how many of them what is fastest, with no model, lies within it.
    """

    group: str
    frames: int
    hits: int
    fastest: int = 0

    @property
    def accuracy(self) -> float | None:
        """The share of frames, None where none has a mask."""
        return self.hits / self.frames if self.frames else None


def points_at(mask: NDArray[np.bool_], marks: Sequence[Mark]) -> bool:
    """Whether the middle of the first box lies in the mask (height, width)."""
    if not marks:
        return False
    first = marks[0]
    return is_set(mask, down=(first.top + first.bottom) / 2, across=(first.left + first.right) / 2)


def is_set(mask: NDArray[np.bool_], *, down: float, across: float) -> bool:
    """Whether a place, in shares of the picture, lies in the mask (height, width)."""
    height, width = mask.shape
    return bool(mask[min(height - 1, int(down * height)), min(width - 1, int(across * width))])


def pointing(recordings: Sequence[Pointed]) -> Figure:
    """The share of frames with a mask in which the first box lies in it, over groups."""
    return _share(recordings, [r.hits for r in recordings])


def fastest_pointing(recordings: Sequence[Pointed]) -> Figure:
    """The same of the fastest place, which needs no model."""
    return _share(recordings, [r.fastest for r in recordings])


def _share(recordings: Sequence[Pointed], hits: Sequence[int]) -> Figure:
    if not recordings:
        return Figure(None, None)
    resampling = Resampling([r.group for r in recordings])
    return resampling.share(np.array(hits), np.array([r.frames for r in recordings]))
