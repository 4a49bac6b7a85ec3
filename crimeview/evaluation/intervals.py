"""Annotated spans of frames: `start-end;start-end`, zero-based, half open."""

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Interval = tuple[int, int]

_SPAN = re.compile(r"(\d+)\s*[-–—~]\s*(\d+)")
_NOTHING = ("", "-", "none", "nan", "null")


def is_span(text: str) -> bool:
    """Whether a text is one span, and nothing else."""
    return _SPAN.fullmatch(text.strip()) is not None


def parse_intervals(text: str) -> tuple[Interval, ...]:
    """The spans of a cell in order of time; none where it is empty.

    Raises ValueError with a sentence for what is no span, is empty or overlaps.
    """
    if text.strip().lower() in _NOTHING:
        return ()
    spans = []
    for part in filter(None, (p.strip() for p in re.split(r"[;|]", text))):
        match = _SPAN.fullmatch(part)
        if match is None:
            raise ValueError(
                f"“{part}” is not a span of frames; write start-end, several joined by “;”."
            )
        start, end = int(match[1]), int(match[2])
        if start >= end:
            raise ValueError(
                f"The span {part} is empty: its end, exclusive, must follow its start."
            )
        spans.append((start, end))
    spans.sort()
    for (a, b), (c, d) in pairwise(spans):
        if c < b:
            raise ValueError(f"The spans {a}-{b} and {c}-{d} overlap; join or part them.")
    return tuple(spans)


def clipped(spans: Sequence[Interval], frames: int) -> tuple[tuple[Interval, ...], str | None]:
    """The spans within a recording of so many frames, and a sentence if any was cut.

    Raises ValueError with a sentence for a span that begins after the last frame.
    """
    for start, end in spans:
        if start >= frames:
            raise ValueError(
                f"The span {start}-{end} lies behind the last frame: there are {frames} frames, "
                "numbered from 0; correct the labels."
            )
    cut = tuple((start, min(end, frames)) for start, end in spans)
    if cut == tuple(spans):
        return cut, None
    return (
        cut,
        f"The last span ends at {spans[-1][1]}, after the last of {frames} frames: cut there.",
    )


def flags(spans: Sequence[Interval], frames: int) -> NDArray[np.bool_]:
    """Which of the frames lie in a span, (frames,)."""
    inside = np.zeros(frames, np.bool_)
    for start, end in spans:
        inside[start:end] = True
    return inside
