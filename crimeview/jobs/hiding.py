"""Hiding from networks and gates what a person has told to ignore."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from crimeview.core.clip import Clip, ClipSpec
from crimeview.core.look import CELLS
from crimeview.core.manifest import Input
from crimeview.core.region import Region, ignored_mask

_GRAY = 128  # of keyframes, where any standing value will do


@dataclass(frozen=True, slots=True, eq=False)
class Hidden:
    """What clips of one network do not show: `mask` bool (height, width), `fill` uint8 (c,).

    The fill is the network's own zero, the pixel that its input is centered on.
    """

    mask: NDArray[np.bool_]
    fill: NDArray[np.uint8]

    def applied(self, clip: Clip) -> Clip:
        """The clip without it; the given one stays as it is."""
        return replace(clip, frames=self.hide(clip.frames))

    def hide(self, frames: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """The same of a clip's frames (T, height, width, channels)."""
        shown = frames.copy()
        shown[:, self.mask] = self.fill
        return shown


def hidden_from_clips(regions: Sequence[Region], spec: ClipSpec, wanted: Input) -> Hidden | None:
    """What a recording's regions hide from clips of the spec; None where that is nothing."""
    (height, width), (rows, columns) = spec.resize, spec.crop
    top, left = (height - rows) // 2, (width - columns) // 2
    whole = ignored_mask(regions, height=height, width=width)
    mask = whole[top : top + rows, left : left + columns]
    if not mask.any():
        return None
    zero = np.rint(np.array(wanted.mean or (0.0,)) / wanted.scale).clip(0, 255).astype(np.uint8)
    return Hidden(mask, np.broadcast_to(zero, (spec.channels,)))


def hidden_from_keyframes(regions: Sequence[Region], *, rotation: int) -> NDArray[np.bool_]:
    """The same of the small pictures that keyframes are compared by, bool (90, 160), not turned.

    `rotation` is by how many degrees the recording is turned clockwise to be shown.
    """
    quarters = round(rotation / 90)
    rows, columns = CELLS if quarters % 2 == 0 else CELLS[::-1]
    return np.rot90(ignored_mask(regions, height=rows, width=columns), quarters)


def without(luma: NDArray[np.uint8], hidden: NDArray[np.bool_] | None) -> NDArray[np.uint8]:
    """A small picture without what is hidden: nothing ever changes there."""
    if hidden is None or not hidden.any():
        return luma
    return np.where(hidden, np.uint8(_GRAY), luma)
