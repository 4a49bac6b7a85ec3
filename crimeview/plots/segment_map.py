"""A map of segments as a picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from numpy.typing import NDArray

from crimeview.plots.canvas import GRAY, name_fonts, new_figure, save, titled

MARKERS = ("o", "s", "^", "D", "P", "v", "X", "*")  # as the window gives out its symbols
COLORS = (
    "#0068a8", "#a85a00", "#007a55", "#c23a10", "#98407a", "#756500", "#5a48c0", "#007886",
    "#80552b", "#4b7500",
)  # fmt: skip
_RASTER = 20_000  # points above which a drawing holds them as a picture


@dataclass(frozen=True, slots=True, kw_only=True)
class MapGroup:
    """Points at `positions` (n, 2) that are shown alike; what is not `known` is a gray ring."""

    name: str
    positions: NDArray[np.floating]
    known: bool = True


def save_segment_map(groups: Sequence[MapGroup], file: Path, *, title: str, subtitle: str) -> Path:
    """Draw the groups, the first one lowest, as PNG or SVG by the file's ending; gives the path."""
    figure = new_figure(9.0, 6.6)
    axes = figure.add_subplot()
    total = sum(len(group.positions) for group in groups)
    size = float(np.clip(12_000 / max(1, total), 2.0, 40.0))
    places = {id(group): n for n, group in enumerate(g for g in groups if g.known)}
    for group in sorted(groups, key=lambda g: -len(g.positions)):
        number = places.get(id(group))
        kind: dict[str, Any] = (
            {"facecolors": "none", "edgecolors": GRAY, "marker": "o"}
            if number is None
            else {
                "color": COLORS[number % len(COLORS)],
                "marker": MARKERS[number % len(MARKERS)],
                "edgecolors": "white",
            }
        )
        axes.scatter(
            group.positions[:, 0],
            group.positions[:, 1],
            s=size,
            linewidths=0.3 if number is not None else 0.7,
            label=f"{group.name} ({len(group.positions):,})",
            rasterized=total > _RASTER,
            zorder=3,
            **kind,
        )
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_aspect("equal", adjustable="datalim")
    for side in axes.spines.values():
        side.set_color("#cfd5db")
    titled(axes, title, subtitle)
    _add_legend(axes, groups)
    return save(figure, file)


def _add_legend(axes: Axes, groups: Sequence[MapGroup]) -> None:
    """The groups in their order, whatever lies above what."""
    handles, labels = axes.get_legend_handles_labels()
    wanted = {f"{g.name} ({len(g.positions):,})": n for n, g in enumerate(groups)}
    pairs = sorted(zip(handles, labels, strict=True), key=lambda pair: wanted[pair[1]])
    legend = axes.legend(
        [h for h, _ in pairs],
        [text for _, text in pairs],
        loc="center left",
        bbox_to_anchor=(1.01, 0.5),
        frameon=False,
        prop={"family": name_fonts(), "size": 8.5},
    )
    for handle in legend.legend_handles:
        if isinstance(handle, PathCollection):
            handle.set_sizes([36.0])
