"""How the processor's cores are shared by recordings that are analyzed at the same time."""

from dataclasses import dataclass

from crimeview.nets.engines import usable_cores

_MOST_LANES = 4  # each holds pictures of its own
_MOST_DECODING = 8  # threads for one recording: more only cost memory
# More than the cores: a decoder's thread waits while what it made is being scaled.
_AHEAD = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """`lanes` recordings at a time, each with its share of the cores.

    `decode_threads` decode pictures one after the other; `cores` is how many are to be busy.
    """

    lanes: int
    decode_threads: int
    cores: int


def shares(*, recordings: int, lanes: int | None, cores: int | None = None) -> Shares:
    """What suits so many recordings; `lanes` None chooses, `cores` None are those of this process.

    One recording keeps two cores busy: its decoder and its network take turns.
    """
    count = cores or usable_cores()
    wanted = lanes or min(_MOST_LANES, count // 2)
    used = max(1, min(wanted, recordings))
    each = max(1, count // used)
    return Shares(lanes=used, decode_threads=min(_MOST_DECODING, each + _AHEAD), cores=each)
