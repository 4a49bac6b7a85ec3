"""The median of a few frames by smaller and larger ones alone.

ONNX has no median, and sorting (TopK) took two thirds of a small network's time on onnxruntime:
a chain of elementwise minima and maxima gives the same numbers, to the bit, in a tenth of that.
"""

import torch
from torch import Tensor


def median_frame(frames: Tensor, *, axis: int) -> Tensor:
    """The median along an axis of odd length at least 3, which stays, with length 1.

    Forgetful selection: among more than half of the values neither the least nor the largest can be
    the median, so both are forgotten and the next value joins, until three are left.
    """
    waiting = list(torch.split(frames, 1, dim=axis))
    if len(waiting) < 3 or len(waiting) % 2 == 0:
        raise ValueError(f"an odd number of frames from 3 on has a median here, not {len(waiting)}")
    held = [waiting.pop() for _ in range(len(waiting) // 2 + 2)]
    while len(held) > 3:
        held = [*_without_extremes(held), *waiting[:1]]
        waiting = waiting[1:]
    low, high = _ordered(held[0], held[1])
    return torch.maximum(low, torch.minimum(high, held[2]))


def _without_extremes(values: list[Tensor]) -> list[Tensor]:
    """All but the least and the largest; which those are differs from place to place."""
    pairs = [_ordered(a, b) for a, b in zip(values[::2], values[1::2], strict=False)]
    (least, largest), kept = pairs[0], list[Tensor]()
    for low, high in pairs[1:]:
        least, larger = _ordered(least, low)
        smaller, largest = _ordered(high, largest)
        kept += [larger, smaller]
    if len(values) % 2:
        last = torch.maximum(least, values[-1])
        kept.append(torch.minimum(last, largest))
    return kept


def _ordered(first: Tensor, second: Tensor) -> tuple[Tensor, Tensor]:
    return torch.minimum(first, second), torch.maximum(first, second)
