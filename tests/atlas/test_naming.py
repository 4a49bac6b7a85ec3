from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from crimeview.atlas.naming import load_names, named_cluster, save_names, suggestions
from crimeview.core.embedding import unit
from crimeview.core.errors import CaseError


def _near(center: int, *, count: int, seed: int) -> NDArray[np.float32]:
    noise = np.random.default_rng(seed).normal(scale=0.1, size=(count, 12))
    return unit(np.eye(12)[center] + noise)


@pytest.fixture
def clusters() -> list:
    return [named_cluster(name, _near(n, count=60, seed=n)) for n, name in enumerate(("a", "b"))]


def test_what_falls_in_a_cluster_has_its_name_and_what_is_far_is_unknown(clusters: list) -> None:
    inside = suggestions(_near(1, count=200, seed=7), clusters)
    assert np.mean([s.name == "b" for s in inside]) > 0.9
    assert np.mean([s.confidence for s in inside]) == pytest.approx(0.5, abs=0.12)
    far = suggestions(_near(5, count=50, seed=8), clusters)
    assert {s.name for s in far} == {None}
    assert max(s.confidence for s in far) < 0.05


def test_a_member_more_central_than_most_is_more_confident(clusters: list) -> None:
    middle, edge = suggestions(
        np.stack([clusters[0].center, clusters[0].center + 0.4 * np.eye(12)[6]]), clusters
    )
    assert middle.confidence == 1
    assert 0 < edge.confidence < middle.confidence


def test_without_names_everything_is_unknown() -> None:
    assert {s.name for s in suggestions(_near(0, count=3, seed=0), [])} == {None}
    alone = named_cluster("one", _near(0, count=1, seed=0))
    assert alone.members == pytest.approx([1])


def test_names_are_kept_for_vectors_of_their_space(clusters: list, tmp_path: Path) -> None:
    file = tmp_path / "names.npz"
    assert load_names(file, space="x") == []
    save_names(clusters, file, space="x")
    again = load_names(file, space="x")
    assert [c.name for c in again] == ["a", "b"]
    assert (again[1].members == clusters[1].members).all()
    assert load_names(file, space="y") == []
    file.write_bytes(file.read_bytes()[:300])
    with pytest.raises(CaseError, match="cannot be read"):
        load_names(file, space="x")
    with pytest.raises(CaseError, match="cannot be kept"):
        save_names(clusters, tmp_path / "missing" / "names.npz", space="x")
