"""Whether anything in a database file has changed since, in microseconds."""

from typing import Any

from sqlalchemy import Engine


class ChangeWatch:
    """A connection of its own that never writes: SQLite tells it what others have committed.

    Not for several threads at once.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Any = None

    def version(self) -> int:
        """A number that is another one after each transaction of anybody that changed something."""
        if self._connection is None:
            self._connection = self._engine.raw_connection()
            self._connection.detach()  # the pool is not to lend it, nor to wait for it
        row = self._connection.cursor().execute("PRAGMA data_version").fetchone()
        return int(row[0])

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
