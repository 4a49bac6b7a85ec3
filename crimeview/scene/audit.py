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

    Each run is long enough for three clips of `clip` (s) where the skipped part is; parts that are
    come first. Chosen by chance from `seed`: the same for the same text. At least one run where
    anything was skipped.
    """
    free = ~within(kept, gops.times)
    if not free.any():
        return np.empty((0, 2))
    wanted = _SHARE * float((gops.ends - gops.times)[free].sum())
    chosen: list[tuple[float, float]] = []
    seconds = 0.0
    for drawn in _drawn(gops, free, least=_CLIPS * clip, seed=seed):
        if seconds >= wanted and chosen:
            break
        if free[drawn]:
            first, stop = _run(gops, free, drawn, least=_CLIPS * clip)
            free[first:stop] = False
            chosen.append((float(gops.times[first]), float(gops.ends[stop - 1])))
            seconds += chosen[-1][1] - chosen[-1][0]
    return merged(np.array(chosen))


def _drawn(gops: GopTable, free: NDArray[np.bool_], *, least: float, seed: str) -> list[int]:
    """The free groups in an order by chance, those in parts that last `least` (s) first."""
    digest = hashlib.sha256(seed.encode()).digest()
    random = np.random.default_rng(int.from_bytes(digest[:8], "little"))
    drawn = random.permutation(np.flatnonzero(free))
    parts = np.cumsum(np.diff(free, prepend=False))  # a number for each part, free or not
    lengths = np.bincount(parts, weights=gops.ends - gops.times)
    short = lengths[parts[drawn]] < least
    return [*drawn[~short].tolist(), *drawn[short].tolist()]


def _run(gops: GopTable, free: NDArray[np.bool_], drawn: int, *, least: float) -> tuple[int, int]:
    """First and stop of a run of free groups with that one, which lasts `least` (s) where it can.

    It goes on from the drawn one, and back where the free part ends too soon.
    """
    first, stop = drawn, drawn + 1
    while stop < len(free) and free[stop] and gops.ends[stop - 1] - gops.times[first] < least:
        stop += 1
    while first > 0 and free[first - 1] and gops.ends[stop - 1] - gops.times[first] < least:
        first -= 1
    return first, stop
