"""Whether anything was written to a case's file, and whether that is news."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock


class News:
    """Watches a file of SQLite through a connection of its own; usable from any thread."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._connection: sqlite3.Connection | None = None
        self._lock = Lock()
        self._seen: int | None = None
        self._number = 0

    def revision(self) -> int:
        """A number that is another one whenever something was written, by whatever process."""
        with self._lock:
            return self._version()

    def number(self) -> int:
        """Another one whenever something was written, but for what is `known`."""
        with self._lock:
            self._look()
            return self._number

    @contextmanager
    def known(self, writer: sqlite3.Connection) -> Iterator[None]:
        """What this connection commits within is no news; what others commit meanwhile is.

        A connection's own version is another one only where others have written. As long as it
        stays, all that this one has seen come is the writer's.
        """
        before = version_of(writer)
        with self._lock:
            self._look()
        yield
        with self._lock:
            seen = self._version()
            if version_of(writer) == before:
                self._seen = seen

    def close(self) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _look(self) -> None:
        version = self._version()
        if version != self._seen:
            self._seen = version
            self._number += 1

    def _version(self) -> int:
        if self._connection is None:
            self._connection = sqlite3.connect(
                self._file, isolation_level=None, check_same_thread=False
            )
        return version_of(self._connection)


def version_of(connection: sqlite3.Connection) -> int:
    """SQLite's number of what others than this connection have written."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])
