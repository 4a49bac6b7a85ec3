"""Cells taken together to patches about as large as a person, and what each of them does."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from crimeview.scene.cells import Floats, Moments

# Cells above and below, left and right of the middle one. Patches fitted to the height of people
# in each row were no better than these on any set they were tried on.
REACH_DOWN, REACH_ACROSS = 2, 1
_ACTIVE = 0.3  # share of a patch that moves at least
_STEADY = 2  # moments before and after that share a direction
_STRAIGHT = 0.6  # share of the movement that goes the same way, or there is no direction
DIRECTIONS = 8


@dataclass(frozen=True, slots=True)
class Patches:
    """What the patch around each cell does, each (n, rows, columns).

    `share` of it moves, `speed` is the root of its mean squared speed in percent of the longer side
    a second, zero where it is not `active`. `direction` is which way, 0 to 7: the middle of each is
    an eighth of a turn on from the left; `steady` is how fast it goes that way over some moments,
    zero where it has none.
    """

    share: Floats
    speed: Floats
    active: NDArray[np.bool_]
    direction: NDArray[np.uint8]
    steady: Floats


def patches_of(moments: Moments) -> Patches:
    """The patches of consecutive moments."""
    moved = _summed(moments.share)
    share = share_of_patches(moments.share)
    active = share > _ACTIVE
    energy = np.maximum(_summed(moments.energy), 0.0)
    speed = np.where(active, np.sqrt(energy / np.maximum(moved, 1e-6)), np.float32(0.0))
    across, down, total, most = (
        _over_time(plane)
        for plane in (
            _summed(moments.across),
            _summed(moments.down),
            moved,
            np.sqrt(np.maximum(moved, 0.0) * energy),
        )
    )
    going = np.hypot(across, down)
    straight = active & (going > _STRAIGHT * most)
    angle = np.arctan2(down, across) / (2 * np.pi) + 0.5
    return Patches(
        share=share,
        speed=speed,
        active=active,
        direction=(angle * DIRECTIONS + 0.5).astype(np.uint8) % DIRECTIONS,
        steady=np.where(straight, going / np.maximum(total, 1e-6), np.float32(0.0)),
    )


def share_of_patches(planes: Floats) -> Floats:
    """The mean of cells (n, rows, columns) over the patch around each."""
    return np.asarray(_summed(planes) / _summed(np.ones_like(planes[:1])))


def _summed(planes: Floats) -> Floats:
    """Sums over the patch around each cell of each plane (n, rows, columns)."""
    size = 2 * REACH_ACROSS + 1, 2 * REACH_DOWN + 1
    out = np.empty_like(planes)
    for plane, sums in zip(planes, out, strict=True):
        cv2.boxFilter(plane, -1, size, sums, normalize=False, borderType=cv2.BORDER_CONSTANT)
    return out


def _over_time(planes: Floats) -> Floats:
    """Sums over some moments before and after each."""
    padded = np.pad(planes, ((_STEADY + 1, _STEADY), (0, 0), (0, 0)))
    until = padded.cumsum(axis=0, dtype=np.float32)
    return np.asarray(until[2 * _STEADY + 1 :] - until[: -2 * _STEADY - 1])
