"""Who is at work on a case, as other processes see it.

A recording that waits or is analyzed carries its worker's name. The worker holds a lock on a file
of that name for as long as it lives; the operating system lets go of it however the process ends.
So a recording whose worker's lock is free was left behind by a crash. SQLite's own file locks serve
as the lock because they work alike on every system.
"""

import sqlite3
from pathlib import Path
from threading import Lock
from uuid import uuid4

from crimeview.core.recording import RecordingState
from crimeview.store.database import told

AT_WORK = (RecordingState.WAITING, RecordingState.ANALYZING)
_FOLDER = "workers"


class Presence:
    """Who of those at work on a case is this process; usable from any thread."""

    def __init__(self, case_folder: Path) -> None:
        self._folder = case_folder
        self._worker: Worker | None = None
        self._lock = Lock()

    def own(self) -> str:
        """The name of this process's worker, which is one from now on."""
        with self._lock, told(self._folder):
            if self._worker is None:
                self._worker = Worker(self._folder)
            return self._worker.name

    def state(self, stored: RecordingState, worker: str | None) -> RecordingState:
        """A recording's state, but stopped where whoever was at work has died."""
        if stored not in AT_WORK:
            return stored
        with self._lock:
            own = self._worker is not None and self._worker.name == worker
        alive = own or (worker is not None and is_alive(self._folder, worker))
        return stored if alive else RecordingState.STOPPED

    def close(self) -> None:
        with self._lock:
            if self._worker is not None:
                self._worker.close()
                self._worker = None


class Worker:
    """A lock held from construction until `close`."""

    def __init__(self, case_folder: Path) -> None:
        self.name = uuid4().hex
        self._file = _lock_file(case_folder, self.name)
        self._file.parent.mkdir(exist_ok=True)
        self._lock = sqlite3.connect(self._file, isolation_level=None, check_same_thread=False)
        self._lock.execute("PRAGMA journal_mode = OFF")  # nothing is written: no second file
        self._lock.execute("BEGIN EXCLUSIVE")

    def close(self) -> None:
        self._lock.close()
        self._file.unlink(missing_ok=True)


def is_alive(case_folder: Path, name: str) -> bool:
    """Whether the worker of that name still holds its lock, in this or another process."""
    file = _lock_file(case_folder, name)
    if not file.is_file():
        return False
    lock = sqlite3.connect(file, isolation_level=None, timeout=0.0)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:
        return True
    finally:
        lock.close()
    file.unlink(missing_ok=True)
    return False


def _lock_file(case_folder: Path, name: str) -> Path:
    return case_folder / _FOLDER / f"{name}.lock"
