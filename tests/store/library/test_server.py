"""What only a shared library has: roles, several clients, loading by COPY, lines and passwords."""

import logging
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError
from sqlalchemy import URL

from crimeview.core.errors import LibraryError, UsageError
from crimeview.store.library.credentials import delete_password, load_password, save_password
from crimeview.store.library.library import open_library
from crimeview.store.library.location import Location, locate
from crimeview.store.library.rows import Added, Facts
from tests.store.library.made import SPACE, entry, recording, unit_vectors

SECRET = "correct-horse-7431"


class _Held(KeyringBackend):
    """A keyring in memory."""

    priority = 1.0  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.held:
            raise PasswordDeleteError(username)
        del self.held[service, username]


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> _Held:
    backend = _Held()
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
    for text in (
        f"postgresql://kim:{SECRET}@server/crimes",
        f"postgresql://kim@server/crimes?password={SECRET}",
    ):
        with pytest.raises(UsageError) as told:
            locate(text)
        assert SECRET not in str(told.value)


def test_passwords_are_kept_in_the_keyring_and_shown_nowhere(
    held: _Held, caplog: pytest.LogCaptureFixture
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
