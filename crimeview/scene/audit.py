"""Which of the skipped parts of a recording are decoded all the same, to see what was missed."""

import hashlib

import numpy as np
from numpy.typing import NDArray

from crimeview.core.spans import Spans, merged, within
from crimeview.scene.gops import GopTable

_SHARE = 0.02  # of the skipped time
_CLIPS = 3  # how many clips each audited part has room for at least


def audited(gops: GopTable, kept: Spans, *, clip: float, seed: str) -> Spans:
    """Choose about 2 % of the time that `kept` (s) leaves out, as runs of whole groups (s).

    Each run is long enough for three clips of `clip` (s) where the skipped part is. Chosen by
    chance from `seed`: the same for the same text. At least one run where anything was skipped.
    """
    skipped = ~within(kept, gops.times)
    if not skipped.any():
        return np.empty((0, 2))
    wanted = _SHARE * float((gops.ends - gops.times)[skipped].sum())
    digest = hashlib.sha256(seed.encode()).digest()
    random = np.random.default_rng(int.from_bytes(digest[:8], "little"))
    chosen: list[tuple[float, float]] = []
    seconds, taken = 0.0, np.zeros(len(skipped), np.bool_)
    for first in random.permutation(np.flatnonzero(skipped)).tolist():
        if seconds >= wanted and chosen:
            break
        stop = _run_end(gops, skipped & ~taken, first, least=_CLIPS * clip)
        if stop > first:
            taken[first:stop] = True
            chosen.append((float(gops.times[first]), float(gops.ends[stop - 1])))
            seconds += chosen[-1][1] - chosen[-1][0]
    return merged(np.array(chosen))


def _run_end(
    gops: GopTable,
    free: NDArray[np.bool_],
    first: int,
    *,
    least: float,
) -> int:
    """The group after a run of free ones from `first` that lasts `least` (s) where it can."""
    stop = first
    while stop < len(free) and free[stop] and gops.times[stop] - gops.times[first] < least:
        stop += 1
    return stop
