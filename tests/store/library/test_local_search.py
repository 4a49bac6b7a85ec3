"""The index beside a library: rebuilt when missing, damaged or of another state, and said so."""

import json
from pathlib import Path

import numpy as np
import pytest

from crimeview.store.library.library import Library, open_library
from crimeview.store.library.location import Location
from crimeview.store.library.vector_index import VectorIndex
from tests.store.library.made import SPACE, entry, recording, unit_vectors

VECTORS = unit_vectors(60)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library with an index beside it."""
    folder = tmp_path / "library"
    with open_library(Location(folder=folder)) as library:
        _add(library, range(50))
        library.search(SPACE, VECTORS[0], count=1)
    return folder


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
        for number in range(50):
            assert library.search(SPACE, VECTORS[number], count=1)[0].segment_id == number + 1
        library.remove([1])
        assert library.search(SPACE, VECTORS[0], count=50)[0].segment_id != 1
    with open_library(Location(folder=tmp_path / "library"), graph_from=30) as library:
        assert library.search(SPACE, VECTORS[7], count=1)[0].segment_id == 8
        assert library.take_notices() == []
