"""What a computer can watch: how often each camera can be looked at."""

from collections.abc import Sequence
from dataclasses import dataclass

from crimeview.core.watching import Capacity

_SHARE = 0.75  # of the cores; the rest is for the window, the system and what comes at once
_MOST = 4  # of the encoder's steps from clip to clip: beyond, events fall between two clips


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraCost:
    """What a camera takes, in seconds of one core for a second of its pictures.

    `reading` is for receiving, decoding and sampling, `analyzing` for its clips at the networks'
    own rate.
    """

    reading: float
    analyzing: float


def capacity(costs: Sequence[CameraCost], *, cores: int, step: float) -> Capacity:
    """How often cameras of these costs can be looked at on so many cores.

    `step` are seconds from one clip to the next at the encoder's own rate. The command line and the
    window both choose by this.
    """
    reading = sum(cost.reading for cost in costs)
    analyzing = sum(cost.analyzing for cost in costs)
    room = _SHARE * cores - reading
    nth = next((n for n in range(1, _MOST) if analyzing / n <= room), _MOST)
    load = (reading + analyzing / nth) / cores
    return Capacity(
        cameras=len(costs),
        cores=cores,
        nth=nth,
        every=nth * step,
        load=load,
        decoding=reading / cores,
        analyzing=analyzing / nth / cores,
        enough=nth == 1 and load <= _SHARE,
    )
