"""Parts of a camera's picture that are to be ignored, or that alone are to be watched."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]


class RegionUse(Enum):
    """What a region is for."""

    IGNORE = "ignore"
    WATCH = "watch"


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A polygon in a recording's picture as it is shown.

    `points` are x and y of its corners as shares (0 to 1) of the picture's width and height.
    """

    id: int
    recording_id: int
    use: RegionUse
    points: tuple[Point, ...]
    name: str = ""


def ignored_mask(regions: Sequence[Region], *, height: int, width: int) -> NDArray[np.bool_]:
    """Which pixels of a picture (height, width) are not to be looked at.

    Those in a region to be ignored; where there are regions to be watched, also all in none of
    them. A pixel belongs to a region where its middle does.
    """
    mask = np.zeros((height, width), np.bool_)
    watched = [region for region in regions if region.use is RegionUse.WATCH]
    if watched:
        mask[:] = True
        for region in watched:
            mask &= ~_inside(region.points, height=height, width=width)
    for region in regions:
        if region.use is RegionUse.IGNORE:
            mask |= _inside(region.points, height=height, width=width)
    return mask


def regions_key(regions: Sequence[Region]) -> str:
    """A text that is equal exactly where the same parts are ignored; empty where none are."""
    if not regions:
        return ""
    parts = sorted(f"{region.use.value}:{region.points!r}" for region in regions)
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]


def _inside(points: Sequence[Point], *, height: int, width: int) -> NDArray[np.bool_]:
    """Even-odd rule: a ray from inside crosses the outline an odd number of times."""
    y = ((np.arange(height) + 0.5) / height)[:, None]
    x = ((np.arange(width) + 0.5) / width)[None, :]
    inside = np.zeros((height, width), np.bool_)
    for (x0, y0), (x1, y1) in zip(points, [*points[1:], points[0]], strict=True):
        if y0 != y1:
            crosses = (y0 > y) != (y1 > y)
            at = (x1 - x0) * (y - y0) / (y1 - y0) + x0
            inside ^= crosses & (x < at)
    return inside
