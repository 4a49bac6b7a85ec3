import numpy as np
import pytest
from sklearn import manifold

from crimeview.atlas.neighbors import nearest, own_neighbors
from crimeview.atlas.trust import trustworthiness
from crimeview.core.embedding import unit


def test_neighbors_are_those_of_every_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(0)
    queries, rows = random.normal(size=(30, 6)), random.normal(size=(70, 6))
    monkeypatch.setattr("crimeview.atlas.neighbors._BLOCK", 500)
    numbers, distances = nearest(queries, rows, count=5)
    apart = 1 - unit(queries) @ unit(rows).T
    assert numbers.tolist() == np.argsort(apart, axis=1)[:, :5].tolist()
    assert distances == pytest.approx(np.sort(apart, axis=1)[:, :5], abs=1e-6)
    everything, _ = nearest(queries, rows[:3], count=3)
    assert sorted(everything[0].tolist()) == [0, 1, 2]


def test_each_is_its_own_first_neighbor_also_among_equals() -> None:
    rows = np.repeat(np.random.default_rng(1).normal(size=(6, 4)), 5, axis=0)
    numbers, distances = own_neighbors(rows, count=3)
    assert numbers[:, 0].tolist() == list(range(30))
    assert all(len(set(row)) == 3 for row in numbers.tolist())
    assert distances == pytest.approx(np.zeros((30, 3)), abs=1e-6)


def test_trust_is_that_of_scikit_learn() -> None:
    random = np.random.default_rng(2)
    rows = unit(random.normal(size=(120, 10)))
    positions = random.normal(size=(120, 2)) + 2 * rows[:, :2]
    wanted = manifold.trustworthiness(rows, positions, n_neighbors=12, metric="cosine")
    assert trustworthiness(rows, positions) == pytest.approx(wanted, abs=1e-6)
    some = trustworthiness(rows, positions, most=60)
    assert some == pytest.approx(wanted, abs=0.05)


def test_a_faithful_map_is_trusted_and_a_random_one_is_not() -> None:
    random = np.random.default_rng(3)
    angle = random.uniform(0, 1.5, size=(200, 1))
    rows = np.concatenate([np.cos(angle), np.sin(angle)], axis=1)
    assert trustworthiness(rows, rows) == pytest.approx(1, abs=1e-9)
    wrong = trustworthiness(rows, random.normal(size=(200, 2)))
    assert wrong is not None
    assert wrong < 0.65
    assert trustworthiness(rows[:10], rows[:10]) is None
