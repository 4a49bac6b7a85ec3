"""How long the window's own thread works in one go, without seeing to input and painting."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from benchmarks.watchdog import Blocks, watched
from tests.gui.driven import Driven, pass_time

BLOCKED = 50.0  # ms that nobody is to wait
_ROUNDS = 4


@contextmanager
def by_itself() -> Iterator[None]:
    """What earlier tests have left is not looked through for garbage meanwhile.

    A window has a process of its own, in which there is only what is its own to be looked through.
    """
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


@contextmanager
def watched_alone() -> Iterator[Blocks]:
    """Watch this thread while the window is by itself."""
    with by_itself(), watched() as blocks:
        yield blocks


def held(driven: Driven, act: Callable[[int], None], *, rounds: int = _ROUNDS) -> float:
    """Processor time (ms) at most while `act` and what it sets off take place.

    Of several rounds, each with its number, the one that took least: that of a machine which is
    busy otherwise is longer, and what holds the window does so in each.
    """
    found = []
    for number in range(rounds):
        driven.settle()
        with watched_alone() as blocks:
            pass_time(5)  # before which nothing is measured
            act(number)
            pass_time(5)  # for what was set off to begin, and to be painted
            driven.settle()
        assert blocks.ticks > 1, "it was not watched"
        found.append(blocks.own)
    return min(found)
