"""One vector for many clips: what a segment, or a whole recording, is on a map and in a search."""

from enum import Enum

import numpy as np
from numpy.typing import NDArray

from crimeview.core.track import Track

Floats = NDArray[np.float32]

TOP_CLIPS = 8  # of 32, as MI-LR picks them
_SHARPNESS = 10.0  # of the softmax, for scores from 0 to 1


class Pooling(Enum):
    """Which clips a vector is the mean of."""

    WHOLE = "whole"  # all, alike
    TOP = "top"  # the highest-scoring ones, weighted by score
    SOFTMAX = "softmax"  # all, by the softmax of their scores
    RANDOM = "random"  # as many as of TOP, drawn: a control
    LOWEST = "lowest"  # as many as of TOP, the lowest-scoring ones: a control


def unit(vectors: NDArray[np.floating]) -> Floats:
    """The vectors (..., d) at length one; one without length stays as it is."""
    values = np.asarray(vectors, np.float32)
    lengths = np.linalg.norm(values, axis=-1, keepdims=True)
    return np.asarray(values / np.where(lengths > 0, lengths, np.float32(1)), np.float32)


def pooled(features: NDArray[np.floating], weights: NDArray[np.floating]) -> Floats:
    """The mean (d,), at length one, of features (n, d) at length one, weighted by `weights` (n,).

    Weights that are all 0 count as equal. Raises ValueError where there is no clip.
    """
    if len(features) == 0:
        raise ValueError("a mean needs at least one clip")
    shares = np.asarray(weights, np.float32)
    if not shares.any():
        shares = np.ones(len(features), np.float32)
    return unit(shares @ unit(features))


def segment_embedding(features: Track, scores: Track, *, start: float, end: float) -> Floats | None:
    """The vector (d,) of the span from `start` to `end` (s): its clips' mean, weighted by score.

    `features` (n, d) and `scores` (n,) are of the same clips. A span that holds no clip's middle
    has the vector of the clip that it shares most time with; None where no clip touches it.
    """
    middles = features.times.mean(axis=1)
    inside = (middles >= start) & (middles <= end)
    if not inside.any():
        shared = np.minimum(features.times[:, 1], end) - np.maximum(features.times[:, 0], start)
        if len(shared) == 0 or shared.max() <= 0:
            return None
        inside = np.arange(len(shared)) == int(np.argmax(shared))
    return pooled(features.values[inside], scores.values[inside])


def embedding(
    features: NDArray[np.floating],
    scores: NDArray[np.floating],
    *,
    pooling: Pooling,
    seed: int = 0,
) -> Floats:
    """The vector (d,) of a recording's clips (n, d) with their scores (n,), 0 to 1.

    `seed` is that of the draw of `Pooling.RANDOM`.
    """
    return pooled(features, pooling_weights(scores, pooling=pooling, seed=seed))


def pooling_weights(scores: NDArray[np.floating], *, pooling: Pooling, seed: int = 0) -> Floats:
    """How much each clip (n,) counts."""
    values = np.asarray(scores, np.float32)
    if pooling is Pooling.WHOLE:
        return np.ones(len(values), np.float32)
    if pooling is Pooling.SOFTMAX:
        sharpened = np.exp(np.float32(_SHARPNESS) * (values - values.max(initial=0)))
        return np.asarray(sharpened, np.float32)
    weights = np.zeros(len(values), np.float32)
    if pooling is Pooling.RANDOM:
        drawn = np.random.default_rng(seed).permutation(len(values))[:TOP_CLIPS]
        weights[drawn] = 1
    elif pooling is Pooling.LOWEST:
        weights[np.argsort(values, kind="stable")[:TOP_CLIPS]] = 1
    else:
        highest = np.argsort(-values, kind="stable")[:TOP_CLIPS]
        weights[highest] = values[highest]
    return weights
