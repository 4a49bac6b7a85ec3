"""What projections and type classifiers learn from: recordings as clips with scores, and types."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crimeview.core.embedding import Pooling, pooling_weights, unit

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A recording: `clips` (n, d) in order of time, their `scores` (n,), its type and its group.

    Examples of one group (near-duplicates) are never on both sides of a trial. `label` is None
    where the type is not known or there is none.
    """

    clips: NDArray[np.floating]
    scores: NDArray[np.floating]
    label: str | None
    group: str


def vectors(examples: Sequence[Example], *, pooling: Pooling = Pooling.SOFTMAX) -> Floats:
    """The vector of each example, (examples, d): its clips' mean, at length one."""
    rows = []
    for example in examples:
        weights = pooling_weights(example.scores, pooling=pooling)
        rows.append(unit(weights @ unit(example.clips)))
    return np.stack(rows)


def examples_key(examples: Sequence[Example]) -> str:
    """A name for exactly these examples: what is learned from others is something else."""
    digest = hashlib.sha256()
    for example in examples:
        digest.update(np.ascontiguousarray(example.clips).tobytes())
        digest.update(np.ascontiguousarray(example.scores).tobytes())
        digest.update(repr((example.label, example.group)).encode())
    return digest.hexdigest()


def halves(examples: Sequence[Example], *, seed: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Two halves of the examples, as their numbers; a group is in one of them."""
    names = np.unique(np.array([e.group for e in examples]), return_inverse=True)[1]
    order = np.random.default_rng(seed).permutation(int(names.max()) + 1)
    first = np.isin(names, order[: len(order) // 2])
    return np.flatnonzero(first), np.flatnonzero(~first)
