from itertools import product

import pytest
from PySide6.QtGui import QColor

from crimeview.gui.settings import Theme
from crimeview.gui.style import load_colors, mixed
from crimeview.gui.widgets.score_curve import GROUND
from crimeview.gui.widgets.score_picture import SELECTED_SHADE, SHADE

TEXT, GRAPHICS = 4.5, 3.0  # the contrast that WCAG 2.1 asks for at level AA

GROUNDS = ("window", "panel", "raised", "accent_soft", "lead_soft")
PAIRS = [
    *((ink, ground, TEXT) for ink, ground in product(("text", "muted", "lead", "bad"), GROUNDS)),
    *((ink, ground, GRAPHICS) for ink, ground in product(("accent", "good"), GROUNDS)),
    *(("faint", ground, GRAPHICS) for ground in ("window", "panel", "raised")),
    ("on_accent", "accent", TEXT),
]


def _luminance(name: str) -> float:
    """Relative luminance as WCAG defines it."""
    linear = [
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4
        for c in QColor(name).getRgbF()[:3]
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", Theme)
def test_what_is_to_be_read_stands_out_from_every_ground(theme: Theme) -> None:
    colors = load_colors(theme)
    poor = {}
    for ink, ground, needed in PAIRS:
        contrast = _contrast(getattr(colors, ink), getattr(colors, ground))
        if contrast < needed:
            poor[ink, ground] = round(contrast, 2)
    assert not poor


CURVES = ("text", "violence", "good", "bad", "muted", "lead")  # what they are drawn in
STATES = ("good", "faint", "lead")


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("share", [SHADE, SELECTED_SHADE])
def test_every_curve_stands_out_from_the_shade_of_a_segment(theme: Theme, share: float) -> None:
    """Also where what lies beneath the scores is filled on top of it."""
    colors = load_colors(theme)
    poor = {}
    for curve, state in product(CURVES, STATES):
        shade = mixed(getattr(colors, state), colors.panel, share=share)
        filled = mixed(colors.text, shade.name(), share=GROUND)
        contrast = _contrast(getattr(colors, curve), filled.name())
        if contrast < GRAPHICS:
            poor[curve, state] = round(contrast, 2)
    assert not poor
