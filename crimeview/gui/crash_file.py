"""What is left of a program that was ended by a fault below Python, for its next start.

Each running window has a file to which Python's faulthandler writes the stacks of all threads as
the last thing it does. A window that ends in good order takes its file away.
"""

import faulthandler
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TextIO

from PySide6.QtCore import QLockFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Crash:
    """One that ended an earlier window: when, and the stacks of its threads."""

    when: datetime
    details: str


class CrashFile:
    """The file of one window, and those that earlier ones have left in the folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: TextIO | None = None
        self._lock: QLockFile | None = None

    def begin(self) -> Sequence[Crash]:
        """Have a crash of this process written down; gives those of processes that are gone.

        Each is given once. In a folder that cannot be written nothing is kept.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            crashes = [c for path in sorted(self._folder.glob("crash-*.txt")) for c in _taken(path)]
            self._open(self._folder / f"crash-{os.getpid()}.txt")
        except OSError:
            return ()
        return crashes

    def end(self) -> None:
        """Nothing is to be told of this process: it ends in good order."""
        if self._file is None or self._lock is None:
            return
        faulthandler.disable()
        self._file.close()
        Path(self._file.name).unlink(missing_ok=True)
        self._lock.unlock()
        self._file = self._lock = None

    def _open(self, path: Path) -> None:
        lock = _lock_of(path)
        if lock.tryLock(0):
            self._lock = lock
            self._file = path.open("w", encoding="utf-8")
            faulthandler.enable(self._file, all_threads=True)


def _taken(path: Path) -> Sequence[Crash]:
    """What a process that is gone has written; its file is taken away."""
    lock = _lock_of(path)
    if not lock.tryLock(0):
        return ()  # that one is at work
    try:
        details = path.read_text("utf-8", "replace").strip()
        when = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
        path.unlink()
    finally:
        lock.unlock()
    return (Crash(when=when, details=details),) if details else ()


def _lock_of(path: Path) -> QLockFile:
    lock = QLockFile(str(path.with_suffix(".lock")))
    lock.setStaleLockTime(0)  # a window may stay open for weeks; whether it is there tells its pid
    return lock
