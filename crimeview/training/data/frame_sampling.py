"""Single frames for classifiers that see no motion."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from crimeview.training.data.examples import Example
from crimeview.training.data.framecache import Frames
from crimeview.training.data.windows import usable_span

EVERY = 6


@dataclass(frozen=True, slots=True)
class FrameSample:
    """A frame to take: example number, frame number, and its time (s)."""

    example: int
    row: int
    time: float


def every_kth_frame(
    examples: Sequence[Example], frames: Sequence[Frames], *, every: int = EVERY
) -> list[FrameSample]:
    """One frame in `every` of what may be used of each example, at least one.

    The middle one of each run of `every` frames, so that short clips lose as much at both ends. In
    a recording with an event only the event's frames are taken, of weak examples none: where
    the label does not hold, a frame would be mislabeled.
    """
    samples = []
    for number, (example, seen) in enumerate(zip(examples, frames, strict=True)):
        if example.weak:
            continue
        start, end = usable_span(seen.times, example.central)
        start, end = max(start, example.span[0]), min(end, example.span[1])
        middle = seen.times.mean(axis=1)
        rows = np.flatnonzero((middle >= start) & (middle < end))
        chosen = rows[every // 2 :: every] if len(rows) > every // 2 else rows[len(rows) // 2 :][:1]
        samples += [FrameSample(number, int(row), float(seen.times[row, 0])) for row in chosen]
    return samples
