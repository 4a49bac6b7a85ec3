"""What people look like."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a person looks like; colors are red, green, blue, 0 to 255."""

    height: float
    girth: float
    top: tuple[float, float, float]
    bottom: tuple[float, float, float]
    skin: tuple[float, float, float]
    hair: tuple[float, float, float]
    shoes: tuple[float, float, float]
    long_sleeves: bool
    short_legs: bool
    pack: tuple[float, float, float] | None


_TOPS = (
    (196, 58, 52), (58, 92, 160), (44, 48, 56), (226, 224, 216), (92, 128, 84), (214, 170, 70),
    (120, 74, 110), (150, 152, 156), (70, 130, 150), (32, 36, 62), (176, 108, 70), (240, 240, 244),
)  # fmt: skip
_BOTTOMS = (
    (52, 64, 96), (38, 40, 46), (94, 86, 74), (70, 84, 116), (28, 30, 36), (128, 116, 96),
    (82, 82, 88), (60, 50, 44),
)  # fmt: skip
_SKINS = ((222, 176, 146), (196, 146, 112), (150, 104, 76), (104, 72, 54), (232, 192, 166))
_HAIRS = ((40, 32, 28), (70, 48, 34), (24, 22, 24), (120, 92, 58), (120, 118, 116))
_SHOES = ((30, 28, 28), (70, 54, 42), (210, 208, 204))


def random_look(rng: Generator) -> Look:
    """Draw a person's looks."""

    def pick(colors: tuple[tuple[int, int, int], ...]) -> tuple[float, float, float]:
        red, green, blue = np.array(colors[rng.integers(len(colors))]) * rng.uniform(0.85, 1.1)
        return float(red), float(green), float(blue)

    return Look(
        height=float(rng.uniform(1.58, 1.9)),
        girth=float(rng.uniform(0.92, 1.18)),
        top=pick(_TOPS),
        bottom=pick(_BOTTOMS),
        skin=pick(_SKINS),
        hair=pick(_HAIRS),
        shoes=pick(_SHOES),
        long_sleeves=bool(rng.random() < 0.65),
        short_legs=bool(rng.random() < 0.15),
        pack=pick(_TOPS) if rng.random() < 0.2 else None,
    )
