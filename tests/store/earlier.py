"""Cases as earlier versions of the program would have written them."""

import sqlite3
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from crimeview.store import database
from crimeview.store.database import FILE_NAME


def as_of(folder: Path, revision: str) -> None:
    """Turn the case in `folder`, which nobody has open, into what it was at a migration."""
    new, old = folder / FILE_NAME, folder / "earlier.sqlite"
    engine = create_engine(f"sqlite:///{old}")
    config = Config()
    config.set_main_option("script_location", str(database._MIGRATIONS))
    config.set_main_option("path_separator", "os")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()
    with closing(sqlite3.connect(old)) as connection, connection:
        connection.execute("ATTACH ? AS new", (str(new),))
        (application,) = connection.execute("PRAGMA new.application_id").fetchone()
        connection.execute(f"PRAGMA main.application_id = {application}")
        for table in _tables(connection, "main") & _tables(connection, "new"):
            columns = _columns(connection, "main", table) & _columns(connection, "new", table)
            names = ", ".join(f'"{name}"' for name in sorted(columns))
            query = f"INSERT INTO main.{table} ({names}) SELECT {names} FROM new.{table}"
            connection.execute(query)
    for left in folder.glob(f"{FILE_NAME}-*"):
        left.unlink()
    old.replace(new)


def _tables(connection: sqlite3.Connection, schema: str) -> set[str]:
    rows = connection.execute(f"SELECT name FROM {schema}.sqlite_master WHERE type = 'table'")
    return {name for (name,) in rows} - {"alembic_version"}


def _columns(connection: sqlite3.Connection, schema: str, table: str) -> set[str]:
    return {row[1] for row in connection.execute(f"PRAGMA {schema}.table_info({table})")}
