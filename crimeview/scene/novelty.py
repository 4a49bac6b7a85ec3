"""How unlike what is usual each moment of a camera is, where, and why."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crimeview.core.novelty import Reason
from crimeview.scene.cells import Floats, Moments
from crimeview.scene.patches import Patches, patches_of, share_of_patches
from crimeview.scene.scene_counts import light_bin
from crimeview.scene.usual import Usual

# Of each map; something is in the wrong place by moving there, or by merely being there.
MAP_REASONS = (
    Reason.FAST,
    Reason.LARGE,
    Reason.WRONG_WAY,
    Reason.WRONG_PLACE,
    Reason.WRONG_PLACE,
)
SMOOTHING = 0.12  # s
_TOP = 10  # patches that make a moment's value
# How much each reason counts. Rarities (of a direction, of anything at a place) count only beyond
# what nearly all that was learned has: of something small, direction is uncertain.
_WEIGHTS = np.array([1.0, 0.5, 0.5, 0.5, 0.5], np.float32)
_BEYOND = np.array([-np.inf, -np.inf, 3.0, 1.0, 1.0], np.float32)
_MOST_SHIFT = 40  # levels that the whole picture may be brighter or darker
_LIGHTING = 0.35
# Of the usual values, in their own units: what was seen for seconds cannot say that less is usual.
_LEAST_SPREAD = np.array([0.2, 0.2, 0.5, 0.5, 0.1], np.float32)
_HURRY = 1.5  # times the median speed; direction counts no more above


@dataclass(frozen=True, slots=True)
class Maps:
    """The value of each patch for each reason, (reasons, n, rows, columns) float32.

    In the order of `MAP_REASONS`: speed as a multiple of the fast speed of its row, momentum
    likewise, rarity of its direction and of anything moving there (both natural logarithms), and
    how much of it is of a brightness that is not usual there.
    """

    values: Floats

    def moments(self) -> Floats:
        """The value of each moment for each reason, (reasons, n): mean of the ten highest."""
        flat = self.values.reshape(*self.values.shape[:2], -1)
        count = min(_TOP, flat.shape[-1])
        return np.asarray(np.partition(flat, -count, axis=-1)[..., -count:].mean(axis=-1))


def maps_of(moments: Moments, patches: Patches, usual: Usual) -> Maps:
    """Compare the patches of moments with what is usual."""
    fast, middle, momentum = (
        row[None, :, None] for row in (usual.fast, usual.middle, usual.momentum)
    )
    moving = np.minimum(patches.speed / middle, 1.0) * patches.share * patches.active
    rarity = -np.log(usual.presence)
    return Maps(
        np.stack(
            [
                patches.speed / fast,
                patches.share * patches.speed / momentum,
                _against(patches, usual),
                rarity[None] * moving,
                _foreign(moments, usual),
            ]
        ).astype(np.float32)
    )


def _against(patches: Patches, usual: Usual) -> Floats:
    """How rare the direction of each patch is there, weighed by how fast it goes."""
    shares = usual.directions
    out = np.zeros(patches.speed.shape, np.float32)
    at = np.nonzero(patches.steady > 0)
    share = shares[at[1], at[2], patches.direction[at]] * (len(shares[0, 0]) / 2)
    hurry = np.minimum(patches.steady[at] / usual.middle[at[1]], _HURRY)
    out[at] = np.maximum(-np.log(share), 0.0) * hurry
    return out


def _foreign(moments: Moments, usual: Usual) -> Floats:
    """How much of each patch looks as it usually does not, by the nearest look at brightness."""
    if len(moments.lit) == 0:
        return np.zeros(moments.share.shape, np.float32)
    middle = (moments.lit[1:] + moments.lit[:-1]) / 2
    nearest = np.searchsorted(middle, np.arange(len(moments)))
    return share_of_patches(foreign(moments.light, usual).astype(np.float32))[nearest]


def foreign(light: Floats, usual: Usual) -> NDArray[np.bool_]:
    """Which cells (n, rows, columns) are of a brightness that is not usual there.

    None are where a third of them would be: that is the light, not something in it. Cells that are
    ignored, now or when it was learned, are none, nor do they tell what the light is like.
    """
    seen = np.isfinite(light) & usual.watched
    shift = _middle(np.where(seen, light - usual.background, np.nan))[:, None, None]
    shift[np.abs(shift) > _MOST_SHIFT] = 0.0
    level = light_bin(np.where(seen, np.clip(light - shift, 0, 255), 0))
    known = np.take_along_axis(usual.lights[None], level[..., None], axis=-1)[..., 0]
    found = ~known & seen
    found[found.sum(axis=(1, 2)) > _LIGHTING * seen.sum(axis=(1, 2))] = False
    return np.asarray(found)


def _middle(planes: Floats) -> Floats:
    """The median (n,) of each plane (n, rows, columns) without NaN, 0 where there is no other."""
    flat = np.sort(planes.reshape(len(planes), -1), axis=1)  # NaN comes last
    count = np.isfinite(flat).sum(axis=1)
    low, high = (
        np.take_along_axis(flat, np.maximum(number, 0)[:, None], axis=1)[:, 0]
        for number in ((count - 1) // 2, count // 2)
    )
    return np.where(count > 0, (low + high) / 2, 0).astype(np.float32)


def standardized(values: Floats, usual: Usual) -> Floats:
    """Each reason's part (reasons, ...) of the score: 0 where a moment is as usual.

    A value counts by how far it is above the usual one, in units of how far the highest in a
    hundred usual moments is above it.
    """
    shape = (-1, *[1] * (values.ndim - 1))
    middle, high = (part.reshape(shape) for part in usual.values)
    spread = np.maximum(high - middle, _LEAST_SPREAD.reshape(shape))
    beyond = _BEYOND.reshape(shape)
    units = (values - middle) / spread
    units = np.where(np.isfinite(beyond), np.maximum(units - np.maximum(beyond, 0), 0.0), units)
    return np.asarray(_WEIGHTS.reshape(shape) * units, np.float32)


@dataclass(frozen=True, slots=True)
class Scored:
    """Moments held against what is usual: `score` (n,), its `parts` (reasons, n), the `maps`."""

    score: Floats
    parts: Floats
    maps: Maps


def scored(moments: Moments, usual: Usual) -> Scored:
    """Score consecutive moments."""
    maps = maps_of(moments, patches_of(moments), usual)
    parts = standardized(maps.moments(), usual)
    return Scored(score=parts.sum(axis=0), parts=parts, maps=maps)


def smoothed(
    times: NDArray[np.float64], score: NDArray[np.floating], *, sigma: float = SMOOTHING
) -> Floats:
    """The score (n, ...) averaged over time by a Gaussian of `sigma` s, within unbroken time."""
    if len(score) < 2:
        return np.asarray(score, np.float32)
    middle = times.mean(axis=1)
    step = max(float(np.median(np.diff(middle))), 1e-3)
    reach = int(np.ceil(3 * sigma / step))
    apiece = (-1, *[1] * (score.ndim - 1))
    total, weight = np.zeros(score.shape), np.zeros(len(score))
    for apart in range(-reach, reach + 1):
        here = slice(max(0, -apart), len(score) - max(0, apart))
        there = slice(max(0, apart), len(score) + min(0, apart))
        if abs(apart) >= len(score):
            continue
        near = np.exp(-0.5 * ((middle[there] - middle[here]) / sigma) ** 2)
        total[here] += near.reshape(apiece) * score[there]
        weight[here] += near
    return np.asarray(total / weight.reshape(apiece), np.float32)
