"""The map of segments: PCA at once, then UMAP from a process of its own, kept for new segments."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from crimeview.atlas.map_model import MapModel, load_map, save_map
from crimeview.atlas.map_process import MapProcess
from crimeview.atlas.neighbors import nearest
from crimeview.atlas.principal import in_principal_directions
from crimeview.atlas.trust import trustworthiness
from crimeview.core.embedding import unit
from crimeview.core.job import Job, Step

Floats = NDArray[np.float32]
T = TypeVar("T")

FEWEST = 5  # points of a map by UMAP
CAUTION = (
    "Trustworthiness says whether neighbors on the map are neighbors in truth. It does not say "
    "that types separate: it is often above 0.9 where they do not."
)
_SAME = 1e-5  # distance of a vector to itself, but for rounding
_MOST_NEW = 0.5  # of the points of a map: beyond that it is made anew


class MapKind(Enum):
    """How the positions of a map came to be."""

    PCA = "pca"
    UMAP = "umap"
    PLACED = "placed"  # UMAP's, with new points put among them


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentMap:
    """`positions` (n, 2) of vectors in their order; `trust` is None for too few points."""

    kind: MapKind
    positions: Floats
    trust: float | None


def first_map(vectors: Floats) -> SegmentMap:
    """The map by PCA: at once, for the time until the other one is there."""
    positions = np.zeros((len(vectors), 2), np.float32)
    if len(vectors) > 1:
        found = in_principal_directions(unit(vectors), count=2)
        positions[:, : found.shape[1]] = found
    return SegmentMap(
        kind=MapKind.PCA, positions=positions, trust=trustworthiness(vectors, positions)
    )


def map_segments(
    vectors: Floats, *, space: str, file: Path | None, process: MapProcess
) -> Job[SegmentMap]:
    """The map of vectors (n, d) by UMAP.

    A map that is kept in `file` (None: nowhere), of the same `space`, stays as it is: vectors that
    it has are where they were, new ones are put among them, unless they are more than half as many.
    Few points are mapped by PCA. Raises MapError, and CaseError where the map cannot be kept.
    """
    if len(vectors) < FEWEST:
        return first_map(vectors)
    yield Step(done=0, total=None, message="Looking for the map")
    kept = load_map(file) if file is not None else None
    if kept is not None and kept.fits(vectors, space=space):
        known, at = _known(kept, vectors)
        new = int((~known).sum())
        if new <= _MOST_NEW * len(kept.vectors):
            return (yield from _placed(kept, vectors, known, at, process))
    start = first_map(vectors).positions
    asked = process.fit(vectors, space=space, start=start)
    model = yield from _waited(asked, "Making the map")
    if file is not None:
        save_map(model, file)
    yield Step(done=0, total=None, message="Judging the map")
    return SegmentMap(
        kind=MapKind.UMAP,
        positions=model.positions,
        trust=trustworthiness(vectors, model.positions),
    )


def _known(model: MapModel, vectors: Floats) -> tuple[NDArray[np.bool_], NDArray[np.intp]]:
    """Which vectors (n,) the map has, and where in it."""
    numbers, distances = nearest(vectors, model.vectors, count=1)
    return distances[:, 0] <= _SAME, numbers[:, 0]


def _placed(
    model: MapModel,
    vectors: Floats,
    known: NDArray[np.bool_],
    at: NDArray[np.intp],
    process: MapProcess,
) -> Job[SegmentMap]:
    positions = model.positions[at].copy()
    kind = MapKind.UMAP
    if not known.all():
        asked = process.place(model, vectors[~known])
        positions[~known] = yield from _waited(asked, "Placing new segments on the map")
        kind = MapKind.PLACED
    return SegmentMap(kind=kind, positions=positions, trust=trustworthiness(vectors, positions))


def _waited(asked: Iterator[T | None], message: str) -> Job[T]:
    """The answer, with a step while it is waited for."""
    try:
        for answer in asked:
            if answer is not None:
                return answer
            yield Step(done=0, total=None, message=message)
    finally:
        asked.close()  # type: ignore[attr-defined]
    raise RuntimeError("no answer came")
