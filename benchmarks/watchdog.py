"""How long the window's own thread is held without a chance to see to input and painting."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, QTimer

_EVERY = 2  # ms


@dataclass(slots=True)
class Blocks:
    """The longest that a thread was held, in ms: by the clock and of its own processor time.

    Only the latter tells on a machine that is busy with other things; the former counts waiting for
    the interpreter too, while other threads have it.
    """

    wall: float = 0.0
    own: float = 0.0
    ticks: int = field(default=0)
    every: list[float] = field(default_factory=list)  # of its own, each time

    def often(self, times: int) -> float:
        """For how long (ms, its own) it was held that many times, or longer.

        What holds it whenever something is done does so often; a machine that is busy otherwise
        makes single times longer.
        """
        return sorted(self.every, reverse=True)[:times][-1] if self.every else 0.0


@contextmanager
def watched() -> Iterator[Blocks]:
    """Watch this thread's event loop within the block."""
    blocks = Blocks()
    timer = QTimer(QCoreApplication.instance(), interval=_EVERY)
    last = [time.perf_counter(), time.thread_time()]

    def tick() -> None:
        now, own = time.perf_counter(), time.thread_time()
        if blocks.ticks:
            blocks.wall = max(blocks.wall, 1000 * (now - last[0]))
            blocks.own = max(blocks.own, 1000 * (own - last[1]))
            blocks.every.append(1000 * (own - last[1]))
        blocks.ticks += 1
        last[:] = now, own

    timer.timeout.connect(tick)
    timer.start()
    try:
        yield blocks
    finally:
        tick()  # what held it to the end counts too
        timer.stop()
        timer.deleteLater()
