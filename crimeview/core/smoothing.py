"""Smoothing a score track: what it says over a while rather than from moment to moment."""

import numpy as np

from crimeview.core.track import Track


def smoothed(track: Track, *, seconds: float) -> Track:
    """Each value ((n,) values) as the mean of those within half of `seconds` before and after it.

    The mean is over the rows' time, so that a variable frame rate needs no special case.
    """
    if seconds <= 0.0 or len(track.values) == 0:
        return track
    lengths = np.maximum(track.times[:, 1] - track.times[:, 0], 1e-9)
    sums = np.concatenate([[0.0], np.cumsum(track.values * lengths, dtype=np.float64)])
    spans = np.concatenate([[0.0], np.cumsum(lengths)])
    centers = track.times.mean(axis=1)
    first = np.searchsorted(centers, centers - seconds / 2)
    last = np.searchsorted(centers, centers + seconds / 2, side="right")
    means = (sums[last] - sums[first]) / (spans[last] - spans[first])
    return Track(track.kind, track.times, means.astype(np.float32))
