"""Waiting for what another thread or process does."""

import time
from collections.abc import Callable

_RUNNING = 0.1  # s between two looks at most, of a process that runs


def wait_for(condition: Callable[[], object], *, seconds: float = 60.0) -> float:
    """Wait until it holds; gives how long (s) that took.

    Time in which this process was not let run at all is not counted: it is the machine's.
    """
    before, took = time.monotonic(), 0.0
    while not condition():
        assert took < seconds, "it did not come to hold"
        time.sleep(0.01)
        now = time.monotonic()
        took, before = took + min(now - before, _RUNNING), now
    return took
