"""How alike segments are, which of their clips, and from where on a likeness means something."""

from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
Doubles = NDArray[np.float64]

_CHANCE = 0.05  # that a query with no counterpart is told to have a close match
_LEAST_SEGMENTS = 20
_LEAST_RECORDINGS = 5
_LEAST_TYPED = 50
_LEAST_TYPES = 3
_MANY_TYPES = 20
_QUERIES = 400
_NEAREST = 10
_HALVINGS = 60
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

    `basis` says what it was learned from: how near segments come to those of other types
    (“types”), or of other recordings (“recordings”). `segments` is how many were looked at.
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


def looks_alike(first: Floats, second: Floats) -> float:
    """How much pictures (n, h, w) and (m, h, w) of two segments look like the same place.

    The correlation of brightness of the one that least finds its like among the others, -1 to 1;
    -1 where either has none. Light and contrast do not matter, what is where does.
    """
    if len(first) == 0 or len(second) == 0:
        return -1.0
    cosines = _evened(first) @ _evened(second).T
    return float(min(cosines.max(axis=1).min(), cosines.max(axis=0).min()))


def changes_alike(first: Floats, second: Floats) -> float:
    """How much pictures (n, h, w) and (m, h, w) of one place are alike in what changes there.

    What is left of them without the median of all is held against each other: the mean correlation
    of each picture with the one most like it, -1 to 1, of the side that has fewer (the less alike
    one of as many). -1 where either has fewer than two: one picture shows no change. Another time
    of the same camera stays near 0.
    """
    if len(first) < 2 or len(second) < 2:
        return -1.0
    background = np.median(np.concatenate([first, second]), axis=0)
    left = [unit_rows((part - background).reshape(len(part), -1)) for part in (first, second)]
    fewer, more = sorted(left, key=len)
    cosines = fewer @ more.T
    likes = float(cosines.max(axis=1).mean())
    return likes if len(fewer) < len(more) else min(likes, float(cosines.max(axis=0).mean()))


def _evened(pictures: Floats) -> NDArray[np.float32]:
    flat = np.asarray(pictures, np.float32).reshape(len(pictures), -1)
    return unit_rows(flat - flat.mean(axis=1, keepdims=True))


def learn_threshold(
    vectors: Floats,
    recordings: NDArray[np.int64],
    types: NDArray[np.str_],
    *,
    total: int,
    seed: int = 0,
) -> Threshold:
    """Learn it from segments of a library: vectors (n, d), their recordings (n,) and types (n,).

    `total` is how many the whole library holds. It is what a query whose like is not there reaches
    at best among `total` segments in one case of twenty. Where most segments have a type, one of
    three or more, such queries are looked for among them: each is held against segments of other
    types and recordings. Otherwise all that is known is which segments are of one recording. Then
    two bounds are above what is looked for, and the lower one is taken: what the library's own
    segments, many of which have their like there, reach in one case of twenty; and what each
    would reach among independent ones whose similarities to it are normal.
    """
    nothing = Threshold(value=None, basis="nothing", segments=len(vectors))
    if len(vectors) < _LEAST_SEGMENTS or len(np.unique(recordings)) < _LEAST_RECORDINGS:
        return nothing
    random = np.random.default_rng(seed)
    basis: Literal["types", "recordings"] = "types" if _mostly_typed(types) else "recordings"
    usable = np.flatnonzero(types != "") if basis == "types" else np.arange(len(vectors))
    picked = random.permutation(usable)[:_QUERIES]
    alike = vectors[picked] @ vectors.T
    same = recordings[picked][:, None] == recordings[None, :]
    if basis == "types":
        same |= types[picked][:, None] == types[None, :]
    others = (~same).sum(axis=1)
    kept = others >= _NEAREST
    if kept.sum() < _LEAST_SEGMENTS:
        return nothing
    alike[same] = -np.inf
    alike, others, picked = alike[kept], others[kept], picked[kept]
    kinds = types[picked] if basis == "types" else np.full(len(picked), "")
    value = _best_of_all(alike, others, kinds, total=total)
    if basis == "recordings":
        value = min(value, _best_of_normal(alike, total=total))
    return Threshold(value=value, basis=basis, segments=len(picked))


def _mostly_typed(types: NDArray[np.str_]) -> bool:
    """Whether types say what is not alike: two alone say nothing of how near a third one is."""
    typed = types[types != ""]
    return len(typed) >= max(_LEAST_TYPED, len(types) / 2) and len(np.unique(typed)) >= _LEAST_TYPES


def _best_of_all(
    alike: Floats, others: NDArray[np.intp], kinds: NDArray[np.str_], *, total: int
) -> float:
    """What the best of `total` similarities exceeds in one case of twenty.

    `alike` (q, n) are similarities to some of them, `others` (q,) to how many, the rest is -inf.
    `kinds` (q,) count alike, however frequent they are: a new one may be like any of them. Of few
    the one that comes nearest to others counts alone: their mean would say little of a new one.
    Near a query the number of segments grows with a power of the distance; the power is estimated
    from the nearest ones (Levina and Bickel, “Maximum Likelihood Estimation of Intrinsic
    Dimension”, NIPS 2004), and tells how much nearer the nearest of more segments will be.
    """
    nearest = np.partition(alike, -_NEAREST, axis=1)[:, -_NEAREST:].astype(np.float64)
    distances = np.sqrt(np.maximum(2.0 - 2.0 * np.sort(nearest, axis=1), 1e-9))
    farthest = distances[:, 0]
    inverse = np.log(farthest[:, None] / distances[:, 1:]).sum(axis=1) / (_NEAREST - 2)
    expected = total / others * _NEAREST  # segments no farther than the farthest
    names, place, counts = np.unique(kinds, return_inverse=True, return_counts=True)
    few = len(names) < _MANY_TYPES
    # That of a type by itself is uncertain: it is taken halfway to that of all.
    own = [np.median(inverse[(place == n) | (not few)]) for n in range(len(names))]
    power = 1.0 / np.maximum((np.array(own) + np.median(inverse)) / 2, 1e-6)[place]

    def exceeding(value: float) -> float:
        within = expected * (np.sqrt(max(2.0 - 2.0 * value, 0.0)) / farthest) ** power
        shares = np.bincount(place, -np.expm1(-within)) / counts
        return float(shares.max() if few else shares.mean())

    low, high = -1.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if exceeding(middle) > _CHANCE else (low, middle)
    return high


def _best_of_normal(alike: Floats, *, total: int) -> float:
    """What the best of `total` similarities reaches by chance, for all but one query in twenty.

    Those to each query are taken as normal after Fisher's transformation, with their median and
    the larger of their two spreads: queries differ in both. Few true matches move neither.
    """
    values = np.arctanh(np.clip(alike, -0.999999, 0.999999)).astype(np.float64)
    values[np.isneginf(alike)] = np.nan
    below, middle, above = np.nanquantile(
        values, [1 - _SIGMA_SHARE, 0.5, _SIGMA_SHARE], axis=1, overwrite_input=True
    )
    deviations = NormalDist().inv_cdf((1.0 - _CHANCE) ** (1.0 / max(total, 1)))
    best = middle + np.maximum(above - middle, middle - below) * deviations
    return float(np.tanh(np.quantile(best, 1 - _CHANCE)))


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
