from itertools import product

import pytest
from PySide6.QtGui import QColor

from crimeview.gui.settings import Theme
from crimeview.gui.style import load_colors

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


@pytest.mark.parametrize("theme", Theme)
def test_what_is_to_be_read_stands_out_from_every_ground(theme: Theme) -> None:
    colors = load_colors(theme)
    poor = {}
    for ink, ground, needed in PAIRS:
        one, other = (_luminance(getattr(colors, name)) for name in (ink, ground))
        contrast = (max(one, other) + 0.05) / (min(one, other) + 0.05)
        if contrast < needed:
            poor[ink, ground] = round(contrast, 2)
    assert not poor
