"""Collects cyclic garbage in the GUI thread, and in no other.

Python collects in whichever thread happens to allocate. Garbage of a window holds widgets, and a
widget that is destroyed in another thread than its own can stop the process for good: its
destructor waits for a lock of Qt's and holds the interpreter's meanwhile.
"""

import gc
from typing import cast

from PySide6.QtCore import QCoreApplication, QTimer

_INTERVAL = 250  # ms; what gathers for a second takes tens of them to be looked through


class _GarbageTimer(QTimer):
    """Belongs to the application: were it garbage itself, it would be destroyed while it fires."""

    def __init__(self, application: QCoreApplication) -> None:
        super().__init__(application, interval=_INTERVAL)
        self.timeout.connect(collect_due)
        self.start()


def collect_garbage_here() -> None:
    """Collect in this thread, which runs the application, until the application ends."""
    gc.disable()
    application = cast("QCoreApplication", QCoreApplication.instance())
    if application.findChild(_GarbageTimer) is None:
        _GarbageTimer(application)


def collect_due() -> None:
    """Collect what is due by Python's own thresholds: the oldest generation, and with it younger.

    In one go: one after the other, what is young would be looked through again each time.
    """
    due = -1
    for generation, most in enumerate(gc.get_threshold()):
        if gc.get_count()[generation] <= most:
            break
        due = generation
    if due >= 0:
        gc.collect(due)
