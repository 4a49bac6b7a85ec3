"""FINCH by its properties, and by the definition in the paper, computed in the plainest way."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from crimeview.atlas.finch import by_first_row, finch, finch_into, first_neighbors


def _blobs(*, count: int, each: int, seed: int, spread: float = 0.05) -> NDArray[np.float32]:
    random = np.random.default_rng(seed)
    centers = np.eye(max(count, 8))[:count]
    rows = np.repeat(centers, each, axis=0)
    return (rows + random.normal(scale=spread, size=rows.shape)).astype(np.float32)


def _by_definition(rows: NDArray[np.floating]) -> NDArray[np.intp]:
    """Equation 1 as it stands, pair by pair, and its components by walking."""
    lengths = np.linalg.norm(rows, axis=1)
    nearest = []
    for i in range(len(rows)):
        alike = [
            -np.inf if i == j else float(rows[i] @ rows[j]) / float(lengths[i] * lengths[j])
            for j in range(len(rows))
        ]
        nearest.append(int(np.argmax(alike)))
    labels = np.full(len(rows), -1)
    for start in range(len(rows)):
        if labels[start] != -1:
            continue
        walk, labels[start] = [start], start
        while walk:
            i = walk.pop()
            for j in range(len(rows)):
                adjacent = nearest[i] == j or nearest[j] == i or nearest[i] == nearest[j]
                if adjacent and labels[j] == -1:
                    labels[j] = start
                    walk.append(j)
    return by_first_row(labels)


@settings(max_examples=25, deadline=None)
@given(count=st.integers(2, 40), size=st.integers(2, 6), seed=st.integers(0, 1000))
def test_the_first_partition_is_that_of_the_definition(count: int, size: int, seed: int) -> None:
    rows = np.random.default_rng(seed).normal(size=(count, size))
    assert finch(rows)[0].tolist() == _by_definition(rows).tolist()


@settings(max_examples=25, deadline=None)
@given(count=st.integers(2, 120), seed=st.integers(0, 1000))
def test_each_partition_joins_clusters_and_has_at_most_half(count: int, seed: int) -> None:
    rows = np.random.default_rng(seed).normal(size=(count, 5))
    partitions = finch(rows)
    before, clusters = np.arange(count), count
    for partition in partitions:
        assert len(np.unique(partition)) == partition.max() + 1 <= clusters // 2
        for cluster in np.unique(before):
            assert len(np.unique(partition[before == cluster])) == 1
        before, clusters = partition, int(partition.max()) + 1
    assert len(partitions) == 1 or partitions[-1].max() > 0


@pytest.mark.parametrize("seed", range(5))
def test_well_separated_clusters_are_found(seed: int) -> None:
    rows = _blobs(count=6, each=25, seed=seed)
    blob = np.repeat(np.arange(6), 25)
    finest = finch(rows)[0]
    assert all(len(np.unique(blob[finest == cluster])) == 1 for cluster in np.unique(finest))
    assert finch_into(rows, count=6).tolist() == blob.tolist()


@pytest.mark.parametrize("count", [1, 2, 5, 17, 60])
def test_the_wanted_count_is_reached_exactly(count: int) -> None:
    rows = np.random.default_rng(3).normal(size=(60, 8))
    labels = finch_into(rows, count=count)
    assert sorted(set(labels.tolist())) == list(range(count))


def test_clusters_are_the_same_in_any_order_and_at_any_length() -> None:
    random = np.random.default_rng(4)
    rows = random.normal(size=(80, 6))
    order = random.permutation(80)
    first = finch(rows)
    mixed = finch(rows[order])
    scaled = finch(rows * 7.5)
    assert len(first) == len(mixed) == len(scaled)
    for one, other, longer in zip(first, mixed, scaled, strict=True):
        assert by_first_row(one[order]).tolist() == other.tolist()
        assert one.tolist() == longer.tolist()


def test_blocks_do_not_change_first_neighbors(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = np.random.default_rng(5).normal(size=(50, 4))
    whole = first_neighbors(rows)
    monkeypatch.setattr("crimeview.atlas.finch._BLOCK", 350)
    assert first_neighbors(rows).tolist() == whole.tolist()
    assert (whole != np.arange(50)).all()


def test_few_rows_and_equal_rows() -> None:
    assert [p.tolist() for p in finch(np.zeros((0, 3)))] == [[]]
    assert [p.tolist() for p in finch(np.ones((1, 3)))] == [[0]]
    assert [p.tolist() for p in finch(np.ones((2, 3)))] == [[0, 0]]
    assert {p.max() for p in finch(np.ones((9, 3)))} == {0}
    with pytest.raises(ValueError, match="cannot be parted"):
        finch_into(np.ones((3, 2)), count=4)
