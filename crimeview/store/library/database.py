"""The database of a library: an SQLite file in a folder, or PostgreSQL with pgvector."""

import os
import random
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, insert, inspect, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from crimeview.core.errors import LibraryError
from crimeview.core.files import exists, is_file
from crimeview.store.library.credentials import load_password
from crimeview.store.library.faults import told, told_by_driver
from crimeview.store.library.location import FILE_NAME, Location
from crimeview.store.library.schema import LIBRARY_VERSION, LibraryRow
from crimeview.store.library.server_lines import on_trust, server_engine
from crimeview.store.sqlite import sqlite_engine, turn_on_wal

T = TypeVar("T")

_MIGRATIONS = Path(__file__).parent / "migrations"
_APPLICATION_ID = 0x43524C42  # "CRLB": tells a library from any other SQLite file
_ATTEMPTS = 8
_IN_THE_WAY = ("23505", "40001", "40P01")  # known meanwhile, could not be put in order, deadlock
_MIGRATION_LOCK = 0x43524C42  # an advisory lock: of two clients only one updates the schema


class LibraryDatabase:
    """A library's database, usable from any thread and from several processes at once.

    Every fault of the file, the disk, the server or the line is raised as a LibraryError.
    """

    def __init__(self, location: Location) -> None:
        self.location = location
        self.place = str(location)
        if location.url is not None:
            self.engine = server_engine(location.url, password=load_password(location))
            self._writer = self.engine
        else:
            assert location.folder is not None
            # FULL: what people typed cannot be computed anew after a power cut.
            self.engine = sqlite_engine(location.folder / FILE_NAME, synchronous="FULL")
            self._writer = self.engine.execution_options(begin="BEGIN IMMEDIATE")
        self.uid = ""

    @property
    def on_server(self) -> bool:
        return self.location.url is not None

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One consistent view of the library."""
        with told(self.place), Session(self.engine) as session:
            yield session

    @contextmanager
    def driver(self) -> Iterator[Any]:
        """A server's connection as its driver has it; each statement is its own transaction."""
        with told(self.place), closing(self.engine.raw_connection()) as pooled:
            connection = pooled.driver_connection
            assert connection is not None
            connection.autocommit = True
            try:
                with told_by_driver(self.place):
                    yield connection
            finally:
                if connection.closed:
                    pooled.invalidate()
                else:
                    connection.autocommit = False

    def asked(
        self, statement: str, given: dict[str, Any], *, prepare: bool | None = None
    ) -> list[Any]:
        """The rows of a statement that changes nothing, in a single round trip to the server.

        Where the line is gone since it was used last, it is asked again on another. `prepare`:
        whether the server keeps the plan, by default from the sixth time on.
        """
        connection: Any = None
        try:
            with on_trust(), self.driver() as connection:
                return _rows(connection, statement, given, prepare=prepare)
        except LibraryError:
            if connection is None or not connection.closed:
                raise
        with self.driver() as connection:
            return _rows(connection, statement, given, prepare=prepare)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction: all of it is stored, or none where anything is raised within."""
        with told(self.place), Session(self._writer) as session, session.begin():
            yield session

    def written(self, work: Callable[[Session], T]) -> T:
        """What `work` gives in one transaction, done again where another client was in its way.

        On a server two may add the same recording, space or segment in the same moment: the second
        is refused, and then finds what the first has stored.
        """
        for attempt in range(_ATTEMPTS):
            try:
                with told(self.place), Session(self._writer) as session, session.begin():
                    try:
                        return work(session)
                    except DBAPIError as error:
                        raise _again_or(error, last=attempt == _ATTEMPTS - 1) from error
            except _AgainError:
                time.sleep(random.uniform(0.0, 0.05 * (attempt + 1)))  # noqa: S311 (no secret)
        raise AssertionError  # the last attempt returns or raises

    def prepare(self, *, create: bool) -> None:
        """Make or update the schema; raises LibraryError where there is no library we can use."""
        if self.on_server:
            self._prepare_server(create=create)
        else:
            self._prepare_folder(create=create)
        with self.reading() as session:
            self.uid = session.scalars(select(LibraryRow.uid)).one()

    def may_write(self) -> bool:
        """Whether this user may change the library."""
        if not self.on_server:
            return True
        with self.reading() as session:
            allowed = session.scalar(
                text("SELECT has_table_privilege(current_user, 'segments', 'INSERT')")
            )
        return bool(allowed)

    def close(self) -> None:
        self.engine.dispose()

    def _prepare_folder(self, *, create: bool) -> None:
        folder = self.location.folder
        assert folder is not None
        _check_folder(folder, create=create)
        with told(self.place):
            turn_on_wal(self.engine)
            with self.engine.begin() as connection:
                version = _file_version(connection, folder)
            if version == LIBRARY_VERSION:
                return
            with self._writer.begin() as connection:
                self._migrate(connection, _file_version(connection, folder))
                connection.exec_driver_sql(f"PRAGMA application_id = {_APPLICATION_ID}")

    def _prepare_server(self, *, create: bool) -> None:
        with told(self.place):
            with self.engine.begin() as connection:
                version = _stored_version(connection)
            if version == LIBRARY_VERSION:
                return
            if version is None and not create:
                raise LibraryError(
                    f"There is no library in {self.place} yet; its administrator makes one with "
                    "“crimeview library create URL”."
                )
            with self.engine.begin() as connection:
                connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _MIGRATION_LOCK})
                version = _stored_version(connection)
                if version != LIBRARY_VERSION:
                    connection.execute(text("CREATE EXTENSION IF NOT EXISTS vector"))
                    self._migrate(connection, version)
        self.engine.dispose()  # connections made before do not know the extension's types

    def _migrate(self, connection: Connection, version: str | None) -> None:
        # Imported here: it takes a quarter of a second and nearly every library is up to date.
        from alembic import command
        from alembic.config import Config
        from alembic.script import ScriptDirectory

        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
        config.set_main_option("path_separator", "os")
        known = {s.revision for s in ScriptDirectory.from_config(config).walk_revisions()}
        if version is not None and version not in known:
            raise LibraryError(
                f"The library {self.place} was written by a newer crimeview; update crimeview to "
                "open it."
            )
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if connection.scalar(select(LibraryRow.uid)) is None:
            created = datetime.now(UTC).isoformat()
            connection.execute(
                insert(LibraryRow),
                {"id": 1, "uid": uuid.uuid4().hex, "created": created},
            )


def _rows(
    connection: Any, statement: str, given: dict[str, Any], *, prepare: bool | None
) -> list[Any]:
    return connection.execute(statement, given, prepare=prepare).fetchall()  # type: ignore[no-any-return]


class _AgainError(Exception):
    """Another client was in the way of a transaction."""


def _again_or(error: DBAPIError, *, last: bool) -> Exception:
    """The error, or that it is worth trying again."""
    state = getattr(error.orig, "sqlstate", None)
    return _AgainError() if state in _IN_THE_WAY and not last else error


def _check_folder(folder: Path, *, create: bool) -> None:
    file = folder / FILE_NAME
    if not create and not is_file(file):
        raise LibraryError(
            f"There is no library in {folder}; add to it first (“crimeview library add”)."
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise LibraryError(f"{folder} is a file; a library needs a folder.") from error
    except OSError as error:
        raise LibraryError(
            f"The library's folder {folder} cannot be made ({error.strerror}); choose another "
            "place."
        ) from error
    written = [path for path in (folder, file) if exists(path)]
    if not all(os.access(path, os.W_OK) for path in written):
        raise LibraryError(
            f"The library {folder} cannot be written; allow writing in that folder or choose "
            "another one."
        )


def _file_version(connection: Connection, folder: Path) -> str | None:
    """The schema's version; None for a file that is still empty."""
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    if application != _APPLICATION_ID or "alembic_version" not in tables:
        raise LibraryError(
            f"{folder / FILE_NAME} is a database of another program, not a library; choose "
            "another folder."
        )
    return _stored_version(connection)


def _stored_version(connection: Connection) -> str | None:
    if "alembic_version" not in inspect(connection).get_table_names():
        return None
    version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return str(version) if version is not None else None
