"""What a computer can watch: how often each camera can be looked at."""

from collections.abc import Sequence
from dataclasses import dataclass

from crimeview.core.watching import Capacity

_SHARE = 0.75  # of the cores; the rest is for the window, the system and what comes at once
_MARGIN = 0.1  # of the cores that must be free beyond, before one more camera's people are followed
_MOST = 4  # of the encoder's steps from clip to clip: beyond, events fall between two clips


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraCost:
    """What a camera takes, in seconds of one core for a second of its pictures.

    `reading` is for receiving, decoding and sampling, `analyzing` for its clips at the networks'
    own rate, `following` for what is of use at its own rate only: following its people.
    """

    reading: float
    analyzing: float
    following: float = 0.0


def capacity(
    costs: Sequence[CameraCost], *, cores: int, step: float, followed: int = 0
) -> Capacity:
    """How often cameras of these costs can be looked at on so many cores.

    `step` are seconds from one clip to the next at the encoder's own rate, `followed` of how many
    cameras people are followed now. The command line and the window both choose by this. People
    are followed on the first cameras, as many as leave room for all others' clips.
    """
    reading = sum(cost.reading for cost in costs)
    analyzing = sum(cost.analyzing for cost in costs)
    room = _SHARE * cores - reading
    number, following = _followed(costs, room - analyzing, before=followed, margin=_MARGIN * cores)
    nth = next((n for n in range(1, _MOST) if analyzing / n <= room - following), _MOST)
    load = (reading + following + analyzing / nth) / cores
    return Capacity(
        cameras=len(costs),
        cores=cores,
        nth=nth,
        every=nth * step,
        load=load,
        decoding=reading / cores,
        analyzing=(analyzing / nth + following) / cores,
        enough=nth == 1 and load <= _SHARE and number == sum(c.following > 0 for c in costs),
        followed=number,
    )


def _followed(
    costs: Sequence[CameraCost], room: float, *, before: int, margin: float
) -> tuple[int, float]:
    """Of how many cameras people can be followed, and what that takes.

    One more only where there is room to spare, so that it is not begun and given up by turns.
    """
    number, taken = 0, 0.0
    for cost in costs:
        if cost.following == 0.0:
            continue
        spare = margin if number >= before else 0.0
        if taken + cost.following + spare > room:
            break
        number, taken = number + 1, taken + cost.following
    return number, taken
