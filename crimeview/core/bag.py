"""A recording as a bag of a fixed number of segments, as Sultani et al. 2018 make it.

The limits are those of the authors' own `Save_C3DFeatures_32Segments.m`
(WaqasSultani/AnomalyDetectionCVPR2018): `round(linspace(1, n, 33))`, each segment from its limit to
before the next one, or the one clip at its limit where the next limit is the same. So a recording
with fewer clips than segments repeats clips, and but for very short ones the last clip is in no
average.
"""

import numpy as np
from numpy.typing import NDArray

PAPER_SEGMENTS = 32  # of Sultani et al., however long the recording is


def segment_limits(clips: int, *, segments: int) -> NDArray[np.int64]:
    """First clip of each segment and the last limit, (segments + 1,), counted from 0.

    `clips` must be at least 1. Halves are rounded up, as MATLAB rounds them.
    """
    steps = np.arange(segments + 1, dtype=np.int64) * (clips - 1)
    return (2 * steps + segments) // (2 * segments)


def segment_of_clips(clips: int, *, segments: int) -> NDArray[np.int64]:
    """The segment (0 to segments - 1) that each clip is in, (clips,).

    Of several segments that repeat a clip it is the last; the last clip counts with the last one.
    """
    limits = segment_limits(clips, segments=segments)
    return np.searchsorted(limits[:-1], np.arange(clips), side="right") - 1


def segment_times(times: NDArray[np.float64], *, segments: int) -> NDArray[np.float64]:
    """Start and end (s) of each segment (segments, 2) of clips with these `times` (n, 2).

    A segment lasts until the next begins; one that repeats another's clip lasts no time at all.
    """
    limits = segment_limits(len(times), segments=segments)
    starts = times[limits[:-1], 0]
    return np.column_stack([starts, np.append(starts[1:], times[-1, 1])])


class SegmentMeans:
    """Averages of features over the segments, taken in part by part: memory for one bag only."""

    def __init__(self, clips: int, *, segments: int) -> None:
        limits = segment_limits(clips, segments=segments)
        self._starts = limits[:-1]
        self._stops = np.maximum(limits[1:], self._starts + 1)
        self._sums = np.zeros((segments, 1))
        self._taken = 0

    def take(self, features: NDArray[np.floating]) -> None:
        """Take in the next clips' features (k, d), in order of time."""
        first, last = self._taken, self._taken + len(features)
        if first == 0:
            self._sums = np.zeros((len(self._starts), features.shape[1]))
        for segment in np.flatnonzero((self._starts < last) & (self._stops > first)):
            start, stop = self._starts[segment], self._stops[segment]
            rows = features[max(start - first, 0) : stop - first]
            self._sums[segment] += rows.sum(axis=0, dtype=np.float64)
        self._taken = last

    def means(self) -> NDArray[np.float32]:
        """The averages (segments, d); all clips must have been taken in."""
        counts = self._stops - self._starts
        return (self._sums / counts[:, None]).astype(np.float32)
