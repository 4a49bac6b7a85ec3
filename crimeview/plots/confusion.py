"""Confusion matrices: how many are called what."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from crimeview.plots.canvas import name_fonts, new_figure, save

_SIDE = 3.4  # inches of a matrix


@dataclass(frozen=True, slots=True)
class Matrix:
    """`counts` (k, k): rows are what is true, columns what is said, both in the order `labels`."""

    title: str
    labels: tuple[str, ...]
    counts: NDArray[np.integer]


def save_confusion(matrices: Sequence[Matrix], file: Path) -> Path:
    """Matrices side by side; shades are shares of a row, of which an empty one has none.

    Gives the path.
    """
    figure = new_figure(_SIDE * len(matrices) + 0.6, _SIDE + 0.7)
    for number, matrix in enumerate(matrices):
        _draw(figure.add_subplot(1, len(matrices), number + 1), matrix)
    return save(figure, file)


def _draw(axes: Axes, matrix: Matrix) -> None:
    totals = matrix.counts.sum(axis=1, keepdims=True)
    shares = matrix.counts / np.maximum(totals, 1)
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for (row, column), count in np.ndenumerate(matrix.counts):
        dark = shares[row, column] > 0.62
        axes.text(
            column,
            row,
            f"{count}\n{shares[row, column]:.0%}" if totals[row] else f"{count}",
            ha="center",
            va="center",
            color="white" if dark else "black",
        )
    places = range(len(matrix.labels))
    axes.set_xticks(places, matrix.labels, fontfamily=name_fonts())
    axes.set_yticks(places, matrix.labels, rotation=90, va="center", fontfamily=name_fonts())
    axes.set_xlabel("said")
    axes.set_ylabel("true")
    axes.set_title(matrix.title, fontsize=10, pad=8)
    axes.tick_params(length=0)
