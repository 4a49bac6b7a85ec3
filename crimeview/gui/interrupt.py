"""Closing the window in good order when the terminal or the system asks the process to end."""

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QWidget

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def close_on_interrupt(window: QWidget) -> Iterator[None]:
    """Close the window on Ctrl-C and on SIGTERM.

    Python runs its signal handlers between byte codes, and there are none while Qt waits for
    events: each signal is written to a socket as well, and that wakes the event loop.
    """
    woken, waker = socket.socketpair()
    waker.setblocking(False)  # noqa: FBT003 (the standard library's own signature)
    woken.setblocking(False)  # noqa: FBT003
    notifier = QSocketNotifier(woken.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda: woken.recv(1))
    before = signal.set_wakeup_fd(waker.fileno())
    handlers = {number: signal.signal(number, lambda *_: window.close()) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(before)
        notifier.setEnabled(False)
        woken.close()
        waker.close()
