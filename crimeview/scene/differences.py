"""How unlike its surroundings in time each cell of small pictures is, in multiples of its noise.

Light that changes over the whole picture is taken out; what is left is held against what the same
cell and its neighbors usually do (the smaller deviations of some minutes), so that sensor
noise, the encoder's pulsing and leaves count for little where they are usual.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Pictures = NDArray[np.uint8]  # (n, rows, columns)
Differences = NDArray[np.float32]

AROUND = 12  # pictures before and after, of whose median each picture is held against
_BLOCK = 6  # pictures that share a median
_LEAST_NOISE = 0.9  # levels: what rounding to whole levels and a keyframe's quantizer can hide
# Standard deviations of a normal distribution in the mean of the smaller two thirds of its
# deviations. The median would be as robust, but of whole levels it is 0, 1 or 2.
_SHARE, _DEVIATION = 2 / 3, 2.236
_EVERY = 2  # for the gain, every second row and column are enough


def from_previous(pictures: Pictures) -> Differences:
    """What is new in each picture, levels (n, rows, columns) float32, zero for the first."""
    new = np.zeros(pictures.shape, np.float32)
    for picture, before, out in zip(pictures[1:], pictures[:-1], new[1:], strict=True):
        _subtract(picture, before, out)
    return new


def from_median(pictures: Pictures, *, first: int, stop: int) -> Differences:
    """How pictures `first` to `stop` differ from the median of those around them, levels."""
    out = np.empty((stop - first, *pictures.shape[1:]), np.float32)
    for begin, end, median in _medians(pictures, first, stop):
        for picture, row in zip(pictures[begin:end], out[begin - first :], strict=False):
            _subtract(picture, median, row)
    return out


def noise(differences: Differences) -> Differences:
    """The usual size of differences (n, rows, columns) per cell, levels (rows, columns).

    Each cell has the largest of its neighborhood of 3x3: what is noisy there may be so here.
    """
    size = np.abs(differences)
    smaller = max(1, round(_SHARE * len(size)))
    size.partition(smaller - 1, axis=0)
    return _dilated(np.maximum(_DEVIATION * size[:smaller].mean(axis=0), _LEAST_NOISE))


def _medians(
    pictures: Pictures, first: int, stop: int
) -> Iterator[tuple[int, int, NDArray[np.int16]]]:
    for begin in range(first, stop, _BLOCK):
        end = min(begin + _BLOCK, stop)
        middle = (begin + end) // 2
        # At the ends of a recording, as many pictures from the one side alone.
        low = max(0, min(middle - AROUND, len(pictures) - 2 * AROUND - 1))
        # Five times faster than on bytes.
        around = pictures[low : low + 2 * AROUND + 1].astype(np.int16)
        around.partition(len(around) // 2, axis=0)
        yield begin, end, around[len(around) // 2]


def _subtract(picture: Pictures, reference: NDArray[np.integer], out: Differences) -> None:
    few, others = picture[::_EVERY, ::_EVERY], reference[::_EVERY, ::_EVERY]
    gain = float(np.median(few / np.maximum(others, np.float32(1.0))))
    np.multiply(reference, np.float32(-gain), out=out)
    out += picture


def _dilated(cells: Differences) -> Differences:
    padded = np.pad(cells, 1, mode="edge")
    rows = np.maximum(np.maximum(padded[:-2], padded[1:-1]), padded[2:])
    return np.maximum(np.maximum(rows[:, :-2], rows[:, 1:-1]), rows[:, 2:])
