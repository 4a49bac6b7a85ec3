"""The rough look at very many vectors: nothing that is near is missed by it."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from crimeview.store.library.library import open_library
from crimeview.store.library.location import Location
from crimeview.store.library.rough_vectors import RoughVectors
from crimeview.store.library.vector_index import VectorIndex
from tests.store.library.made import SPACE, entry, recording, unit_vectors

Rows = NDArray[np.float32]
_SIZE, _MANY = 64, 20_000


def _clustered() -> Rows:
    random = np.random.default_rng(5)
    centers = random.standard_normal((200, _SIZE))
    rows = centers[random.integers(200, size=_MANY)] + 0.5 * random.standard_normal((_MANY, _SIZE))
    return _at_length_one(rows)


def _sparse() -> Rows:
    """As networks give them: no number below zero, most of them zero, all of them alike."""
    random = np.random.default_rng(6)
    rows = 0.6 + np.maximum(random.standard_normal((_MANY, _SIZE)) - 0.8, 0.0)
    rows[:, _SIZE // 2 :] *= 0.01
    return _at_length_one(rows)


def _at_length_one(rows: NDArray[np.floating]) -> Rows:
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def _index(rows: Rows, *, rough_from: int = 1000, graph: bool = False) -> VectorIndex:
    index = VectorIndex(_SIZE, rough_from=rough_from, graph=graph)
    for first in range(0, len(rows), 7000):
        part = rows[first : first + 7000]
        numbers = np.arange(first, first + len(part)) + 1
        index.add(numbers, numbers, part)
    return index


def _share_found(index: VectorIndex, rows: Rows, queries: Rows) -> float:
    half = rows.astype(np.float16).astype(np.float32)
    found = 0
    for query in queries:
        best = set((np.argsort(-(half @ query), kind="stable")[:50] + 1).tolist())
        found += len(best & set(index.search(query, count=50)[0].tolist()))
    return found / (50 * len(queries))


@pytest.mark.parametrize("kind", [_clustered, _sparse], ids=["clustered", "sparse"])
def test_what_is_found_is_what_looking_at_all_finds(kind: object) -> None:
    rows = kind()  # type: ignore[operator]
    index = _index(rows)
    assert not index.lacks_rough_look
    nowhere = unit_vectors(10, dimensions=_SIZE, seed=9)  # unlike anything: all are equally far
    assert _share_found(index, rows, rows[::1000]) >= 0.999
    assert _share_found(index, rows, nowhere) >= 0.999


@pytest.mark.parametrize("kind", [_clustered, _sparse], ids=["clustered", "sparse"])
@pytest.mark.parametrize("graph", [False, True], ids=["exact", "graph"])
def test_what_a_filter_leaves_is_found_as_by_looking_at_all(kind: object, *, graph: bool) -> None:
    rows = kind()[: 6000 if graph else _MANY]  # type: ignore[operator]
    index = _index(rows, graph=graph)
    some = np.sort(np.random.default_rng(3).choice(len(rows), len(rows) - 500, replace=False))
    half = rows[some].astype(np.float16).astype(np.float32)
    nowhere = unit_vectors(5, dimensions=_SIZE, seed=9)
    found = 0
    queries = [*rows[:: len(rows) // 15], *nowhere]
    for query in queries:
        best = some[np.argsort(-(half @ query), kind="stable")[:50]] + 1
        numbers, similarities = index.among(some + 1, query, count=50)
        found += len(set(best.tolist()) & set(numbers.tolist()))
        assert np.allclose(similarities, rows[numbers - 1] @ query, atol=2e-3)
    assert found / (50 * len(queries)) >= 0.999


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many vectors each search compares as they are."""
    looked: list[int] = []
    closely = VectorIndex._similarities

    def counted(self: VectorIndex, chosen: NDArray[np.int64], query: Rows) -> Rows:
        looked.append(len(chosen))
        return closely(self, chosen, query)

    monkeypatch.setattr(VectorIndex, "_similarities", counted)
    return looked


def test_of_what_a_filter_leaves_most_are_not_looked_at_closely(looked: list[int]) -> None:
    rows = _clustered()
    index = _index(rows)
    some = index.rows_of(np.arange(1, _MANY, 2))
    for query in rows[::1000]:
        index.among_rows(some, query, count=20)
    assert looked
    assert sum(looked) / 20 < len(some) / 5


def test_most_are_not_looked_at_closely(looked: list[int]) -> None:
    rows = _clustered()
    index = _index(rows)
    for query in rows[::1000]:
        index.search(query, count=50)
    assert sum(looked) / 20 < _MANY / 5


def test_what_was_removed_is_not_found_and_the_next_takes_its_place() -> None:
    rows = _clustered()
    index = _index(rows)
    query = rows[77]
    first = index.search(query, count=20)[0]
    gone = set(first[:10].tolist())
    index.keep(np.array([n for n in range(1, _MANY + 1) if n not in gone]))
    again = index.search(query, count=10)[0]
    assert again.tolist() == first[10:].tolist()


def test_it_is_stored_and_grows(tmp_path: Path) -> None:
    rows = _clustered()
    index = _index(rows[:15_000])
    files = (str(tmp_path / "a"), str(tmp_path / "b"))
    index.write(*files)
    read = VectorIndex.read(*files)
    assert read._rough is not None
    assert len(read._rough) == 15_000
    numbers = np.arange(15_000, _MANY) + 1
    read.add(numbers, numbers, rows[15_000:])
    assert _share_found(read, rows, rows[::1000]) >= 0.999


def test_rows_keep_their_numbers_over_all_shards() -> None:
    rough = RoughVectors(8)
    rows = unit_vectors(70_000, dimensions=8)
    for first in range(0, 70_000, 9_000):
        rough.add(rows[first : first + 9_000])
    found, seem = rough.nearest(rows[:1], count=70_000)
    assert sorted(found.tolist()) == list(range(70_000))
    exact = rows @ rows[0]
    assert np.corrcoef(exact[found], seem)[0, 1] > 0.7
    some, _ = rough.nearest(rows[:1], count=100)
    assert 100 <= len(some) <= 400
    assert some.tolist() == found[: len(some)].tolist()


def test_an_index_from_before_is_built_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vectors = unit_vectors(60)
    with open_library(Location(folder=tmp_path)) as library:
        library.load(
            [(recording("r"), entry(f"u{n}", v, start=9.0 * n)) for n, v in enumerate(vectors)]
        )
        library.search(SPACE, vectors[0], count=1)
    monkeypatch.setattr("crimeview.store.library.vector_index.ROUGH_FROM", 30)
    with open_library(Location(folder=tmp_path)) as library:
        for number, vector in enumerate(vectors):
            assert library.search(SPACE, vector, count=1)[0].segment_id == number + 1
        (notice,) = library.take_notices()
        assert "another kind" in notice
