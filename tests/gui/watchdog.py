"""Measures how long the window's thread is kept from its events."""

import time

from PySide6.QtCore import QAbstractEventDispatcher, QObject


class Watchdog(QObject):
    """Between its making and `stop`: the longest the GUI thread worked without looking for events.

    `longest` is in seconds of that thread's own time, which another process cannot make longer.
    """

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._since = time.thread_time()
        self._events = QAbstractEventDispatcher.instance()
        self._events.awake.connect(self._on_looked)
        self._events.aboutToBlock.connect(self._on_looked)

    def stop(self) -> float:
        self._on_looked()
        self._events.awake.disconnect(self._on_looked)
        self._events.aboutToBlock.disconnect(self._on_looked)
        return self.longest

    def _on_looked(self) -> None:
        now = time.thread_time()
        self.longest = max(self.longest, now - self._since)
        self._since = now
