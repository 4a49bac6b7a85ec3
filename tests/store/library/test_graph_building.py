"""A graph is built when somebody asks for it: in parts that are kept, beside what is searched."""

import os
import shutil
import signal
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from crimeview.core.errors import LibraryError
from crimeview.store.library import graph_building, sidecar
from crimeview.store.library.index_reading import newest_token
from crimeview.store.library.library import Library, open_library
from crimeview.store.library.local_search import IndexKind
from crimeview.store.library.location import Location
from crimeview.store.library.sidecar import load_sidecar, save_sidecar
from crimeview.store.library.vector_index import VectorIndex
from tests.store.library.made import SPACE, entry, recording, unit_vectors

MANY = 400
VECTORS = unit_vectors(MANY + 40)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of more vectors than are searched exactly without a hint, with an exact index."""
    folder = tmp_path_factory.mktemp("filled") / "library"
    with _opened(folder) as library:
        _load(library, range(MANY))
        library.search(SPACE, VECTORS[0], count=1)
    return folder


@pytest.fixture
def folder(filled: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return shutil.copytree(filled, tmp_path / "library")


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a hundred vectors were a hundred thousand."""
    for name, number in (("_READ", 50), ("_AT_ONCE", 10), ("KEPT_AFTER", 100)):
        monkeypatch.setattr(graph_building, name, number)
    monkeypatch.setattr(graph_building, "_WORTH_KEEPING", 10_000)


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many vectors each addition has taken into a graph."""
    taken: list[int] = []
    add = VectorIndex.add

    def counted(self: VectorIndex, *what: np.ndarray) -> None:
        if self.is_graph:
            taken.append(len(what[0]))
        add(self, *what)

    monkeypatch.setattr(VectorIndex, "add", counted)
    return taken


def _opened(folder: Path) -> Library:
    return open_library(Location(folder=folder), graph_from=MANY // 2)


def _load(library: Library, numbers: range) -> None:
    library.load([(recording(f"r{n}"), entry(f"u{n}", VECTORS[n])) for n in numbers])


def _finds_all(library: Library, numbers: range = range(MANY)) -> bool:
    return all(
        library.search(SPACE, VECTORS[n], count=1)[0].segment_id == n + 1 for n in numbers[::5]
    )


def _sidecar(folder: Path) -> Path:
    return folder / "index" / "1"


def _uid(folder: Path) -> str:
    with _opened(folder) as library:
        return library._database.uid


def _read(folder: Path) -> tuple[VectorIndex, str]:
    """The index in force and the state it says it is of."""
    found = load_sidecar(_sidecar(folder), library=_uid(folder), space=SPACE)
    assert found is not None
    return found


def _read_note(folder: Path) -> bytes:
    return (_sidecar(folder) / "index.json").read_bytes()


def test_an_exact_index_is_kept_beyond_the_number_that_is_worth_a_graph(
    folder: Path, built: list[int]
) -> None:
    files = {file.name for file in _sidecar(folder).iterdir()}
    with _opened(folder) as library:
        assert library.wants_graph(SPACE)
        _load(library, range(MANY, MANY + 20))
        assert _finds_all(library, range(MANY + 20))
        assert library.index_kind(SPACE) is IndexKind.EXACT
        assert library.take_notices() == []
    assert built == []
    assert {file.name for file in _sidecar(folder).iterdir()} == files


def test_a_missing_index_is_built_exact_however_many_there_are(
    folder: Path, built: list[int]
) -> None:
    shutil.rmtree(_sidecar(folder))
    with _opened(folder) as library:
        assert _finds_all(library)
        assert "was missing" in library.take_notices()[0]
    assert built == []


def test_a_graph_is_built_when_asked_for_and_stays(folder: Path, built: list[int]) -> None:
    with _opened(folder) as library:
        steps = list(library.build_graph(SPACE))
        assert steps[0] == (0, MANY)
        assert steps[-1] == (MANY, MANY)
        assert max(b[0] - a[0] for a, b in pairwise(steps)) == 10
        assert library.index_kind(SPACE) is IndexKind.GRAPH
        assert not library.wants_graph(SPACE)
        assert _finds_all(library)
    assert sum(built) == MANY
    with _opened(folder) as library:
        _load(library, range(MANY, MANY + 20))
        library.remove([3])
        assert _finds_all(library, range(3, MANY + 20))
        assert library.index_kind(SPACE) is IndexKind.GRAPH
        assert library.search(SPACE, VECTORS[2], count=1)[0].segment_id != 3
        assert library.take_notices() == []
    assert sum(built) == MANY + 20
    assert len(list(_sidecar(folder).iterdir())) == 3


def test_a_stopped_build_goes_on_and_builds_nothing_twice(folder: Path, built: list[int]) -> None:
    with _opened(folder) as library:
        steps = library.build_graph(SPACE)
        for done, _ in steps:
            if done == 270:
                break
        steps.close()  # type: ignore[attr-defined]
        assert library.index_kind(SPACE) is IndexKind.EXACT
        assert _finds_all(library)
    assert sum(built) == 270
    with _opened(folder) as library:
        steps = library.build_graph(SPACE)
        assert next(steps) == (200, MANY)  # the last part begun is lost, and no more
        assert list(steps)[-1] == (MANY, MANY)
        assert _finds_all(library)
        assert library.take_notices() == []
    assert sum(built) == 270 + MANY - 200


def test_what_a_stop_has_built_is_kept_where_it_is_much(
    folder: Path, built: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graph_building, "_WORTH_KEEPING", 50)
    with _opened(folder) as library:
        steps = library.build_graph(SPACE)
        assert next(s for s in steps if s[0] == 170) == (170, MANY)
        steps.close()  # type: ignore[attr-defined]
    with _opened(folder) as library:
        first, *_ = library.build_graph(SPACE)
        assert first == (170, MANY)
    assert sum(built) == MANY


def test_searches_meanwhile_are_answered_exactly_and_see_what_changes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crimeview.store.library.local_search._SAVED_AFTER", 0)
    with _opened(folder) as library:
        steps = library.build_graph(SPACE)
        changes: list[Callable[[], object]] = [
            lambda: _load(library, range(MANY, MANY + 10)),
            lambda: library.remove([5]),
            lambda: _load(library, range(MANY + 10, MANY + 20)),
        ]
        for number, _ in enumerate(steps):
            if number % 12 == 0 and changes:
                changes.pop(0)()
            found = library.search(SPACE, VECTORS[number + 10], count=1)
            assert found[0].segment_id == number + 11
        assert changes == []
        assert library.index_kind(SPACE) is IndexKind.GRAPH
        assert _finds_all(library, range(5, MANY + 20))
        everything = library.search(SPACE, VECTORS[4], count=MANY + 40)
        assert {hit.segment_id for hit in everything} == set(range(1, MANY + 21)) - {5}
    with _opened(folder) as library:
        assert _finds_all(library, range(5, MANY + 20))
        everything = library.search(SPACE, VECTORS[4], count=MANY + 40)
        assert {hit.segment_id for hit in everything} == set(range(1, MANY + 21)) - {5}
        assert library.take_notices() == []


@pytest.mark.parametrize("stopped", [False, True])
def test_what_is_removed_while_a_graph_is_built_stays_away(folder: Path, *, stopped: bool) -> None:
    """Also where it is in a part that another try goes on from."""
    with _opened(folder) as library:
        steps = library.build_graph(SPACE)
        assert next(s for s in steps if s[0] == 150)
        library.remove([5])
        if stopped:
            assert next(s for s in steps if s[0] == 250)
            steps.close()  # type: ignore[attr-defined]
        else:
            list(steps)
    with _opened(folder) as library:
        if stopped:
            list(library.build_graph(SPACE))
    with _opened(folder) as library:
        assert library.index_kind(SPACE) is IndexKind.GRAPH
        everything = library.search(SPACE, VECTORS[4], count=MANY)
        assert {hit.segment_id for hit in everything} == set(range(1, MANY + 1)) - {5}
    assert len(_read(folder)[0]) == MANY - 1  # nor does the file hold it, whoever reads it


def test_an_index_that_lacks_some_of_the_state_it_names_is_caught_up(folder: Path) -> None:
    """As files of an earlier version may: parts, and graphs with what was removed meanwhile."""
    index, token = _read(folder)
    part = VectorIndex(index.dimensions, graph=True)
    with _opened(folder) as library:
        library.remove([5])
    with _opened(folder) as library:
        library.search(SPACE, VECTORS[0], count=1)
        with library._database.reading() as session:
            token = newest_token(session)
    part.add(np.arange(1, 101), np.arange(1, 101), VECTORS[:100])
    save_sidecar(_sidecar(folder), part, library=_uid(folder), space=SPACE, token=token)
    with _opened(folder) as library:
        everything = library.search(SPACE, VECTORS[4], count=MANY)
        assert {hit.segment_id for hit in everything} == set(range(1, MANY + 1)) - {5}


def test_one_builds_at_a_time(folder: Path, built: list[int]) -> None:
    with _opened(folder) as library, _opened(folder) as other:
        steps = library.build_graph(SPACE)
        assert next(s for s in steps if s[0] == 250)
        for again in (library, other):
            with pytest.raises(LibraryError, match="is being built already"):
                next(again.build_graph(SPACE))
        assert list(steps)[-1] == (MANY, MANY)
        assert sum(built) == MANY
        assert _finds_all(other)
        assert next(other.build_graph(SPACE)) == (0, MANY)
    with _opened(folder) as library:
        assert library.index_kind(SPACE) is IndexKind.GRAPH
        assert _finds_all(library)


@pytest.mark.skipif(os.name == "nt", reason="needs fork and SIGKILL")
def test_a_killed_builder_locks_nobody_out(folder: Path) -> None:
    child = os.fork()
    if child == 0:
        next(_opened(folder).build_graph(SPACE))
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    with _opened(folder) as library:
        assert list(library.build_graph(SPACE))[-1] == (MANY, MANY)


def test_a_builder_puts_nothing_in_force_but_what_it_has_stored(folder: Path) -> None:
    with _opened(folder) as library:
        steps = library.build_graph(SPACE)
        assert next(s for s in steps if s[0] == 150)
        (part,) = _sidecar(folder).glob("graph.json")
        of_part = part.read_bytes()
        for done, _ in steps:
            if done == MANY:  # the last part is stored after the first report of it, not the next
                break
        next(steps)
        part.write_bytes(of_part)
        with pytest.raises(LibraryError, match="build it again"):
            list(steps)
        assert library.index_kind(SPACE) is IndexKind.EXACT
        assert _finds_all(library)


def test_what_another_program_is_writing_is_left_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crimeview.store.library.local_search._SAVED_AFTER", 0)
    checksum = sidecar._checksum
    notes = [_read_note(folder)]
    more = [range(first, first + 10) for first in range(MANY, MANY + 40, 10)]
    with _opened(folder) as library, _opened(folder) as other:
        other.search(SPACE, VECTORS[0], count=1)

        def between(path: Path) -> int:
            if path.name.startswith("graph-") and more:  # which is written, and no note names yet
                _load(other, more.pop(0))
                other.search(SPACE, VECTORS[0], count=1)
                notes.append(_read_note(folder))
            return checksum(path)

        monkeypatch.setattr(sidecar, "_checksum", between)
        list(library.build_graph(SPACE))
        assert len(set(notes)) == 5
        assert library.index_kind(SPACE) is IndexKind.GRAPH
        assert _finds_all(library, range(MANY + 40))
        assert library.take_notices() == other.take_notices() == []
    assert len(list(_sidecar(folder).iterdir())) == 3


def test_what_a_killed_program_has_left_behind_goes(folder: Path) -> None:
    now = time.time()
    for name, hours in (("old.vectors", 30), ("new.vectors", 2), ("graph-new.vectors", 0)):
        file = _sidecar(folder) / name
        file.write_bytes(b"x")
        os.utime(file, (now - hours * 3600, now - hours * 3600))
    sidecar.sweep(_sidecar(folder))
    assert not (_sidecar(folder) / "old.vectors").exists()
    assert (_sidecar(folder) / "new.vectors").exists()
    assert (_sidecar(folder) / "graph-new.vectors").exists()
    with _opened(folder) as library:  # which builds alone, so that other parts are nobody's
        next(library.build_graph(SPACE))
    assert (_sidecar(folder) / "new.vectors").exists()
    assert not (_sidecar(folder) / "graph-new.vectors").exists()


@pytest.mark.parametrize("suffix", [".vectors", ".numbers", "graph.json"])
def test_a_damaged_part_is_thrown_away_and_told(
    folder: Path, built: list[int], suffix: str
) -> None:
    known = set(_sidecar(folder).iterdir())
    with _opened(folder) as library:
        steps = library.build_graph(SPACE)
        assert next(s for s in steps if s[0] == 250)
        steps.close()  # type: ignore[attr-defined]
    (file,) = (f for f in set(_sidecar(folder).iterdir()) - known if f.name.endswith(suffix))
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0x41
    file.write_bytes(content)
    with _opened(folder) as library:
        steps = library.build_graph(SPACE)
        assert next(steps) == (0, MANY)
        assert set(_sidecar(folder).iterdir()) == known
        assert _finds_all(library)
        assert list(steps)[-1] == (MANY, MANY)
        (notice,) = library.take_notices()
        assert "part of the graph" in notice
        assert "damaged" in notice
        assert _finds_all(library)
    assert sum(built) == 250 + MANY


def test_a_part_of_a_state_that_never_was_is_thrown_away(folder: Path, tmp_path: Path) -> None:
    """As after a backup was brought back that knows nothing of what came after it."""
    shutil.copytree(folder, tmp_path / "backup")
    with _opened(folder) as library:
        _load(library, range(MANY, MANY + 40))
        steps = library.build_graph(SPACE)
        assert next(s for s in steps if s[0] == 250)
        steps.close()  # type: ignore[attr-defined]
    for name in ("library.db", "library.db-wal", "library.db-shm"):
        (folder / name).unlink(missing_ok=True)
    shutil.copy(tmp_path / "backup" / "library.db", folder / "library.db")
    with _opened(folder) as library:
        assert next(library.build_graph(SPACE)) == (0, MANY)


def test_a_disk_that_fills_up_leaves_the_exact_index_and_the_last_part(
    folder: Path, built: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Path) -> None:
        raise OSError(28, "No space left on device")

    with _opened(folder) as library:
        steps = library.build_graph(SPACE)
        assert next(s for s in steps if s[0] == 150)
        with monkeypatch.context() as patch:
            patch.setattr("crimeview.store.library.sidecar._to_disk", full)
            with pytest.raises(LibraryError, match="free some space"):
                list(steps)
        assert library.index_kind(SPACE) is IndexKind.EXACT
        assert _finds_all(library)
        steps = library.build_graph(SPACE)
        assert next(steps) == (100, MANY)
        assert list(steps)[-1] == (MANY, MANY)
        assert library.index_kind(SPACE) is IndexKind.GRAPH
    assert sum(built) == MANY + MANY - 100


def test_another_program_does_not_write_its_exact_index_over_the_graph(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crimeview.store.library.local_search._SAVED_AFTER", 0)
    with _opened(folder) as other:
        other.search(SPACE, VECTORS[0], count=1)
        with _opened(folder) as library:
            list(library.build_graph(SPACE))
            _load(library, range(MANY, MANY + 20))
        assert _finds_all(other, range(MANY + 20))
    with _opened(folder) as library:
        assert library.index_kind(SPACE) is IndexKind.GRAPH
        assert _finds_all(library, range(MANY + 20))


def test_who_finds_no_index_does_not_write_one_over_a_graph_that_came_meanwhile(
    folder: Path,
) -> None:
    shutil.rmtree(_sidecar(folder))
    with _opened(folder) as library, _opened(folder) as other:
        reading = other.refresh(SPACE)
        next(reading)  # type: ignore[call-overload]
        list(library.build_graph(SPACE))
        list(reading)
        assert library.index_kind(SPACE) is IndexKind.GRAPH
        assert _finds_all(other)


def test_building_the_index_anew_gives_an_exact_one_again(folder: Path) -> None:
    with _opened(folder) as library:
        list(library.build_graph(SPACE))
        library.rebuild()
        assert _finds_all(library)
        assert library.index_kind(SPACE) is IndexKind.EXACT
    with _opened(folder) as library:
        assert _finds_all(library)
        assert library.take_notices() == []


def test_what_is_added_to_a_graph_is_put_into_it_once(
    folder: Path, built: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crimeview.store.library.local_search._SAVED_AFTER", 1)
    with _opened(folder) as library:
        list(library.build_graph(SPACE))
        _load(library, range(MANY, MANY + 6))  # of an exact index under a fiftieth may be missing
        assert _finds_all(library, range(MANY + 6))
    assert sum(built) == MANY + 6
    with _opened(folder) as library:
        assert _finds_all(library, range(MANY + 6))
    assert sum(built) == MANY + 6


def test_a_full_disk_is_told_meanwhile_and_not_tried_all_the_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = 0

    def full(_: Path) -> None:
        nonlocal tried
        tried += 1
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sidecar, "_to_disk", full)
    with _opened(folder) as library:
        steps = library.build_graph(SPACE)
        assert next(s for s in steps if s[0] == 180)
        (notice,) = library.take_notices()
        assert "free some space" in notice
        with pytest.raises(LibraryError, match="free some space"):
            list(steps)
        assert library.take_notices() == []
    assert tried == 5  # after each hundred, and at the end


@pytest.mark.skipif(os.name == "nt", reason="needs fork and SIGKILL")
@pytest.mark.parametrize("flushes", [1, 3, 4, 5, 11, 12, 15, 16, 17])
def test_a_kill_while_it_is_stored_loses_nothing(folder: Path, flushes: int) -> None:
    """Each of the four parts is four flushes: two files, the note, and the folder with the note."""
    child = os.fork()
    if child == 0:
        left = flushes

        def flush(_: Path) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        sidecar._to_disk = flush
        list(_opened(folder).build_graph(SPACE))
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    with _opened(folder) as library:
        in_force = flushes == 17
        assert library.index_kind(SPACE) is (IndexKind.GRAPH if in_force else IndexKind.EXACT)
        assert _finds_all(library)
        assert next(library.build_graph(SPACE))[0] == (0 if in_force else 100 * (flushes // 4))
        assert library.take_notices() == []
