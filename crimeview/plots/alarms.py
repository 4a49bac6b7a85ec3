"""Event recall against false alarms an hour."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.plots.canvas import BLUE, GRAY, ORANGE, new_figure, plain, save, titled

Point = tuple[float, float]  # false alarms an hour, event recall


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmPlot:
    """`rates` (false alarms an hour) and `recalls` (k,), from the highest threshold.

    `default` is where the alarm threshold stands; `rate` and `recall` what is quoted.
    """

    rates: NDArray[np.floating]
    recalls: NDArray[np.floating]
    default: Point
    threshold: float
    rate: float
    recall: float | None
    interval: tuple[float, float] | None


def save_alarms(plot: AlarmPlot, file: Path, *, title: str) -> Path:
    """The curve to where false alarms are most frequent; beyond, alarms only merge."""
    figure = new_figure(6.4, 4.6)
    axes = figure.add_subplot()
    stop = int(np.argmax(plot.rates)) + 1
    # In steps: between two thresholds nothing better than the higher one's recall is promised.
    axes.plot(
        plot.rates[:stop],
        plot.recalls[:stop],
        color=BLUE,
        linewidth=2,
        zorder=3,
        drawstyle="steps-post",
    )
    axes.axvline(plot.rate, color=GRAY, linewidth=1, linestyle="--")
    if plot.recall is not None:
        between = f" [{plot.interval[0]:.2f}, {plot.interval[1]:.2f}]" if plot.interval else ""
        axes.plot(
            [plot.rate],
            [plot.recall],
            "o",
            color=BLUE,
            zorder=4,
            clip_on=False,
            label=f"recall {plot.recall:.2f}{between} at {plot.rate:g} an hour",
        )
        if plot.interval:
            axes.plot([plot.rate] * 2, plot.interval, color=BLUE, linewidth=1.2, alpha=0.6)
    axes.plot(
        *[[value] for value in plot.default],
        "D",
        color=ORANGE,
        zorder=5,
        clip_on=False,
        label=f"alarm threshold {plot.threshold:g}: recall {plot.default[1]:.2f} "
        f"at {plot.default[0]:.3g} an hour",
    )
    axes.set_xscale("symlog", linthresh=1.0)
    axes.set_xlim(0, max(10.0, float(plot.rates.max()), plot.default[0]) * 1.1)
    ticks = [0, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000]
    axes.set_xticks([t for t in ticks if t <= axes.get_xlim()[1]])
    axes.set_xticks([], minor=True)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
    axes.set_ylim(0, 1.02)
    axes.set_xlabel("false alarms an hour (even up to 1, logarithmic beyond)")
    axes.set_ylabel("share of events found")
    titled(axes, "Events found against false alarms", title)
    figure.legend(frameon=False, fontsize=9, loc="outside lower center")  # where it hides no curve
    plain(axes)
    return save(figure, file)
