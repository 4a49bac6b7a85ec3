import numpy as np
import pytest
from numpy.typing import NDArray

from crimeview.atlas.naming import named_cluster, same_cluster, suggestions
from crimeview.core.embedding import unit


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


def test_the_same_members_are_the_same_cluster(clusters: list) -> None:
    again = named_cluster("other", _near(0, count=60, seed=0)[::-1])
    assert same_cluster(clusters[0], again)
    assert not same_cluster(clusters[0], clusters[1])
    assert not same_cluster(clusters[0], named_cluster("a", _near(0, count=59, seed=0)))
