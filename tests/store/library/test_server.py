"""What only a shared library has: roles, several clients, loading by COPY, lines and passwords."""

import logging
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import keyring
import numpy as np
import pytest
from pgvector import HalfVector
from sqlalchemy import URL, text

from crimeview.core.errors import LibraryError, UsageError
from crimeview.store.library.credentials import delete_password, load_password, save_password
from crimeview.store.library.library import open_library
from crimeview.store.library.location import Location, locate
from crimeview.store.library.rows import Added, Facts, Filter
from crimeview.store.library.server_search import _among, _by_graph
from tests.held_keyring import HeldKeyring
from tests.store.library.made import SPACE, entry, recording, unit_vectors

SECRET = "correct-horse-7431"


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> HeldKeyring:
    backend = HeldKeyring()
    monkeypatch.setattr(keyring.core, "_keyring_backend", backend)
    return backend


def _with_member(server: Any, url: URL, role: str) -> Location:
    """A person who is a member of a role."""
    name = f"{role}_{url.database}"
    server.psql(f"CREATE ROLE {name} LOGIN IN ROLE {role};")
    return Location(url=url.set(username=name))


def test_reviewers_read_and_editors_change(server: Any, server_url: URL) -> None:
    vectors = unit_vectors(3)
    with open_library(Location(url=server_url)) as admin:
        admin.make_roles()
        admin.add(recording("r"), [entry("a", vectors[0])])
    reviewer = _with_member(server, server_url, "crimeview_reviewer")
    editor = _with_member(server, server_url, "crimeview_editor")
    with open_library(reviewer, create=False) as library:
        assert not library.may_write
        assert library.search(SPACE, vectors[0], count=1)[0].segment_id == 1
        for change in (
            lambda: library.add(recording("s"), [entry("b", vectors[1])]),
            lambda: library.set_facts(1, Facts(notes="x")),
            lambda: library.remove([1]),
        ):
            with pytest.raises(LibraryError, match="but not change it"):
                change()
        library._may_write = True  # the server does not rely on the program's manners
        with pytest.raises(LibraryError, match="but not change it"):
            library.set_facts(1, Facts(notes="x"))
    with open_library(editor, create=False) as library:
        assert library.may_write
        added = library.add(recording("s"), [entry("b", vectors[1])])
        other = replace(entry("c", vectors[2]), vectors={"a-space-that-is-new": vectors[2]})
        added += library.add(recording("t"), [other])
        assert [outcome for outcome, _ in added] == [Added.NEW, Added.NEW]
        assert library.search("a-space-that-is-new", vectors[2], count=1)[0].segment_id == 3


def _graphs(server: Any, url: URL) -> str:
    return str(
        server.psql(
            f"\\c {url.database}\nSELECT indexname FROM pg_indexes WHERE indexname LIKE "
            "'ix_embeddings_graph%';"
        )
    )


def test_an_editor_has_a_graph_made_and_searches_by_it(server: Any, server_url: URL) -> None:
    vectors = unit_vectors(60)
    with open_library(Location(url=server_url)) as admin:
        admin.make_roles()
    editor = _with_member(server, server_url, "crimeview_editor")
    reviewer = _with_member(server, server_url, "crimeview_reviewer")
    with open_library(editor, create=False) as library:
        for number, vector in enumerate(vectors):
            library.add(recording(f"r{number}"), [entry(f"u{number}", vector)])
        assert "ix_embeddings_graph_1" in _graphs(server, server_url)
        with library.without_graphs():
            assert "ix_embeddings_graph_1" not in _graphs(server, server_url)
        assert "ix_embeddings_graph_1" in _graphs(server, server_url)
        statement = _by_graph(library._space(SPACE), 55)
        given = {"query": HalfVector(np.full(16, 0.25))}
        with library.database.driver() as connection:
            connection.execute("SET enable_sort = off")
            plan = [row[0] for row in connection.execute(f"EXPLAIN {statement}", given)]
            # More than pgvector gives by default, and only in this statement.
            assert len(connection.execute(statement, given).fetchall()) == 55
            assert connection.execute("SHOW hnsw.ef_search").fetchone() == ("40",)
            connection.execute("RESET enable_sort")
        assert any("ix_embeddings_graph_1" in line for line in plan), plan
        assert library.search(SPACE, vectors[7], count=1)[0].segment_id == 8
    dropping = text("SELECT crimeview_drop_graph(1)")
    with (
        open_library(reviewer, create=False) as library,
        pytest.raises(LibraryError, match="but not change it"),
        library.database.reading() as session,
    ):
        session.execute(dropping)


def test_a_graph_of_an_earlier_version_is_searched_with_more_effort(server_url: URL) -> None:
    """Its owner's program brings the functions up to date, but leaves the graph as it is."""
    with open_library(Location(url=server_url)) as admin:
        admin.add(recording("r"), [entry("a", unit_vectors(1)[0])])
        space = admin._space(SPACE)
        statement = "SELECT pg_get_functiondef('crimeview_make_graph(bigint)'::regprocedure)"
        with admin.database.driver() as connection:
            (body,) = connection.execute(statement).fetchone()
            earlier = body.replace("m = 24, ef_construction = 200", "m = 16, ef_construction = 100")
            assert earlier != body
            connection.execute("SELECT crimeview_drop_graph(1)")
            connection.execute(earlier)
            connection.execute("SELECT crimeview_make_graph(1)")
    with open_library(Location(url=server_url)) as admin:
        with admin.database.driver() as connection:
            assert connection.execute(statement).fetchone() == (body,)
        assert admin._search._least_effort(space) == 240  # type: ignore[union-attr]
        with admin.without_graphs():
            pass
    with open_library(Location(url=server_url)) as admin:
        assert admin._search._least_effort(space) == 100  # type: ignore[union-attr]


def test_filters_may_hold_what_means_something_to_the_driver(server_url: URL) -> None:
    vectors = unit_vectors(12)
    cameras = ("50 % dark", ":gate", "O'Hara")
    with open_library(Location(url=server_url)) as library:
        for number, vector in enumerate(vectors):
            made = entry(f"u{number}", vector, camera=cameras[number % 3])
            library.add(recording(f"r{number}"), [made])
        for number, name in enumerate(cameras):
            wanted = Filter(cameras=(name,))
            hits = library.search(SPACE, vectors[number], count=50, wanted=wanted)
            assert hits[0].segment_id == number + 1
            assert hits[0].similarity == pytest.approx(1.0, abs=2e-3)
            assert sorted(hit.segment_id % 3 for hit in hits) == [(number + 1) % 3] * 4


def test_a_space_that_the_server_has_not_counted_yet_is_filtered_by_its_numbers(
    server_url: URL,
) -> None:
    """Else each of its vectors would be looked for among all the numbers that fit, one by one."""
    vectors = unit_vectors(1500)
    with open_library(Location(url=server_url)) as library:
        library.load([(recording(f"r{n}"), entry(f"u{n}", v)) for n, v in enumerate(vectors)])
        library.make_graphs()  # which counts
        fresh = [
            replace(entry(f"w{n}", v, crime_type="fight"), vectors={"fresh": v})
            for n, v in enumerate(vectors)
        ]
        library.load([(recording(f"s{n}"), one) for n, one in enumerate(fresh)])
        wanted = Filter(crime_types=("fight",))
        statement, names = _among(wanted)
        given = names | {"query": HalfVector(vectors[7]), "space": 2, "count": 50}
        plan = library.database.asked(f"EXPLAIN {statement}", given, prepare=False)
        scans = [line for (line,) in plan if "on embeddings" in line]
        assert len(scans) == 1, plan
        assert "Index Scan using uq_embeddings_segment_id_space_id" in scans[0], plan
        hits = library.search("fresh", vectors[7], count=50, wanted=wanted)
        best = np.argsort(-(vectors @ vectors[7]))[:50] + 1501
        assert hits[0].segment_id == 1508
        assert len({hit.segment_id for hit in hits} & set(best.tolist())) >= 49  # half precision


def test_more_are_found_than_the_graph_keeps_candidates(server_url: URL) -> None:
    """Also where those nearest are marked as duplicates, and left out."""
    vectors = unit_vectors(3000)
    with open_library(Location(url=server_url)) as library:
        library.load([(recording(f"r{n}"), entry(f"u{n}", v)) for n, v in enumerate(vectors)])
        library.make_graphs()
        hits = library.search(SPACE, vectors[7], count=1500)
        assert len({hit.segment_id for hit in hits}) == 1500
        assert hits[0].similarity <= 1.0
        first = hits[0].segment_id
        uid = library.entry(first).uid
        library.mark_duplicates({hit.segment_id: uid for hit in hits[1:1200]})
        without = library.search(SPACE, vectors[7], count=20, wanted=Filter(duplicates=False))
        assert [hit.segment_id for hit in without] == [
            hit.segment_id for hit in (hits[0], *hits[1200:1219])
        ]


def test_a_search_leaves_the_line_as_it_was_also_where_it_fails(server_url: URL) -> None:
    """The next to use it begins and ends its own transaction; what failed is told in a sentence."""
    with open_library(Location(url=server_url)) as library:
        library.add(recording("r"), [entry("a", unit_vectors(1)[0])])
        library.search(SPACE, unit_vectors(1)[0], count=1)
        with pytest.raises(LibraryError, match="refused"), library.database.driver() as connection:
            connection.execute("SELECT nothing FROM nowhere")
        with library.database.reading() as session:
            assert session.connection().connection.driver_connection.autocommit is False  # type: ignore[union-attr]
        assert library.search(SPACE, unit_vectors(1)[0], count=1)[0].segment_id == 1


def test_a_library_from_before_has_its_graphs_made_when_its_owner_opens_it(
    server: Any, server_url: URL
) -> None:
    with open_library(Location(url=server_url)) as admin:
        admin.add(recording("r"), [entry("a", unit_vectors(1)[0])])
        with admin.database.writing() as session:
            session.execute(text("SELECT crimeview_drop_graph(1)"))
            session.execute(text("DROP FUNCTION crimeview_make_graph, crimeview_drop_graph"))
    assert "ix_embeddings_graph_1" not in _graphs(server, server_url)
    with open_library(Location(url=server_url)):
        assert "ix_embeddings_graph_1" in _graphs(server, server_url)


def test_several_clients_add_at_once_and_nothing_is_lost(server_url: URL) -> None:
    vectors = unit_vectors(40)
    location = Location(url=server_url)
    open_library(location).close()

    def work(client: int) -> None:
        with open_library(location, create=False) as library:
            for i in range(10):
                number = client * 10 + i
                library.add(recording(f"r{number}"), [entry(f"u{number}", vectors[number])])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    with open_library(location) as library:
        assert {e.uid for e in library.entries()} == {f"u{n}" for n in range(40)}
        for number in range(40):
            (hit,) = library.search(SPACE, vectors[number], count=1)
            assert library.entry(hit.segment_id).uid == f"u{number}"


def test_two_clients_may_make_the_schema_at_once(server_url: URL) -> None:
    location = Location(url=server_url)
    with ThreadPoolExecutor(2) as pool:
        uids = list(pool.map(lambda _: _uid(location), range(2)))
    assert uids[0] == uids[1]


def _uid(location: Location) -> str:
    with open_library(location) as library:
        return library.uid


def test_tls_options_reach_the_driver_and_a_refusal_is_a_sentence(tmp_path: Path) -> None:
    """A server that answers as one without TLS does."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]

        def refuse() -> None:
            line, _ = listening.accept()
            with line:
                asked = line.recv(8)
                answers.append(asked)
                line.sendall(b"N")
                line.recv(1)

        answers: list[bytes] = []
        thread = threading.Thread(target=refuse)
        thread.start()
        location = locate(f"postgresql://kim@127.0.0.1:{port}/crimes?sslmode=require")
        with pytest.raises(LibraryError, match="No secure line to postgresql://kim@127"):
            open_library(location)
        thread.join(5)
    assert answers == [b"\x00\x00\x00\x08\x04\xd2\x16\x2f"]  # SSLRequest, and nothing in clear


def test_a_server_that_is_not_there_is_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    with pytest.raises(LibraryError, match="cannot be reached"):
        open_library(locate(f"postgresql://kim@127.0.0.1:{port}/crimes"))


def test_a_password_in_the_url_is_refused_and_not_repeated() -> None:
    for url in (
        f"postgresql://kim:{SECRET}@server/crimes",
        f"postgresql://kim@server/crimes?password={SECRET}",
        f"postgresql://kim@server/crimes?sslmode=verify-full&sslpassword={SECRET}",
        f"postgresql://kim@server/crimes?oauth_client_secret={SECRET}",
    ):
        with pytest.raises(UsageError) as told:
            locate(url)
        assert SECRET not in str(told.value)


def test_passwords_are_kept_in_the_keyring_and_shown_nowhere(
    held: HeldKeyring, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    location = locate(f"postgresql://kim@127.0.0.1:{port}/crimes")
    assert load_password(location) is None
    save_password(location, SECRET)
    assert load_password(location) == SECRET
    caplog.set_level(logging.DEBUG)
    with pytest.raises(LibraryError) as told:
        open_library(location)
    chain: BaseException | None = told.value
    while chain is not None:
        assert SECRET not in f"{chain} {chain!r}"
        chain = chain.__cause__ or chain.__context__
    assert SECRET not in caplog.text
    assert SECRET not in str(location)
    assert delete_password(location)
    assert not delete_password(location)
