"""Ways to part vectors into clusters."""

import warnings
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import HDBSCAN, AgglomerativeClustering, KMeans
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import silhouette_score
from sklearn.mixture import GaussianMixture

from crimeview.atlas.choices import NOISE, Method
from crimeview.atlas.finch import by_first_row, finch, finch_into
from crimeview.atlas.principal import in_principal_directions
from crimeview.core.embedding import unit

Floats = NDArray[np.float32]
Labels = NDArray[np.intp]

FEWEST_VECTORS = 4  # fewer have no groups worth telling
_STARTS = 10
_DENSE_DIRECTIONS = 32  # where density is estimated: more than that are empty space
_SMALLEST_CLUSTER = 5
_MOST_FOR_COUNT = 4000


def group(vectors: NDArray[np.floating], *, method: Method, count: int, seed: int = 0) -> Labels:
    """The clusters (n,) of vectors (n, d), each taken at length one; `count` of them.

    hdbscan finds how many there are by itself and leaves rows in none (`NOISE`). Clusters are
    numbered by their first row. Raises ValueError where there are fewer vectors than clusters.
    """
    rows = unit(vectors)
    if not 1 <= count <= len(rows):
        raise ValueError(f"{len(rows)} vectors cannot be parted into {count} clusters")
    if len(rows) == 1:  # which no method takes
        return np.zeros(1, np.intp)
    with warnings.catch_warnings():
        # Of rows that are equal there are fewer clusters than asked for; they are counted anyway.
        warnings.simplefilter("ignore", ConvergenceWarning)
        found = _WAYS[method](rows, count, seed)
    numbered = np.full(len(rows), NOISE, np.intp)
    inside = found != NOISE
    if inside.any():
        numbered[inside] = by_first_row(found[inside])
    return numbered


def suggested_count(vectors: NDArray[np.floating]) -> int:
    """How many clusters there seem to be: of FINCH's partitions the one of the best silhouette."""
    rows = unit(vectors)
    if len(rows) > _MOST_FOR_COUNT:
        kept = np.random.default_rng(0).choice(len(rows), _MOST_FOR_COUNT, replace=False)
        rows = rows[np.sort(kept)]
    partitions = [p for p in finch(rows) if 1 < p.max() + 1 < len(rows)]
    if not partitions:
        return 1
    scores = [float(silhouette_score(rows, p, metric="cosine")) for p in partitions]
    return int(partitions[int(np.argmax(scores))].max()) + 1


def _finch(rows: Floats, count: int, _seed: int) -> Labels:
    return finch_into(rows, count=count)


def _k_means(rows: Floats, count: int, seed: int) -> Labels:
    return np.asarray(KMeans(count, n_init=_STARTS, random_state=seed).fit_predict(rows), np.intp)


def _average_cosine(rows: Floats, count: int, _seed: int) -> Labels:
    if rows.any(axis=1).all():
        fitted = AgglomerativeClustering(count, metric="cosine", linkage="average")
        return np.asarray(fitted.fit_predict(rows), np.intp)
    # A row of zeros, at right angles to all others, is refused unless distances are given.
    fitted = AgglomerativeClustering(count, metric="precomputed", linkage="average")
    return np.asarray(fitted.fit_predict(1.0 - rows @ rows.T), np.intp)


def _ward(rows: Floats, count: int, _seed: int) -> Labels:
    return np.asarray(AgglomerativeClustering(count, linkage="ward").fit_predict(rows), np.intp)


def _hdbscan(rows: Floats, _count: int, seed: int) -> Labels:
    values = in_principal_directions(rows, count=_DENSE_DIRECTIONS, seed=seed)
    smallest = min(_SMALLEST_CLUSTER, max(2, len(rows) // 2))
    return np.asarray(HDBSCAN(min_cluster_size=smallest, copy=True).fit_predict(values), np.intp)


def _gaussian_mixture(rows: Floats, count: int, seed: int) -> Labels:
    values = in_principal_directions(rows, count=_DENSE_DIRECTIONS, seed=seed)
    fitted = GaussianMixture(
        count, covariance_type="diag", n_init=3, random_state=seed, reg_covar=1e-4
    )
    return np.asarray(fitted.fit_predict(values.astype(np.float64)), np.intp)


_WAYS: Mapping[Method, Callable[[Floats, int, int], Labels]] = {
    "finch": _finch,
    "k-means": _k_means,
    "average-cosine": _average_cosine,
    "ward": _ward,
    "hdbscan": _hdbscan,
    "gaussian-mixture": _gaussian_mixture,
}
