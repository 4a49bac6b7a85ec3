"""Who watches a case: one window or command at a time, or each would end the other's alarms.

A lock on a file, as in worker.py: the operating system lets go of it however the process ends.
"""

import sqlite3
from pathlib import Path

from crimeview.core.errors import CaseError

_FILE = Path("workers") / "watching.lock"


def watch_lock(case_folder: Path) -> sqlite3.Connection:
    """Hold it until closed; raises CaseError where somebody else does, here or elsewhere.

    Raises sqlite3.Error and OSError where the folder cannot be written.
    """
    file = case_folder / _FILE
    file.parent.mkdir(exist_ok=True)
    lock = sqlite3.connect(file, isolation_level=None, timeout=0.0, check_same_thread=False)
    try:
        lock.execute("PRAGMA journal_mode = OFF")  # nothing is written: no second file
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        lock.close()
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
        raise CaseError(
            f"The case {case_folder} is watched already, by another window or “crimeview watch”; "
            "stop that first, or watch with another case."
        ) from error
    return lock
