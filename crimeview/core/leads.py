"""What is left to look at of what was found, once a person has reviewed some of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crimeview.core.segment import Segment
from crimeview.core.spans import Spans, merged
from crimeview.core.track import Track

NEAR = 2.0  # s around what was reviewed: the flanks of the same event
_SHORTEST = 0.5  # s of a rest that is worth a look


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """What nobody has looked at of a found segment: its number, and the span (s)."""

    number: int
    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Leads:
    """Numbers of the found segments that are whole, and rests of those that are not."""

    whole: tuple[int, ...]
    rests: tuple[Rest, ...]


def leads(found: Sequence[Segment], reviewed: NDArray[np.float64]) -> Leads:
    """What of `found` is not answered by the `reviewed` spans (n, 2; s), in any order.

    A found segment that no reviewed span touches is whole. Of another, what lies more than `NEAR`
    seconds from what was reviewed is left: another rule may have made one segment of an event that
    was judged and of hours around it that nobody has seen.
    """
    if len(reviewed) == 0 or not found:
        return Leads(whole=tuple(range(len(found))), rests=())
    spans = np.array([(s.start, s.end) for s in found])
    touched = _touch(merged(reviewed), spans)
    near = merged(reviewed + np.array([-NEAR, NEAR]))
    open_ = touched & ~_covered(near, spans)
    rests = [
        Rest(number=number, start=start, end=end)
        for number in np.flatnonzero(open_).tolist()
        for start, end in _minus(found[number], near)
    ]
    return Leads(whole=tuple(np.flatnonzero(~touched).tolist()), rests=tuple(rests))


def scored(scores: Track, *, start: float, end: float) -> Segment | None:
    """A span (s) with the scores in it; None where the track has no row there."""
    times = scores.times
    first = int(np.searchsorted(times[:, 1], start, side="right"))
    stop = int(np.searchsorted(times[:, 0], end, side="left"))
    if first >= stop:
        return None
    values = scores.values[first:stop]
    top = first + int(np.argmax(values))
    return Segment(
        start=start,
        end=end,
        peak=float(scores.values[top]),
        peak_time=float(np.clip(times[top].mean(), start, end)),
        mean=float(values.mean(dtype=np.float64)),
    )


def _touch(reviewed: Spans, spans: Spans) -> NDArray[np.bool_]:
    """Which spans share more than a border with a reviewed one."""
    after = np.searchsorted(reviewed[:, 1], spans[:, 0], side="right")
    at = np.minimum(after, len(reviewed) - 1)
    return np.asarray((after < len(reviewed)) & (reviewed[at, 0] < spans[:, 1]))


def _covered(near: Spans, spans: Spans) -> NDArray[np.bool_]:
    """Which spans lie within one of the others, but for a rest too short to look at."""
    at = np.searchsorted(near[:, 0], spans[:, 0] + _SHORTEST, side="right") - 1
    return np.asarray((at >= 0) & (near[np.maximum(at, 0), 1] > spans[:, 1] - _SHORTEST))


def _minus(segment: Segment, near: Spans) -> list[tuple[float, float]]:
    within = near[(near[:, 1] > segment.start) & (near[:, 0] < segment.end)]
    edges = [segment.start, *within.ravel().tolist(), segment.end]
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return [(start, end) for start, end in pairs if end - start >= _SHORTEST]
