"""Segments of several scorers as one list, in which each says what found it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import reduce
from operator import or_

import numpy as np
from numpy.typing import NDArray

from crimeview.core.segment import Segment

_SHARED = 0.5  # of the shorter of two segments; then both scorers found the same


def fused(first: Sequence[Segment], more: Sequence[Segment]) -> list[Segment]:
    """Both together, in order of time; where they found the same, the first one's stands for both.

    It then says so, is to be expected as rarely as the rarer one, and has the reason of the other
    if it has none itself.
    """
    found = list(first)
    same: dict[int, list[Segment]] = {}
    left = []
    for segment, numbers in zip(more, _same(first, more), strict=True):
        for number in numbers:
            same.setdefault(number, []).append(segment)
        if not numbers:
            left.append(segment)
    for number, others in same.items():
        found[number] = _joined(found[number], others)
    return sorted([*found, *left], key=lambda segment: (segment.start, segment.end))


def same_as(span: tuple[float, float], segments: Sequence[Segment]) -> list[Segment]:
    """Those of the segments that are the same as one of that span (s)."""
    start, end = span

    def shares(segment: Segment) -> bool:
        shared = min(segment.end, end) - max(segment.start, start)
        return shared > _SHARED * min(segment.end - segment.start, end - start)

    return [segment for segment in segments if shares(segment)]


def spans_of(segments: Sequence[Segment]) -> NDArray[np.float64]:
    """Their spans (n, 2; s), in their order."""
    return np.array([(s.start, s.end) for s in segments], np.float64).reshape(-1, 2)


def _joined(segment: Segment, others: Sequence[Segment]) -> Segment:
    rarest = sorted(others, key=_rarity)
    told = next((one for one in (segment, *rarest) if one.reason is not None), segment)
    return replace(
        segment,
        found_by=reduce(or_, (other.found_by for other in others), segment.found_by),
        per_hour=min(_rarity(segment), _rarity(rarest[0])),
        reason=told.reason,
        number=told.number,
        seen_class=told.seen_class,
        looks=told.looks,
    )


def _rarity(segment: Segment) -> float:
    return segment.per_hour if segment.per_hour is not None else np.inf


def _same(first: Sequence[Segment], more: Sequence[Segment]) -> Iterator[list[int]]:
    """For each of `more` the numbers of those of `first` that are the same."""
    spans = spans_of(first)
    order = np.argsort(spans[:, 0], kind="stable")
    starts, ends = spans[order].T
    reach = np.maximum.accumulate(ends)  # later ones may end sooner
    for segment in more:
        begin = int(np.searchsorted(reach, segment.start, side="right"))
        stop = int(np.searchsorted(starts, segment.end, side="left"))
        one, other = starts[begin:stop], ends[begin:stop]
        shared = np.minimum(other, segment.end) - np.maximum(one, segment.start)
        shorter = np.minimum(other - one, segment.end - segment.start)
        numbers: list[int] = order[begin:stop][shared > _SHARED * shorter].tolist()
        yield numbers
