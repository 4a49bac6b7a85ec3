"""What every plot shares: a canvas without a screen, colors, fonts and how it is saved.

Only matplotlib's objects are used, never pyplot: nothing is global, so any thread may plot.
"""

import textwrap
import warnings
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

# Okabe and Ito's colors, which also the color-blind tell apart.
BLUE, ORANGE, GREEN, RED = "#0072B2", "#E69F00", "#009E73", "#D55E00"
GRAY = "#8C8C8C"

_DOTS = 120  # an inch
_TITLE_LETTERS = 64  # a line
# Fonts with Hangul; names of recordings may need one.
_MORE_GLYPHS = (
    "Noto Sans CJK KR",
    "Noto Sans KR",
    "NanumGothic",
    "Malgun Gothic",
    "Apple SD Gothic Neo",
    "Droid Sans Fallback",
)


def new_figure(width: float, height: float) -> Figure:
    """An empty figure of this size in inches, laid out so that no text is cut or overlaps."""
    figure = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def name_fonts() -> list[str]:
    """Font families for texts that people wrote: `text.set_fontfamily(name_fonts())`."""
    return list(_installed())


def save(figure: Figure, file: Path) -> Path:
    """Write the figure as a PNG and give its path; raises OSError."""
    with warnings.catch_warnings():
        # Where no font has a sign it is drawn as a box; the table and the JSON have it right.
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        figure.savefig(file, dpi=_DOTS)
    return file


def unit_square(axes: Axes, *, across: str, up: str) -> None:
    """Both axes from 0 to 1, all of it, in equal measure."""
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    axes.set_aspect("equal")
    axes.set_xlabel(across)
    axes.set_ylabel(up)
    plain(axes)


def plain(axes: Axes) -> None:
    """Quiet lines: a light grid, no frame on the right and on top."""
    axes.grid(visible=True, color="#E5E5E5", linewidth=0.8)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def measured(name: str, value: float | None, interval: Sequence[float] | None) -> str:
    """A legend's line: the name, its value and its 95 % interval."""
    if value is None:
        return f"{name}: not defined"
    between = f" [{interval[0]:.3f}, {interval[1]:.3f}]" if interval else ""
    return f"{name}: {value:.3f}{between}"


def titled(axes: Axes, what: str, title: str) -> None:
    """What a plot shows, and below it of what, in as many lines as that takes."""
    lines = textwrap.wrap(title, _TITLE_LETTERS) or [""]
    axes.set_title("\n".join([what, *lines]), fontsize=10, loc="left", fontfamily=name_fonts())


@cache
def _installed() -> tuple[str, ...]:
    known = {font.name for font in font_manager.fontManager.ttflist}
    return ("DejaVu Sans", *(name for name in _MORE_GLYPHS if name in known))
