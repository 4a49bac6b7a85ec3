"""UMAP: maps of vectors, and new vectors on them. Importing it takes seconds; see `map_process`.

McInnes, Healy and Melville 2018. Neighbors are exact and by cosine. New points are placed as
umap-learn's own `transform` does it, from the arrays of a `MapModel`: its fitted objects can only
be kept by pickling, and a pickle runs whatever it holds.
"""

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from sklearn.utils import check_random_state
from umap import UMAP
from umap.layouts import optimize_layout_euclidean
from umap.umap_ import (
    compute_membership_strengths,
    find_ab_params,
    init_graph_transform,
    make_epochs_per_sample,
    smooth_knn_dist,
)

from crimeview.atlas.map_model import MIN_DISTANCE, SPREAD, MapModel
from crimeview.atlas.neighbors import nearest, own_neighbors
from crimeview.core.embedding import unit

Floats = NDArray[np.float32]

NEIGHBORS = 15
FEWEST = 5  # fewer points have no neighborhoods
_EPOCHS, _MANY_EPOCHS, _MANY = 500, 200, 5000
_NEW_EPOCHS = 100
_LARGEST_SEED = 2**31 - 1

Tell = Callable[[float], None]


def fit_map(
    vectors: NDArray[np.floating],
    *,
    space: str,
    start: NDArray[np.floating],
    neighbors: int = NEIGHBORS,
    seed: int = 0,
    tell: Tell | None = None,
) -> MapModel:
    """The map of vectors (n, d), n at least `FEWEST`, begun at positions `start` (n, 2).

    Begun at the positions of PCA, a map turns the same way up each time. The same vectors and seed
    give the same map. `tell` is told what share of the work is done.
    """
    rows = unit(vectors)
    count = min(neighbors, len(rows) - 1)
    found = own_neighbors(rows, count=count)
    positions = lay_out(rows, found, start=start, seed=seed, tell=tell)
    return MapModel(vectors=rows, positions=positions, neighbors=count, space=space)


def lay_out(
    rows: Floats,
    found: tuple[NDArray[np.intp], Floats],
    *,
    start: NDArray[np.floating],
    seed: int = 0,
    tell: Tell | None = None,
) -> Floats:
    """Positions (n, 2) of rows (n, d) whose neighbors are `found`, as `own_neighbors` has them."""
    numbers, distances = found
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of one thread for a seed, and of no search index
        fitted = UMAP(
            n_neighbors=numbers.shape[1],
            min_dist=MIN_DISTANCE,
            spread=SPREAD,
            metric="cosine",
            init=_begun(start),
            n_epochs=_EPOCHS if len(rows) <= _MANY else _MANY_EPOCHS,
            random_state=seed,
            precomputed_knn=(numbers.astype(np.int32), distances),
            force_approximation_algorithm=True,
            tqdm_kwds=_telling(tell),
        ).fit(rows)
    return np.asarray(fitted.embedding_, np.float32)


def place(
    model: MapModel,
    vectors: NDArray[np.floating],
    *,
    seed: int = 0,
    tell: Tell | None = None,
) -> Floats:
    """Where new vectors (m, d) lie on the map, (m, 2); what is on it stays where it is."""
    rows = unit(vectors)
    if len(rows) == 0:
        return np.empty((0, 2), np.float32)
    graph = _memberships(model, rows)
    begun = init_graph_transform(graph.tocsr(), model.positions)
    graph.data[graph.data < graph.data.max() / _NEW_EPOCHS] = 0
    graph.eliminate_zeros()
    a, b = find_ab_params(SPREAD, MIN_DISTANCE)
    random = check_random_state(seed)
    placed = optimize_layout_euclidean(
        np.asarray(begun, np.float32, order="C"),
        model.positions.copy(),
        graph.row,
        graph.col,
        _NEW_EPOCHS,
        len(model.vectors),
        make_epochs_per_sample(graph.data, _NEW_EPOCHS),
        a,
        b,
        random.randint(-_LARGEST_SEED, _LARGEST_SEED, 3).astype(np.int64),
        initial_alpha=0.25,
        tqdm_kwds=_telling(tell),
        move_other=False,
    )
    return np.asarray(placed, np.float32)


class _Teller:
    """A stream that a progress bar is written to: it reads off it what share is done."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell

    def write(self, text: str) -> int:
        done, slash, total = text.strip("\r\n ").partition("/")
        if slash and done.isdecimal() and total.isdecimal():
            self._tell(int(done) / max(1, int(total)))
        return len(text)

    def flush(self) -> None:
        pass


def _telling(tell: Tell | None) -> dict[str, Any]:
    """How umap-learn's progress bar is to tell; without `tell` it is not drawn."""
    if tell is None:
        return {"disable": True}
    return {
        "disable": False,
        "file": _Teller(tell),
        "bar_format": "{n_fmt}/{total_fmt}",
        "mininterval": 0.2,
        "ncols": None,
    }


def _memberships(model: MapModel, rows: Floats) -> coo_matrix:
    """How much each new row (m) belongs to each point (n) of the map."""
    numbers, distances = nearest(rows, model.vectors, count=model.neighbors)
    sigmas, rhos = smooth_knn_dist(distances, float(model.neighbors), local_connectivity=0.0)
    heads, tails, values, _ = compute_membership_strengths(
        numbers.astype(np.int32), distances, sigmas, rhos, bipartite=True
    )
    graph = coo_matrix((values, (heads, tails)), shape=(len(rows), len(model.vectors)))
    graph.eliminate_zeros()
    return graph


def _begun(start: NDArray[np.floating]) -> Floats:
    """Positions in the extent that UMAP begins with, a little apart where they were equal."""
    centered = np.asarray(start, np.float64) - np.mean(start, axis=0)
    scaled = 10 * centered / max(float(np.abs(centered).max()), 1e-12)
    return np.asarray(
        scaled + np.random.default_rng(0).normal(scale=1e-4, size=scaled.shape), np.float32
    )
