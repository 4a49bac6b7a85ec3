"""Being asked to stop: Ctrl-C and SIGTERM end a job between two of its steps."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Stopped(Exception):  # noqa: N818 (not an error: the user asked for it)
    """A job was closed because a signal came; `code` is the exit code that says so."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.code = 128 + number


class StopRequest:
    """The signal that came, if any."""

    def __init__(self) -> None:
        self.number: int | None = None

    def _on_signal(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002
        if self.number is not None:
            raise KeyboardInterrupt  # asked twice: now, not at the next step
        self.number = number


@contextmanager
def stop_requests() -> Iterator[StopRequest]:
    """Within, SIGINT and SIGTERM are noted instead of interrupting; a second one interrupts."""
    request = StopRequest()
    before = {n: signal.signal(n, request._on_signal) for n in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield request
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
