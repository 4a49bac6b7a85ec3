"""Who is at work on a case, as other processes see it.

A recording that waits or is analyzed carries its worker's name. The worker holds a lock on a file
of that name for as long as it lives; the operating system lets go of it however the process ends.
So a recording whose worker's lock is free was left behind by a crash. SQLite's own file locks serve
as the lock because they work alike on every system.
"""

import sqlite3
from pathlib import Path
from uuid import uuid4

_FOLDER = "workers"


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
