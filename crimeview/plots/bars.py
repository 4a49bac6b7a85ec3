"""Figures of several ways side by side, each with its interval and its control."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from crimeview.plots.canvas import (
    BLUE,
    GRAY,
    GREEN,
    ORANGE,
    RED,
    name_fonts,
    new_figure,
    plain,
    save,
    titled,
)

_COLORS = (BLUE, ORANGE, GREEN, RED, "#CC79A7", "#56B4E9")
_HATCHES = ("", "//", "..", "xx", "\\\\", "++")  # no meaning by color alone
_WIDTH = 0.8  # of a place, for all its bars


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """One color of bars: at each place a value with its interval; None where there is none."""

    name: str
    values: Sequence[float | None]
    intervals: Sequence[tuple[float, float] | None]
    controls: Sequence[float | None]


def save_bars(
    bars: Sequence[Bars], file: Path, *, places: Sequence[str], what: str, title: str, control: str
) -> Path:
    """Draw them; short gray lines are the controls. Gives the path."""
    figure = new_figure(max(6.4, 1.0 + 0.35 * len(places) * len(bars)), 4.8)
    axes = figure.add_subplot()
    width = _WIDTH / len(bars)
    for number, of in enumerate(bars):
        at = np.arange(len(places)) + (number - (len(bars) - 1) / 2) * width
        heights = [0.0 if value is None else value for value in of.values]
        axes.bar(
            at,
            heights,
            width * 0.92,
            label=of.name,
            color=_COLORS[number % len(_COLORS)],
            hatch=_HATCHES[number % len(_HATCHES)],
            edgecolor="white",
            linewidth=0,
        )
        for x, height, interval, chance in zip(at, heights, of.intervals, of.controls, strict=True):
            if interval is not None:
                axes.plot([x, x], interval, color="#333333", linewidth=1.1)
            if chance is not None:
                half = width * 0.46
                axes.plot([x - half, x + half], [chance] * 2, color=GRAY, linewidth=2.2)
            axes.annotate(
                f"{height:.2f}",
                (x, max(height, 0.0 if interval is None else interval[1])),
                (0, 2),
                textcoords="offset points",
                ha="center",
                fontsize=6.5,
            )
    axes.plot([], [], color=GRAY, linewidth=2.2, label=control)
    axes.axhline(0, color="#8C8C8C", linewidth=0.8)
    axes.set_xticks(np.arange(len(places)), places, fontsize=8.5, fontfamily=name_fonts())
    plain(axes)
    titled(axes, what, title)
    axes.legend(frameon=False, fontsize=8, loc="upper left", bbox_to_anchor=(0, -0.08), ncols=3)
    return save(figure, file)
