"""What a computer can watch: how often each camera can be looked at."""

from collections.abc import Sequence
from dataclasses import dataclass

from crimeview.core.watching import Capacity

_SHARE = 0.75  # of the cores; the rest is for the window, the system and what comes at once
_MARGIN = 0.1  # of what there is that must be free beyond, before more is done again
_MOST = 4  # of the encoder's steps from clip to clip: beyond, events fall between two clips


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraCost:
    """What a camera takes, in seconds of one core for a second of its pictures.

    Those of the networks are seconds of the thread that scores.

    `reading` is for receiving, decoding and sampling, `analyzing` for its clips at the networks'
    own rate, `following` for what is of use at its own rate only: following its people.
    """

    reading: float
    analyzing: float
    following: float = 0.0


@dataclass(frozen=True, slots=True)
class Choice:
    """That each `nth` clip is looked at, and of how many cameras people are followed."""

    nth: int = 1
    followed: int = 0


FREE = Choice()


def capacity(
    costs: Sequence[CameraCost],
    *,
    cores: int,
    step: float,
    before: Choice = FREE,
    slowed: float = 1.0,
    left_out: int = 0,
) -> Capacity:
    """How often cameras of these costs can be looked at on so many cores.

    `step` are seconds from one clip to the next at the encoder's own rate, `before` is what was
    chosen last. `slowed` says how many times as long scoring takes as the processor works on it,
    as other programs take their share of it; `left_out` is how many pictures and clips there was no
    time for since the last choice. The command line and the window both choose by this. People are
    followed on the first cameras, as many as leave room for all others' clips.
    """
    reading = sum(cost.reading for cost in costs)
    analyzing = sum(cost.analyzing for cost in costs)
    room = min(_SHARE * cores - reading, _SHARE / slowed)  # one thread scores all clips
    number, following = _followed(
        costs, room - analyzing, before=before.followed, margin=_MARGIN * room
    )
    nth = _nth(analyzing, room - following, before=before.nth)
    load = (reading + following + analyzing / nth) / cores
    return Capacity(
        cameras=len(costs),
        cores=cores,
        nth=nth,
        every=nth * step,
        load=load,
        decoding=reading / cores,
        analyzing=(analyzing / nth + following) / cores,
        enough=nth == 1
        and load <= _SHARE
        and slowed * (following + analyzing) <= _SHARE
        and left_out == 0
        and number == sum(c.following > 0 for c in costs),
        followed=number,
        slowed=slowed,
        left_out=left_out,
    )


def _nth(analyzing: float, room: float, *, before: int) -> int:
    """Which clip is looked at; more often than `before` only where there is room to spare."""
    for nth in range(1, _MOST):
        spare = _MARGIN if nth < before else 0.0
        if analyzing / nth <= room * (1.0 - spare):
            return nth
    return _MOST


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
