import warnings

import numpy as np
import pytest
from numpy.typing import NDArray

from crimeview.atlas.choices import METHODS, NOISE, Method
from crimeview.atlas.grouping import group, suggested_count


@pytest.fixture(scope="module")
def blobs() -> NDArray[np.float32]:
    """Four tight clusters of 15 in a dozen dimensions."""
    rows = np.repeat(np.eye(12)[:4], 15, axis=0)
    noise = np.random.default_rng(0).normal(scale=0.05, size=rows.shape)
    return (rows + noise).astype(np.float32)


@pytest.mark.parametrize("method", METHODS)
def test_every_method_finds_what_is_plain(blobs: NDArray[np.float32], method: Method) -> None:
    labels = group(blobs, method=method, count=4)
    assert labels.tolist() == np.repeat(np.arange(4), 15).tolist()


@pytest.mark.parametrize("method", METHODS)
def test_what_is_alone_is_a_cluster(method: Method) -> None:
    assert group(np.ones((1, 3)), method=method, count=1).tolist() == [0]


@pytest.mark.parametrize("method", METHODS)
def test_length_does_not_matter_and_a_seed_repeats(
    blobs: NDArray[np.float32], method: Method
) -> None:
    random = np.random.default_rng(1)
    rows = random.normal(size=(60, 12))
    scaled = rows * random.uniform(0.1, 9, size=(60, 1))
    first = group(rows, method=method, count=5, seed=3)
    assert first.tolist() == group(scaled, method=method, count=5, seed=3).tolist()
    assert first.tolist() == group(rows, method=method, count=5, seed=3).tolist()


@pytest.mark.parametrize("method", [m for m in METHODS if m != "hdbscan"])
def test_there_are_as_many_clusters_as_wanted(method: Method) -> None:
    rows = np.random.default_rng(2).normal(size=(50, 10))
    labels = group(rows, method=method, count=7)
    assert sorted(set(labels.tolist())) == list(range(7))


def test_hdbscan_leaves_what_is_nowhere_in_no_cluster() -> None:
    near = np.repeat(np.eye(12)[:2] + 2 * np.eye(12)[2], 15, axis=0)
    near += np.random.default_rng(0).normal(scale=0.05, size=near.shape)
    odd = -np.eye(12)[3:9]
    labels = group(np.concatenate([near, odd]), method="hdbscan", count=2)
    assert labels.tolist() == [0] * 15 + [1] * 15 + [NOISE] * 6


def test_the_count_is_suggested_by_the_shape(blobs: NDArray[np.float32]) -> None:
    assert suggested_count(blobs) == 4
    assert suggested_count(np.ones((9, 3))) == 1


def test_more_clusters_than_vectors_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot be parted"):
        group(np.ones((3, 2)), method="k-means", count=4)


@pytest.mark.parametrize("method", METHODS)
def test_equal_rows_and_rows_of_zeros_are_parted_without_a_word(method: Method) -> None:
    rows = np.repeat([[1.0, 0.0], [-1.0, 0.0], [0.0, 0.0]], 6, axis=0)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        clusters = group(rows, method=method, count=5)
    assert len(clusters) == len(rows)
    assert set(clusters[:6].tolist()).isdisjoint(clusters[6:12].tolist())
