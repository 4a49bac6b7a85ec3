"""The index beside a library: rebuilt when missing, damaged or of another state, and said so."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from crimeview.store.library.library import Library, open_library
from crimeview.store.library.local_search import IndexKind, LocalSearch
from crimeview.store.library.location import Location
from crimeview.store.library.rows import Facts, Filter
from crimeview.store.library.sidecar import load_sidecar, save_sidecar
from crimeview.store.library.vector_index import VectorIndex
from tests.store.library.made import SPACE, entry, recording, unit_vectors

VECTORS = unit_vectors(60)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with an index beside it."""
    folder = tmp_path_factory.mktemp("filled") / "library"
    with open_library(Location(folder=folder)) as library:
        _add(library, range(50))
        library.search(SPACE, VECTORS[0], count=1)
    return folder


@pytest.fixture
def folder(filled: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return shutil.copytree(filled, tmp_path / "library")


def _add(library: Library, numbers: range) -> None:
    for number in numbers:
        library.add(recording(f"r{number}"), [entry(f"u{number}", VECTORS[number])])


def _searched(folder: Path) -> list[str]:
    """Search for all; gives the notices."""
    with open_library(Location(folder=folder)) as library:
        for number in range(50):
            assert library.search(SPACE, VECTORS[number], count=1)[0].segment_id == number + 1
        return library.take_notices()


def _sidecar(folder: Path) -> Path:
    return folder / "index" / "1"


def test_an_index_that_is_good_is_used_without_a_word(folder: Path) -> None:
    assert _searched(folder) == []


def test_the_first_index_of_a_library_is_no_news(tmp_path: Path) -> None:
    place = tmp_path / "new"
    with open_library(Location(folder=place)) as library:
        _add(library, range(5))
        library.search(SPACE, VECTORS[0], count=1)
        assert library.take_notices() == []
    shutil.rmtree(place / "index")
    with open_library(Location(folder=place)) as library:
        library.search(SPACE, VECTORS[0], count=1)
        (notice,) = library.take_notices()
    assert "was missing" in notice


@pytest.mark.parametrize("suffix", [".vectors", ".numbers", ".json"])
def test_a_damaged_index_is_built_anew_and_told(folder: Path, suffix: str) -> None:
    (file,) = _sidecar(folder).glob(f"*{suffix}")
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0x41
    file.write_bytes(content)
    (notice,) = _searched(folder)
    assert "was built anew from the library (50 vectors)" in notice
    assert _searched(folder) == []


@pytest.mark.parametrize("suffix", [".vectors", ".numbers", ".json"])
def test_a_truncated_or_missing_index_is_built_anew(folder: Path, suffix: str) -> None:
    (file,) = _sidecar(folder).glob(f"*{suffix}")
    file.write_bytes(file.read_bytes()[:-7])
    (notice,) = _searched(folder)
    assert "was damaged" in notice
    (file,) = _sidecar(folder).glob(f"*{suffix}")
    file.unlink()
    (notice,) = _searched(folder)
    assert "was missing" in notice or "is missing" in notice


def test_an_index_of_another_library_or_state_is_not_trusted(folder: Path, tmp_path: Path) -> None:
    with open_library(Location(folder=tmp_path / "other")) as other:
        for number in range(50):  # as many, under the same numbers
            other.add(recording(f"x{number}"), [entry(f"x{number}", VECTORS[59 - number])])
        other.search(SPACE, VECTORS[0], count=1)
    for file in _sidecar(folder).iterdir():
        file.unlink()
    for file in _sidecar(tmp_path / "other").iterdir():
        (_sidecar(folder) / file.name).write_bytes(file.read_bytes())
    (notice,) = _searched(folder)
    assert "another library" in notice
    note = _sidecar(folder) / "index.json"
    values = json.loads(note.read_text())
    note.write_text(json.dumps(values | {"token": "0" * 32}))  # as after a backup was brought back
    (notice,) = _searched(folder)
    assert "another state" in notice


def test_what_came_later_is_taken_in_without_building_anew(folder: Path) -> None:
    with open_library(Location(folder=folder)) as library:
        _add(library, range(50, 60))
        library.remove([56])
    with open_library(Location(folder=folder)) as library:
        for number in range(60):
            found = library.search(SPACE, VECTORS[number], count=1)[0].segment_id
            assert (found == number + 1) == (number != 55)
        assert library.take_notices() == []


@pytest.mark.parametrize("reopened", [False, True])
def test_what_is_loaded_at_once_is_found_at_the_next_search(
    folder: Path, *, reopened: bool
) -> None:
    batch = [(recording(f"r{n}"), entry(f"u{n}", VECTORS[n])) for n in range(50, 60)]
    with open_library(Location(folder=folder)) as library:
        library.search(SPACE, VECTORS[0], count=1)
        library.load(batch)
        if not reopened:
            assert library.search(SPACE, VECTORS[55], count=1)[0].segment_id == 56
    with open_library(Location(folder=folder)) as library:
        for number in range(60):
            assert library.search(SPACE, VECTORS[number], count=1)[0].segment_id == number + 1
        assert library.take_notices() == []


@pytest.mark.parametrize("fails_at", [1, 2, 3])
def test_a_disk_that_fills_up_while_the_index_is_written_leaves_the_old_one_in_force(
    folder: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    """Vectors, numbers and the note are flushed one after the other; each may be the last straw."""
    flushed = 0

    def flush(_: Path) -> None:
        nonlocal flushed
        flushed += 1
        if flushed == fails_at:
            raise OSError(28, "No space left on device")

    before = {file.name: file.read_bytes() for file in _sidecar(folder).iterdir()}
    monkeypatch.setattr("crimeview.store.library.sidecar._to_disk", flush)
    monkeypatch.setattr("crimeview.store.library.local_search._SAVED_AFTER", 0)
    with open_library(Location(folder=folder)) as library:
        _add(library, range(50, 60))
        assert library.search(SPACE, VECTORS[55], count=1)[0].segment_id == 56
        (notice,) = library.take_notices()
        assert "could not be stored" in notice
    assert {file.name: file.read_bytes() for file in _sidecar(folder).iterdir()} == before
    monkeypatch.undo()
    assert _searched(folder) == []


def test_the_graph_finds_nearly_all_and_filters_stay_exact() -> None:
    centers = unit_vectors(40, dimensions=32, seed=3)
    random = np.random.default_rng(4)
    rows = centers[random.integers(40, size=4000)] + 0.1 * random.standard_normal((4000, 32))
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    index = VectorIndex(32, graph=True)
    numbers = np.arange(1, 4001)
    index.add(numbers, numbers * 10, rows)
    some = np.sort(random.choice(4000, 80, replace=False))
    hits = 0
    for query in rows[::400]:
        exact = set(((np.argsort(-(rows @ query))[:50] + 1) * 10).tolist())
        hits += len(exact & set(index.search(query, count=50)[0].tolist()))
        found, _ = index.among((some + 1) * 10, query, count=20)
        best = some[np.argsort(-(rows[some] @ query), kind="stable")[:20]]
        assert len(set(found.tolist()) & set(((best + 1) * 10).tolist())) >= 19  # half precision
    assert hits >= 0.97 * 500


def test_a_library_of_more_than_so_many_vectors_searches_by_a_graph(tmp_path: Path) -> None:
    with open_library(Location(folder=tmp_path / "library"), graph_from=30) as library:
        _add(library, range(50))
        assert library.wants_graph(SPACE)
        for _ in library.build_graph(SPACE):
            pass
        assert library.index_kind(SPACE) is IndexKind.GRAPH
        for number in range(50):
            assert library.search(SPACE, VECTORS[number], count=1)[0].segment_id == number + 1
        library.remove([1])
        assert library.search(SPACE, VECTORS[0], count=50)[0].segment_id != 1
    with open_library(Location(folder=tmp_path / "library"), graph_from=30) as library:
        assert library.search(SPACE, VECTORS[7], count=1)[0].segment_id == 8
        assert library.index_kind(SPACE) is IndexKind.GRAPH
        assert library.take_notices() == []


def test_an_index_whose_dimensions_do_not_fit_its_space_is_built_anew(folder: Path) -> None:
    """Its files are as they were written, of this library, space and state."""
    held, token = load_sidecar(_sidecar(folder), library=_uid(folder), space=SPACE)  # type: ignore[misc]
    other = VectorIndex(held.dimensions * 2)
    other.add(np.arange(1, 51), np.arange(1, 51), unit_vectors(50, dimensions=other.dimensions))
    save_sidecar(_sidecar(folder), other, library=_uid(folder), space=SPACE, token=token)
    (notice,) = _searched(folder)
    assert "another kind" in notice
    assert _searched(folder) == []


def test_what_a_filter_fits_is_asked_anew_after_every_change(folder: Path) -> None:
    wanted = Filter(cameras=("gate",))
    other_program = open_library(Location(folder=folder))
    with open_library(Location(folder=folder)) as library, other_program:

        def found() -> set[int]:
            hits = library.search(SPACE, VECTORS[0], count=50, wanted=wanted)
            return {hit.segment_id for hit in hits}

        assert found() == set()
        library.set_facts(3, Facts(camera="gate"))
        assert found() == {3}
        other_program.set_facts(9, Facts(camera="gate"))
        assert found() == {3, 9}
        other_program.add(recording("r50"), [entry("u50", VECTORS[50], camera="gate")])
        assert found() == {3, 9, 51}
        library.remove([3])
        assert found() == {9, 51}
        other_program.mark_duplicates({9: "u1"})
        assert found() == {51}


def test_filters_are_kept_while_nothing_changes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Filter] = []
    numbers = LocalSearch._numbers

    def counted(self: LocalSearch, wanted: Filter) -> object:
        asked.append(wanted)
        return numbers(self, wanted)

    monkeypatch.setattr(LocalSearch, "_numbers", counted)
    with open_library(Location(folder=folder)) as library:
        for query in VECTORS[:5]:
            for name in "ab":
                library.search(SPACE, query, count=5, wanted=Filter(cameras=(name,)))
    assert len(asked) == 2


def _uid(folder: Path) -> str:
    with open_library(Location(folder=folder)) as library:
        return library.uid
