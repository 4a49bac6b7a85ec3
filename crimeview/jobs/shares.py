"""How the processor's cores are shared by recordings that are analyzed at the same time."""

from dataclasses import dataclass

from crimeview.nets.engines import usable_cores

_MOST_LANES = 4  # each holds pictures of its own
_MOST_DECODING = 8  # threads for one recording: more only cost memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """`lanes` recordings at a time, with so many threads each for decoding and for networks."""

    lanes: int
    decode_threads: int
    net_threads: int


def shares(*, recordings: int, lanes: int | None, cores: int | None = None) -> Shares:
    """What suits so many recordings; `lanes` None chooses, `cores` None are those of this process.

    One recording keeps two cores busy: its decoder and its network take turns.
    """
    count = cores or usable_cores()
    wanted = lanes or min(_MOST_LANES, count // 2)
    used = max(1, min(wanted, recordings))
    each = max(1, count // used)
    return Shares(lanes=used, decode_threads=min(_MOST_DECODING, max(2, each)), net_threads=each)
