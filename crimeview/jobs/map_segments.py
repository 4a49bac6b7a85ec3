"""The map of segments: PCA at once, then UMAP from a process of its own, kept for new segments."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from crimeview.atlas.map_model import MapModel, load_map, save_map
from crimeview.atlas.map_process import MapProcess
from crimeview.atlas.neighbors import nearest
from crimeview.atlas.principal import in_principal_directions
from crimeview.atlas.trust import NEIGHBORS, trustworthiness
from crimeview.core.embedding import unit
from crimeview.core.job import Job, Step

Floats = NDArray[np.float32]
T = TypeVar("T")

FEWEST = 5  # points of a map by UMAP
_SAME = 1e-5  # distance of a vector to itself, but for rounding
_MOST_NEW = 0.5  # of the points of a map: beyond that it is made anew


class MapKind(Enum):
    """How the positions of a map came to be."""

    PCA = "pca"
    UMAP = "umap"
    PLACED = "placed"  # UMAP's, with new points put among them


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentMap:
    """`positions` (n, 2) of vectors in their order; `trust` is None for too few points.

    It says whether neighbors on the map are neighbors in truth, not that types separate: it is
    often above 0.9 where they do not.
    """

    kind: MapKind
    positions: Floats
    trust: float | None


def trust_of(vectors: Floats, positions: Floats) -> float | None:
    """How far to trust a map; of few points only the nearest neighbors are asked about."""
    count = min(NEIGHBORS, max(2, (len(vectors) - 1) // 4))
    return trustworthiness(vectors, positions, count=count)


def first_positions(vectors: Floats) -> Floats:
    """Positions (n, 2) by PCA of vectors (n, d): at once."""
    positions = np.zeros((len(vectors), 2), np.float32)
    if len(vectors) > 1:
        found = in_principal_directions(unit(vectors), count=2)
        positions[:, : found.shape[1]] = found
    return positions


def first_map(vectors: Floats) -> SegmentMap:
    """The map by PCA, for the time until the other one is there, and how far to trust it."""
    positions = first_positions(vectors)
    return SegmentMap(kind=MapKind.PCA, positions=positions, trust=trust_of(vectors, positions))


def kept_positions(
    vectors: Floats, *, space: str, file: Path | None, center: Floats | None = None
) -> Floats | None:
    """Where the map that is kept in `file` has the vectors; None where it lacks one of them."""
    kept = load_map(file) if file is not None else None
    if kept is None or not kept.fits(vectors, space=space):
        return None
    known, at = _known(kept, _less(vectors, _center_of(kept, center)))
    return kept.positions[at] if known.all() else None


def map_segments(
    vectors: Floats,
    *,
    space: str,
    file: Path | None,
    process: MapProcess,
    center: Floats | None = None,
    anew: bool = False,
) -> Job[SegmentMap]:
    """The map of vectors (n, d) by UMAP, less their `center` (d,), if any.

    A map that is kept in `file` (None: nowhere), of the same `space`, stays as it is, its center
    too: vectors that it has are where they were, new ones are put among them, unless they are more
    than half as many or it is wanted `anew`. Few points are mapped by PCA. Raises MapError, and
    CaseError where the map cannot be kept.
    """
    if len(vectors) < FEWEST:
        return first_map(vectors)
    yield Step(done=0, total=None, message="Looking for the map")
    kept = load_map(file) if file is not None and not anew else None
    if kept is not None and kept.fits(vectors, space=space):
        rows = _less(vectors, _center_of(kept, center))
        known, at = _known(kept, rows)
        new = int((~known).sum())
        if new <= _MOST_NEW * len(kept.vectors):
            return (yield from _placed(kept, rows, known, at, process))
    rows = _less(vectors, center)
    asked = process.fit(rows, space=space, start=first_positions(rows))
    model = yield from _waited(asked, "Making the map", MapModel)
    if file is not None:
        save_map(replace(model, center=center), file)
    yield Step(done=0, total=None, message="Judging the map")
    return SegmentMap(
        kind=MapKind.UMAP,
        positions=model.positions,
        trust=trust_of(rows, model.positions),
    )


def _less(vectors: Floats, center: Floats | None) -> Floats:
    """The vectors less their center, at length one."""
    return unit(vectors if center is None else vectors - center)


def _center_of(kept: MapModel, center: Floats | None) -> Floats | None:
    """What is taken off: what was for the kept map; a map of plain vectors stays one."""
    return kept.center if kept.center is not None or center is None else None


def _known(model: MapModel, vectors: Floats) -> tuple[NDArray[np.bool_], NDArray[np.intp]]:
    """Which vectors (n,) the map has, and where in it."""
    where = {row.tobytes(): number for number, row in enumerate(model.vectors)}
    at = np.array([where.get(row.tobytes(), -1) for row in vectors], np.intp)
    others = np.flatnonzero(at < 0)  # new, or off by a rounding
    numbers, distances = nearest(vectors[others], model.vectors, count=1)
    same = distances[:, 0] <= _SAME
    at[others[same]] = numbers[same, 0]
    return at >= 0, np.maximum(at, 0)


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
        positions[~known] = yield from _waited(asked, "Placing new segments on the map", np.ndarray)
        kind = MapKind.PLACED
    return SegmentMap(kind=kind, positions=positions, trust=trust_of(vectors, positions))


def _waited(asked: Iterator[T | float | None], message: str, kind: type[T]) -> Job[T]:
    """The answer, which is of a `kind`, with a step while it is waited for."""
    try:
        for answer in asked:
            if isinstance(answer, kind):
                return answer
            share = answer if isinstance(answer, float) else None
            yield Step(done=share or 0.0, total=1.0 if share is not None else None, message=message)
    finally:
        asked.close()  # type: ignore[attr-defined]
    raise RuntimeError("no answer came")
