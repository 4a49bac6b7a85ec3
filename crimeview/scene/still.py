"""Whether anything moves in the pictures that a network is about to see."""

import numpy as np
from numpy.typing import NDArray

# Pictures between those that are compared: a slow walker has moved on after the one, and what
# flickers in time with it has not after the other.
_APART = (8, 1)
# Times the pair's noise, in a picture of 64 rows; in a larger one something small fills more of a
# cell, which noise does not. Chosen apart from the recordings that confirmed it.
_THRESHOLD = 7.0
_LEAST_NOISE, _MOST_NOISE = 0.8, 3.0  # levels; where half a picture changes by more, it moves
_EVERY = 4  # of the cells, enough for the noise


def moves(
    frames: NDArray[np.uint8],
    *,
    clock: NDArray[np.bool_] | None,
    ignored: NDArray[np.bool_] | None = None,
) -> bool:
    """Tell whether something moves in a clip's pictures (T, height, width, channels).

    Pictures some way apart are compared, light that changes everywhere taken out; something moves
    where a cell differs by far more than cells of that pair usually do. The noise of each pair is
    its own, since an encoder changes everything a little at each keyframe. `clock`, a mask of any
    size over the picture, marks cells that do not count; `ignored`, (height, width), pixels that
    are not there at all: neither light nor noise is learned from them. A single picture may show
    anything.
    """
    if len(frames) < 2:
        return True
    cells = frames[..., frames.shape[3] // 2].astype(np.int16)  # green stands for brightness
    masked = None
    if clock is not None and clock.any():
        masked = resized_mask(clock, cells.shape[1], cells.shape[2])
    threshold = _THRESHOLD * np.sqrt(cells.shape[1] / 64)
    if ignored is not None:
        cells = cells[:, ~ignored][:, None]
        masked = masked[~ignored][None] if masked is not None else None
        if cells.size == 0:
            return False
    return any(_differ(cells, min(apart, len(cells) - 1), masked, threshold) for apart in _APART)


def _differ(
    cells: NDArray[np.int16], apart: int, masked: NDArray[np.bool_] | None, threshold: float
) -> bool:
    """Whether any two pictures (T, height, width) differ by more than `threshold` times noise."""
    change = cells[apart:] - cells[:-apart]
    change -= np.rint(change.mean(axis=(1, 2), keepdims=True)).astype(np.int16)
    size = np.abs(change, out=change)
    if masked is not None:
        size[:, masked] = 0
    flat = size.reshape(len(size), -1)
    noise = np.clip(np.median(flat[:, ::_EVERY], axis=1), _LEAST_NOISE, _MOST_NOISE)
    return bool((flat.max(axis=1) > threshold * noise).any())


def resized_mask(mask: NDArray[np.bool_], height: int, width: int) -> NDArray[np.bool_]:
    """A mask of that size, set wherever a set cell reaches."""
    resized = mask
    for axis, length in enumerate((height, width)):
        cells = resized.shape[axis]
        begin = np.arange(length) * cells // length
        end = -(-np.arange(1, length + 1) * cells // length)
        until = np.insert(np.cumsum(resized, axis=axis), 0, 0, axis=axis)
        resized = until.take(end, axis) > until.take(begin, axis)
    return resized
