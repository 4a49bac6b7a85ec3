import numpy as np
import pytest
from numpy.typing import NDArray

from crimeview.atlas.choices import NOISE
from crimeview.atlas.grouping import group
from crimeview.atlas.shape import DRAWS, shape, stability


def _rows(spread: float) -> NDArray[np.float64]:
    rows = np.repeat(np.eye(40)[:3], 20, axis=0)
    return rows + np.random.default_rng(0).normal(scale=spread, size=rows.shape)


def test_tight_clusters_have_the_better_shape() -> None:
    clusters = np.repeat(np.arange(3), 20)
    tight, loose = shape(_rows(0.02), clusters), shape(_rows(0.3), clusters)
    assert tight.silhouette is not None
    assert loose.silhouette is not None
    assert tight.davies_bouldin is not None
    assert loose.davies_bouldin is not None
    assert 0.8 < tight.silhouette <= 1
    assert tight.silhouette > loose.silhouette
    assert tight.davies_bouldin < loose.davies_bouldin


def test_one_cluster_has_no_shape() -> None:
    rows = _rows(0.1)
    assert shape(rows, np.zeros(60, np.intp)).silhouette is None
    assert shape(rows, np.full(60, NOISE)).davies_bouldin is None
    assert shape(rows, np.arange(60)).silhouette is None


@pytest.mark.parametrize(("spread", "low", "high"), [(0.02, 0.999, 1.0), (3.0, 0.0, 0.7)])
def test_stability_tells_clusters_from_noise(spread: float, low: float, high: float) -> None:
    rows = _rows(spread)
    clusters = group(rows, method="k-means", count=3)

    def regroup(kept: NDArray[np.intp], draw: int) -> NDArray[np.intp]:
        return group(rows[kept], method="k-means", count=3, seed=draw)

    alike = list(stability(clusters, groups=[str(n) for n in range(60)], regroup=regroup))
    assert len(alike) == DRAWS
    assert low <= float(np.mean(alike)) <= high


def test_groups_are_left_out_whole() -> None:
    seen = []

    def regroup(kept: NDArray[np.intp], draw: int) -> NDArray[np.intp]:
        seen.append(kept)
        return np.zeros(len(kept), np.intp)

    list(stability(np.zeros(60, np.intp), groups=[str(n // 2) for n in range(60)], regroup=regroup))
    assert all((np.bincount(kept // 2) % 2 == 0).all() for kept in seen)
    assert {len(kept) for kept in seen} == {48}
