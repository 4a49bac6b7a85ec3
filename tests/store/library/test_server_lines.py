"""Lines to a server that are gone since they were used last."""

from typing import Any

import pytest
from sqlalchemy import URL

from crimeview.core.errors import LibraryError
from crimeview.store.library.library import Library, open_library
from crimeview.store.library.location import Location
from crimeview.store.library.rows import Facts, Filter
from tests.store.library.made import SPACE, entry, recording, unit_vectors


def _cut_lines(server: Any, url: URL) -> None:
    server.psql(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
        f"WHERE datname = '{url.database}';"
    )


def _filled(url: URL) -> Library:
    library = open_library(Location(url=url))
    vectors = unit_vectors(4)
    for number, vector in enumerate(vectors):
        made = entry(f"u{number}", vector, camera=f"camera {number}")
        library.add(recording(f"r{number}"), [made])
    return library


def test_a_search_is_made_on_another_line_where_one_is_gone(server: Any, server_url: URL) -> None:
    """Also where all that were kept are gone."""
    vectors = unit_vectors(4)
    with _filled(server_url) as library:
        with library.database.driver(), library.database.driver(), library.database.driver():
            pass  # three lines are kept from here on
        for wanted in (None, Filter(cameras=("camera 2",))):
            _cut_lines(server, server_url)
            assert library.search(SPACE, vectors[2], count=1, wanted=wanted)[0].segment_id == 3


def test_what_is_read_or_written_is_given_a_line_that_is_there(
    server: Any, server_url: URL
) -> None:
    with _filled(server_url) as library:
        _cut_lines(server, server_url)
        assert library.count() == 4
        _cut_lines(server, server_url)
        library.set_facts(1, Facts(notes="a bag"))
        assert library.entry(1).facts.notes == "a bag"


def test_a_search_asks_nothing_before(server_url: URL, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    with _filled(server_url) as library:
        library.search(SPACE, unit_vectors(1)[0], count=1)  # reads which space it is
        dialect = library.database.engine.dialect
        monkeypatch.setattr(dialect, "do_ping", lambda line: asked.append(line) or True)
        library.search(SPACE, unit_vectors(1)[0], count=1)
        library.search(SPACE, unit_vectors(1)[0], count=1, wanted=Filter(cameras=("camera 0",)))
        assert asked == []
        library.count()
        assert len(asked) == 1


def test_what_the_server_refuses_is_not_asked_again(server_url: URL) -> None:
    with _filled(server_url) as library:
        number = "nextval(pg_get_serial_sequence('segments', 'id'))"
        before = library.database.asked(f"SELECT {number}", {})[0][0]
        with pytest.raises(LibraryError, match="22012"):
            library.database.asked(f"SELECT 1 / (0 * {number})", {})
        assert library.database.asked(f"SELECT {number}", {})[0][0] == before + 2


def test_a_line_that_is_gone_twice_is_a_sentence(server_url: URL) -> None:
    """As where what is asked makes the server end it."""
    with _filled(server_url) as library:
        with pytest.raises(LibraryError, match="was shut down"):
            library.database.asked("SELECT pg_terminate_backend(pg_backend_pid())", {})
        assert library.count() == 4
