"""Collects cyclic garbage in the GUI thread, and in no other.

Python collects in whichever thread happens to allocate. Garbage of a window holds widgets, and a
widget that is destroyed in another thread than its own can stop the process for good: its
destructor waits for a lock of Qt's and holds the interpreter's meanwhile.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_INTERVAL = 1000  # ms


class GarbageCollection(QObject):
    """From its making on nothing is collected but by its timer."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=_INTERVAL)
        self._timer.timeout.connect(collect_due)
        self._timer.start()


def collect_due() -> None:
    """Collect the generations that are due by Python's own thresholds."""
    for generation, most in enumerate(gc.get_threshold()):
        if gc.get_count()[generation] <= most:
            return
        gc.collect(generation)
