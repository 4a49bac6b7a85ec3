"""How the processor's cores are shared by recordings that are analyzed at the same time."""

import os
from dataclasses import dataclass

_MOST_LANES = 4  # each holds pictures of its own
_MOST_DECODING = 8  # threads for one recording: more only cost memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """`lanes` recordings at a time, with so many threads each for decoding and for networks."""

    lanes: int
    decode_threads: int
    net_threads: int


def own_cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):  # not on every system
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def shares(*, recordings: int, lanes: int | None, cores: int | None = None) -> Shares:
    """What suits so many recordings; `lanes` None chooses, `cores` None are those of this process.

    One recording keeps two cores busy: its decoder and its network take turns.
    """
    count = cores or own_cores()
    wanted = lanes or min(_MOST_LANES, count // 2)
    used = max(1, min(wanted, recordings))
    each = max(1, count // used)
    return Shares(lanes=used, decode_threads=min(_MOST_DECODING, max(2, each)), net_threads=each)
