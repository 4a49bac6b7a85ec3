"""How alike segments are, which of their clips, and from where on a likeness means something."""

from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]

_CHANCE = 0.05  # that a query with no counterpart is told to have a close match
_LEAST_SEGMENTS = 20
_LEAST_RECORDINGS = 5
_LEAST_TYPED = 50
_SIGMA_SHARE = NormalDist().cdf(1.0)  # the share that lies below one standard deviation


@dataclass(frozen=True, slots=True)
class ClipPair:
    """Two clips that match: their rows and their cosine."""

    first: int
    second: int
    similarity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """From what similarity on a match is called close; None where the library is too small to tell.

    `basis` says what it was learned from: best matches of segments among those of other types
    (“types”), or the spread of similarities between different recordings (“recordings”).
    `segments` is how many were looked at.
    """

    value: float | None
    basis: Literal["types", "recordings", "nothing"]
    segments: int


def unit_rows(rows: Floats) -> NDArray[np.float32]:
    """Rows (n, d) of length one; one of zeros stays what it is."""
    values = np.asarray(rows, np.float32)
    lengths = np.linalg.norm(values, axis=1, keepdims=True)
    return np.asarray(values / np.where(lengths > 0, lengths, 1.0), np.float32)


def matching_clips(first: Floats, second: Floats, *, count: int) -> list[ClipPair]:
    """The pairs of clips (features (n, d) and (m, d)) most alike, each clip in one pair at most."""
    if len(first) == 0 or len(second) == 0:
        return []
    cosines = unit_rows(first) @ unit_rows(second).T
    pairs: list[ClipPair] = []
    for _ in range(min(count, *cosines.shape)):
        row, column = np.unravel_index(int(np.argmax(cosines)), cosines.shape)
        pairs.append(ClipPair(int(row), int(column), float(cosines[row, column])))
        cosines[row, :] = cosines[:, column] = -np.inf
    return pairs


def alike_in_order(first: Floats, second: Floats) -> float:
    """The least cosine of clips (n, d) and (m, d) held against each other in order of time.

    The shorter one slides along the longer; -1 where one has no clip or is less than two thirds as
    long. Copies of one recording come near 1 throughout, scenes that are merely alike do not.
    """
    short, long = sorted((unit_rows(first), unit_rows(second)), key=len)
    if len(short) == 0 or 3 * len(short) < 2 * len(long):
        return -1.0
    cosines = short @ long.T
    slides = len(long) - len(short) + 1
    return max(float(np.diagonal(cosines, offset).min()) for offset in range(slides))


def learn_threshold(
    vectors: Floats,
    recordings: NDArray[np.int64],
    types: NDArray[np.str_],
    *,
    total: int,
    queries: int = 1000,
    seed: int = 0,
) -> Threshold:
    """Learn it from segments of a library: vectors (n, d), their recordings (n,) and types (n,).

    `total` is how many the whole library holds. Where enough segments have a type, it is what 95 %
    of them do not reach at best among segments of other types and recordings: a query whose like is
    not there looks the same. Otherwise the similarities between different recordings are taken as
    normal after Fisher's transformation, with the median and the spread above it, and the threshold
    is what the best of `total` such reaches in one case of twenty. Few true matches among them move
    neither.
    """
    nothing = Threshold(value=None, basis="nothing", segments=len(vectors))
    if len(vectors) < _LEAST_SEGMENTS or len(np.unique(recordings)) < _LEAST_RECORDINGS:
        return nothing
    random = np.random.default_rng(seed)
    typed = np.flatnonzero(types != "")
    if len(typed) >= _LEAST_TYPED and len(np.unique(types[typed])) >= 2:
        best = _best_of_other_types(vectors, recordings, types, typed, random, queries)
        if len(best) >= _LEAST_TYPED:
            value = float(np.quantile(best, 1 - _CHANCE))
            return Threshold(value=value, basis="types", segments=len(best))
    picked = random.permutation(len(vectors))[:queries]
    cosines = vectors[picked] @ vectors.T
    between = cosines[recordings[picked][:, None] != recordings[None, :]]
    if len(between) < _LEAST_SEGMENTS:
        return nothing
    value = _best_by_chance(np.asarray(between, np.float64), max(total, 1))
    return Threshold(value=value, basis="recordings", segments=len(picked))


def _best_of_other_types(
    vectors: Floats,
    recordings: NDArray[np.int64],
    types: NDArray[np.str_],
    typed: NDArray[np.intp],
    random: np.random.Generator,
    queries: int,
) -> Floats:
    """The best similarity of each picked segment among those of another type and recording."""
    picked = random.permutation(typed)[:queries]
    cosines = vectors[picked] @ vectors[typed].T
    other = (types[picked][:, None] != types[typed][None, :]) & (
        recordings[picked][:, None] != recordings[typed][None, :]
    )
    best = np.where(other, cosines, -np.inf).max(axis=1)
    return np.asarray(best[np.isfinite(best)])


def _best_by_chance(cosines: Floats, total: int) -> float:
    """What the best of `total` similarities as these exceeds in one case of twenty."""
    middle, above = np.quantile(
        np.arctanh(np.clip(cosines, -0.999999, 0.999999)), [0.5, _SIGMA_SHARE]
    )
    deviations = NormalDist().inv_cdf((1.0 - _CHANCE) ** (1.0 / total))
    return float(np.tanh(middle + (above - middle) * deviations))


def moved_query(query: Floats, relevant: Floats, irrelevant: Floats) -> NDArray[np.float32]:
    """The query (d,) moved to what was found relevant (n, d) and away from what was not (m, d).

    Rocchio 1971 with the usual weights (1, 0.75, 0.25); the result has length one. Where nothing
    is left of it, the query as it was.
    """
    moved = np.asarray(query, np.float64).copy()
    if len(relevant):
        moved += 0.75 * np.mean(relevant, axis=0)
    if len(irrelevant):
        moved -= 0.25 * np.mean(irrelevant, axis=0)
    length = float(np.linalg.norm(moved))
    return np.asarray(moved / length if length > 1e-9 else query, np.float32)
