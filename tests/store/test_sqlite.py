"""How every database file of the program is opened."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from crimeview.store.sqlite import fault_name, sqlite_engine, turn_on_wal


def test_readers_see_the_state_at_their_beginning_while_one_writes(tmp_path: Path) -> None:
    engine = sqlite_engine(tmp_path / "a.db", synchronous="NORMAL")
    turn_on_wal(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE t (n INTEGER)")
        connection.exec_driver_sql("INSERT INTO t VALUES (1)")
    with engine.connect() as reading:
        assert reading.exec_driver_sql("SELECT count(*) FROM t").scalar() == 1
        with engine.begin() as writing:
            writing.exec_driver_sql("INSERT INTO t VALUES (2)")
        assert reading.exec_driver_sql("SELECT count(*) FROM t").scalar() == 1
    with engine.connect() as reading:
        assert reading.exec_driver_sql("SELECT count(*) FROM t").scalar() == 2
    engine.dispose()


def test_the_file_itself_keeps_the_log_and_rows_keep_their_promises(tmp_path: Path) -> None:
    engine = sqlite_engine(tmp_path / "a.db", synchronous="FULL")
    turn_on_wal(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    engine.dispose()
    with closing(sqlite3.connect(tmp_path / "a.db")) as plain:
        assert plain.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_writer_that_begins_at_once_waits_for_another_and_loses_nothing(tmp_path: Path) -> None:
    engine = sqlite_engine(tmp_path / "a.db", synchronous="NORMAL")
    turn_on_wal(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE t (n INTEGER)")
        connection.exec_driver_sql("INSERT INTO t VALUES (0)")
    writer = engine.execution_options(begin="BEGIN IMMEDIATE")

    def count(_: int) -> None:
        with writer.begin() as connection:
            held = connection.exec_driver_sql("SELECT n FROM t").scalar_one()
            connection.exec_driver_sql(f"UPDATE t SET n = {held + 1}")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(count, range(40)))
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT n FROM t").scalar() == 40
    engine.dispose()


def test_several_may_turn_the_log_on_at_once(tmp_path: Path) -> None:
    barrier = threading.Barrier(4)

    def turn(_: int) -> None:
        engine = sqlite_engine(tmp_path / "a.db", synchronous="NORMAL")
        barrier.wait()
        turn_on_wal(engine)
        engine.dispose()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(turn, range(4)))


def test_faults_have_names(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(b"this is not a database" * 100)
    engine = sqlite_engine(tmp_path / "a.db", synchronous="NORMAL")
    with pytest.raises(sqlite3.DatabaseError) as told:
        turn_on_wal(engine)
    assert fault_name(told.value) == "NOTADB"
    assert fault_name(OSError(28, "full")) == ""
    engine.dispose()
