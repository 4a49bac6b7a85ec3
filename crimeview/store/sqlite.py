"""SQLite with a write-ahead log, as every database file of the program is opened."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Literal, TypeAlias

from sqlalchemy import URL, Connection, Engine, create_engine, event

BUSY_SECONDS = 30.0  # writes are short; a writer that takes longer is stuck
Synchronous: TypeAlias = Literal["NORMAL", "FULL"]


def sqlite_engine(file: Path, *, synchronous: Synchronous) -> Engine:
    """The file's engine; transactions begin as the option `begin` says, by default with BEGIN.

    With a write-ahead log NORMAL never tears the file and loses nothing when the program is killed.
    Only a power cut can cost the last seconds; FULL waits for the disk at every transaction.
    """
    engine = create_engine(
        URL.create("sqlite", database=str(file)),
        # The driver would begin transactions at its own discretion; here they begin when asked.
        connect_args={"timeout": BUSY_SECONDS, "isolation_level": None},
    )

    def set_up(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute(f"PRAGMA synchronous = {synchronous}")
        cursor.close()

    event.listen(engine, "connect", set_up)
    event.listen(engine, "begin", _begin)
    return engine


@contextmanager
def synchronous(
    connection: sqlite3.Connection, mode: Synchronous, *, after: Synchronous
) -> Iterator[None]:
    """Have the transactions within wait for the disk as `mode` says, later ones as `after` does.

    SQLite takes no change of it while a transaction is under way.
    """
    connection.execute(f"PRAGMA synchronous = {mode}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA synchronous = {after}")


def turn_on_wal(engine: Engine) -> None:
    """Readers then never wait for the writer. SQLite keeps the mode in the file itself.

    Changing the mode does not honor the busy timeout when two processes do it at once.
    """
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        with closing(engine.raw_connection()) as connection:
            try:
                connection.cursor().execute("PRAGMA journal_mode = WAL")
            except sqlite3.Error as error:
                if fault_name(error) != "BUSY" or time.monotonic() > deadline:
                    raise
            else:
                return
        time.sleep(0.01)


def fault_name(error: BaseException | None) -> str:
    """SQLite's primary result code by name, as `FULL`; empty for another error."""
    name = str(getattr(error, "sqlite_errorname", ""))
    return name.removeprefix("SQLITE_").split("_")[0]


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))
