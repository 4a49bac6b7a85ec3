"""ROC and precision-recall curves."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from crimeview.plots.canvas import BLUE, GRAY, measured, new_figure, save, titled, unit_square

_DASHES = ("--", ":", "-.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingCurve:
    """A curve (k,) with the area under it; the first of several is what is judged."""

    name: str
    across: NDArray[np.floating]
    up: NDArray[np.floating]
    area: float | None
    interval: tuple[float, float] | None


def save_roc(curves: Sequence[RankingCurve], file: Path, *, title: str) -> Path:
    """False against true positive rate; the diagonal is chance. Gives the path."""
    figure = new_figure(5.6, 6.2)
    axes = figure.add_subplot()
    axes.plot([0, 1], [0, 1], color="#C8C8C8", linewidth=1, label="chance: 0.500")
    for curve, style in _styled(curves):
        axes.plot(curve.across, curve.up, **style)
    unit_square(axes, across="false positive rate", up="true positive rate")
    _finish(axes, title, "ROC: area under the curve [95 % interval]")
    return save(figure, file)


def save_precision_recall(
    curves: Sequence[RankingCurve], file: Path, *, title: str, chance: float
) -> Path:
    """Recall against precision in steps, as average precision adds them up. Gives the path."""
    figure = new_figure(5.6, 6.2)
    axes = figure.add_subplot()
    axes.axhline(chance, color="#C8C8C8", linewidth=1, label=f"chance: {chance:.3f}")
    for curve, style in _styled(curves):
        recall = np.concatenate([[0.0], curve.across])
        precision = np.concatenate([curve.up[:1], curve.up])
        axes.plot(recall, precision, drawstyle="steps-pre", **style)
    unit_square(axes, across="recall", up="precision")
    _finish(axes, title, "Precision and recall: average precision [95 % interval]")
    return save(figure, file)


def _styled(curves: Sequence[RankingCurve]) -> list[tuple[RankingCurve, dict[str, Any]]]:
    styled = []
    for number, curve in enumerate(curves):
        style: dict[str, Any] = {
            "label": measured(curve.name, curve.area, curve.interval),
            "color": BLUE if number == 0 else GRAY,
            "linewidth": 2.2 if number == 0 else 1.3,
            "linestyle": "-" if number == 0 else _DASHES[(number - 1) % len(_DASHES)],
            "zorder": 3 if number == 0 else 2,
            "clip_on": False,
        }
        styled.append((curve, style))
    return styled


def _finish(axes: Axes, title: str, what: str) -> None:
    titled(axes, what, title)
    # Below the axes, where it cannot hide a curve.
    axes.legend(frameon=False, fontsize=9, loc="upper left", bbox_to_anchor=(-0.02, -0.13))
