"""The file a case is kept in: SQLite with a write-ahead log, its schema and its faults."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import local
from typing import cast

from sqlalchemy import Connection, inspect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from crimeview.core.errors import CaseError
from crimeview.store.news import News
from crimeview.store.schema import SCHEMA_VERSION
from crimeview.store.sqlite import (
    BUSY_SECONDS,
    Synchronous,
    fault_name,
    sqlite_engine,
    synchronous,
    turn_on_wal,
)

FILE_NAME = "case.db"
_MIGRATIONS = Path(__file__).parent / "migrations"
_SYNCHRONOUS: Synchronous = "NORMAL"
_APPLICATION_ID = 0x43524D56  # "CRMV": tells a case from any other SQLite file


class Database:
    """A case's database, usable from any thread and from several processes at once.

    Every fault of the file, the disk or the folder is raised as a CaseError.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # What a power cut can cost of an analysis is simply repeated.
        self._engine = sqlite_engine(folder / FILE_NAME, synchronous=_SYNCHRONOUS)
        # Taking the write lock at the start: a transaction that reads first and then finds that
        # another process has written in between could only fail.
        self._writer = self._engine.execution_options(begin="BEGIN IMMEDIATE")
        self.news = News(folder / FILE_NAME)
        self._own = local()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One consistent view of the case."""
        with told(self.folder), Session(self._engine) as session:
            yield session

    @contextmanager
    def writing(self, *, lasting: bool = False) -> Iterator[Session]:
        """One transaction: all of it is stored, or none where anything is raised within.

        What is stored in a `lasting` one is on the disk when it ends, and outlasts a power cut.
        """
        with told(self.folder), self._writer.connect() as connection, ExitStack() as stack:
            if lasting:
                stack.enter_context(synchronous(_raw(connection), "FULL", after=_SYNCHRONOUS))
            if getattr(self._own, "known", False):
                stack.enter_context(self.news.known(_raw(connection)))
            with Session(connection) as session, session.begin():
                yield session

    @contextmanager
    def known(self) -> Iterator[None]:
        """What this thread writes within is no news to this process."""
        self._own.known = True
        try:
            yield
        finally:
            self._own.known = False

    def prepare(self) -> None:
        """Make or update the schema; raises CaseError where this is not a case we can read."""
        with told(self.folder):
            turn_on_wal(self._engine)
            with self._engine.begin() as connection:
                version = _version(connection, self.folder)
            if version == SCHEMA_VERSION:
                return
            with self._writer.begin() as connection:
                _migrate(connection, _version(connection, self.folder), self.folder)

    def revision(self) -> int:
        """A number that is another one whenever something was written, by whatever process."""
        with told(self.folder):
            return self.news.revision()

    def close(self) -> None:
        self.news.close()
        self._engine.dispose()


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """Turn a fault of the database or disk within into a CaseError, a sentence to act on."""
    try:
        yield
    except DBAPIError as error:
        raise CaseError(_sentence(error.orig, folder)) from error
    except (sqlite3.Error, OSError) as error:  # met while a connection or lock was made
        raise CaseError(_sentence(error, folder)) from error


def _raw(connection: Connection) -> sqlite3.Connection:
    return cast("sqlite3.Connection", connection.connection.dbapi_connection)


def _version(connection: Connection, folder: Path) -> str | None:
    """The schema's version; None for a file that is still empty."""
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    if application != _APPLICATION_ID or "alembic_version" not in tables:
        raise CaseError(
            f"{folder / FILE_NAME} is a database of another program, not a case; "
            "choose another folder."
        )
    version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return str(version) if version is not None else None


def _migrate(connection: Connection, version: str | None, folder: Path) -> None:
    # Imported here: it takes a quarter of a second and nearly every case is up to date.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    scripts = str(_MIGRATIONS).replace("%", "%%")
    config.set_main_option("script_location", scripts)
    config.set_main_option("path_separator", "os")
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if version is not None and version not in known:
        raise CaseError(
            f"The case in {folder} was written by a newer crimeview; update crimeview to open it."
        )
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    connection.exec_driver_sql(f"PRAGMA application_id = {_APPLICATION_ID}")


def _sentence(error: BaseException | None, folder: Path) -> str:
    match fault_name(error):
        case "FULL":
            return (
                f"The disk with the case {folder} is full; free some space and start again: "
                "what has been analyzed is kept."
            )
        case "CORRUPT" | "NOTADB":
            return (
                f"The database of the case {folder} is damaged ({FILE_NAME}); bring back a copy "
                "of the folder, or move it away and analyze the recordings again."
            )
        case "READONLY" | "CANTOPEN" | "PERM":
            return (
                f"The case {folder} cannot be written; allow writing in that folder or choose "
                "another one."
            )
        case "BUSY" | "LOCKED":
            return (
                f"Another program has held the case {folder} for {BUSY_SECONDS:.0f} seconds; "
                "close it and try again."
            )
        case _:
            return (
                f"The case {folder} could not be read or written ({error}); check the disk and "
                "try again."
            )
