"""Curves of a training run: every column of its log over the epochs."""

import csv
from pathlib import Path

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

_PANEL = (4.0, 3.0)  # inches
_LEFT, _RIGHT, _BOTTOM, _TOP = 0.75, 0.15, 0.5, 0.15  # inches around what is drawn in a panel
_LOSSES = ("loss", "validation_loss")


def save_curves(log: Path, picture: Path) -> None:
    """Draw log.csv, whose first column is the epoch, as a PNG: losses in one panel, then others."""
    with log.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    first, *names = rows[0]
    panels = [[name for name in names if name in _LOSSES]]
    panels += [[name] for name in names if name not in _LOSSES]
    panels = [panel for panel in panels if panel]
    width, height = _PANEL[0] * len(panels), _PANEL[1]
    figure = Figure(figsize=(width, height))
    FigureCanvasAgg(figure)
    epochs = [float(row[first]) for row in rows]
    inner, upper = _PANEL[0] - _LEFT - _RIGHT, height - _BOTTOM - _TOP
    for number, panel in enumerate(panels):
        left = number * _PANEL[0] + _LEFT
        place = (left / width, _BOTTOM / height, inner / width, upper / height)
        axes = figure.add_axes(place)
        for name in panel:
            values = [float(row[name]) for row in rows]
            axes.plot(epochs, values, marker=".", label=name.replace("_", " "))
        axes.set_xlabel(first)
        axes.set_ylim(bottom=0)
        axes.legend(frameon=False)
    figure.savefig(picture, dpi=100)
