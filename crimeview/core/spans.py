"""Spans of time: what lies within, what is left, how much it is."""

import numpy as np
from numpy.typing import NDArray

# (n, 2) float64: start and end (s) of each, ascending, disjoint, the end not included.
Spans = NDArray[np.float64]


def merged(spans: NDArray[np.float64], *, gap: float = 0.0) -> Spans:
    """Any spans (n, 2), in any order, as ascending ones that do not touch.

    Those at most `gap` (s) apart become one; empty ones are left out.
    """
    rows = spans[spans[:, 1] > spans[:, 0]]
    if len(rows) == 0:
        return np.empty((0, 2))
    rows = rows[np.argsort(rows[:, 0], kind="stable")]
    ends = np.maximum.accumulate(rows[:, 1])
    begins = np.concatenate([[True], rows[1:, 0] > ends[:-1] + gap])
    last = np.concatenate([np.flatnonzero(begins)[1:] - 1, [len(rows) - 1]])
    return np.column_stack([rows[begins, 0], ends[last]])


def widened(spans: Spans, *, by: float, end: float) -> Spans:
    """Each longer by `by` (s) at both ends, within 0 to `end`."""
    return merged(np.clip(spans + np.array([-by, by]), 0.0, end))


def complement(spans: Spans, *, end: float) -> Spans:
    """What of 0 to `end` (s) lies in none of them."""
    edges = np.concatenate([[0.0], np.clip(spans, 0.0, end).ravel(), [end]]).reshape(-1, 2)
    return merged(edges)


def covered(spans: Spans) -> float:
    """Seconds of all together."""
    return float((spans[:, 1] - spans[:, 0]).sum())


def within(spans: Spans, times: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which of the times (n,) lie in one of them."""
    if len(spans) == 0:
        return np.zeros(len(times), np.bool_)
    at = np.searchsorted(spans[:, 0], times, side="right") - 1
    return np.asarray((at >= 0) & (times < spans[np.maximum(at, 0), 1]))
