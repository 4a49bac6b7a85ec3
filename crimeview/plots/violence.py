"""Frames with what a classifier said of them: right and wrong ones, sure and unsure."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from crimeview.plots.canvas import GREEN, RED, name_fonts, new_figure, save

_COLUMNS = 6
_SIDE = 1.7  # inches of a picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A judged frame: `picture` uint8 (height, width) or (height, width, 3)."""

    picture: NDArray[np.uint8]
    label: str
    said: str
    probability: float


def save_samples(samples: Sequence[Sample], file: Path, *, title: str) -> Path:
    """The frames in a grid; a mark and the frame's color tell right from wrong. Gives the path."""
    rows = max(1, -(-len(samples) // _COLUMNS))
    figure = new_figure(_COLUMNS * _SIDE, rows * (_SIDE + 0.45) + 0.4)
    figure.suptitle(title, fontsize=10, fontfamily=name_fonts())
    for number, sample in enumerate(samples):
        _draw(figure.add_subplot(rows, _COLUMNS, number + 1), sample)
    return save(figure, file)


def _draw(axes: Axes, sample: Sample) -> None:
    right = sample.said == sample.label
    axes.imshow(sample.picture, cmap="gray", vmin=0, vmax=255, aspect="auto")
    axes.set_xticks([])
    axes.set_yticks([])
    for side in axes.spines.values():
        side.set(color=GREEN if right else RED, linewidth=3, linestyle="-" if right else "--")
    mark = "right" if right else "wrong"
    axes.set_title(
        f"{mark}: {sample.label}\nviolence {sample.probability:.0%}",
        fontsize=8,
        fontfamily=name_fonts(),
    )
