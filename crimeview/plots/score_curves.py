"""Scores of recordings over their time, with the truth shaded and alarms marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from numpy.typing import NDArray

from crimeview.plots.canvas import BLUE, GRAY, GREEN, ORANGE, name_fonts, new_figure, plain, save

ROWS = 6  # recordings a picture
_POINTS = 2000  # of a curve; more than there are dots across
_MINUTES = 300.0  # s from which on time is in minutes

Span = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredTime:
    """A recording: `seconds` and `scores` (m,), true events and alarms as start and end (s)."""

    name: str
    seconds: NDArray[np.floating]
    scores: NDArray[np.floating]
    events: Sequence[Span]
    alarms: Sequence[Span]


def save_score_curves(recordings: Sequence[ScoredTime], file: Path, *, threshold: float) -> Path:
    """Up to `ROWS` recordings, one above the other. Gives the path."""
    figure = new_figure(10.0, 1.55 * len(recordings) + 0.7)
    for number, recording in enumerate(recordings):
        axes = figure.add_subplot(len(recordings), 1, number + 1)
        _draw(axes, recording, threshold)
    _explain(figure, threshold)
    return save(figure, file)


def _draw(axes: Axes, recording: ScoredTime, threshold: float) -> None:
    start, end = float(recording.seconds[0]), float(recording.seconds[-1])
    unit, scale = ("min", 60.0) if end - start >= _MINUTES else ("s", 1.0)
    for a, b in recording.events:
        axes.axvspan(a / scale, b / scale, color=ORANGE, alpha=0.35, linewidth=0)
    seconds, scores = _thinned(recording)
    axes.plot(seconds / scale, scores, color=BLUE, linewidth=1.1)
    axes.axhline(threshold, color=GRAY, linewidth=1, linestyle="--")
    for a, b in recording.alarms:
        axes.plot(
            [a / scale, b / scale],
            [1.06, 1.06],
            color=GREEN,
            linewidth=4,
            solid_capstyle="butt",
            clip_on=False,
        )
    axes.set_xlim(start / scale, max(end, start + 1e-3) / scale)
    axes.set_ylim(0, 1)
    axes.set_yticks([0, 0.5, 1])
    axes.set_title(recording.name, fontsize=9, loc="left", fontfamily=name_fonts(), pad=8)
    axes.set_xlabel(unit, fontsize=8, loc="right", labelpad=0)
    axes.tick_params(labelsize=8)
    plain(axes)


def _thinned(recording: ScoredTime) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """The curve by the least and highest score of each stretch, so that no peak is lost."""
    count = len(recording.scores)
    if count <= _POINTS:
        return recording.seconds, recording.scores
    starts = np.linspace(0, count, _POINTS // 2, endpoint=False).astype(np.intp)
    low = np.minimum.reduceat(recording.scores, starts)
    high = np.maximum.reduceat(recording.scores, starts)
    return np.repeat(recording.seconds[starts], 2), np.column_stack([low, high]).ravel()


def _explain(figure: Figure, threshold: float) -> None:
    figure.legend(
        handles=[
            Line2D([], [], color=BLUE, label="score"),
            Patch(facecolor=ORANGE, alpha=0.35, label="true event"),
            Line2D([], [], color=GREEN, linewidth=4, label="alarm"),
            Line2D([], [], color=GRAY, linestyle="--", label=f"threshold {threshold:g}"),
        ],
        loc="outside upper center",
        ncols=4,
        frameon=False,
        fontsize=9,
    )
