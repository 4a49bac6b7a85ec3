"""Types that people taught: a classifier's chances, corrected near segments that were named.

Each named segment speaks for its type with a weight that falls with its distance, the classifier
with a weight that stays the same: near many named ones they decide, far from all of them everything
is as it was (kernel smoothing with a prior, Nadaraya 1964, Watson 1964).
"""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crimeview.core.embedding import unit
from crimeview.core.errors import CaseError

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]

_FORMAT = 1
_SHARPNESS = (4.0, 8.0, 16.0, 32.0)
_STRENGTHS = (0.1, 0.3, 1.0, 3.0)
_LEAST = 1e-6  # a chance that no logarithm is taken below


@dataclass(frozen=True, slots=True)
class Trust:
    """How far named segments reach (`sharpness`), and what the classifier weighs (`strength`)."""

    sharpness: float = 16.0
    strength: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedTypes:
    """Named segments: `vectors` (n, d) less the `center` (d,), at length one, and their `kinds`."""

    vectors: Floats
    kinds: tuple[str, ...]
    center: Floats
    trust: Trust

    def corrected(
        self, rows: NDArray[np.floating], chances: NDArray[np.floating], *, classes: Sequence[str]
    ) -> tuple[Doubles, tuple[str, ...]]:
        """Chances (m, k') of segments' vectors (m, d), and the k' types that they are of.

        `chances` (m, k) are the classifier's, of `classes`; types that it lacks come after these.
        """
        all_ = all_classes(classes, self.kinds)
        weights = _weights(unit(rows - self.center), self.vectors, self.trust)
        prior = np.zeros((len(rows), len(all_)))
        prior[:, : len(classes)] = chances
        return _mixed(weights, _votes(self.kinds, all_), prior, self.trust), all_


def all_classes(classes: Sequence[str], kinds: Sequence[str]) -> tuple[str, ...]:
    """The classifier's types and, after them, those that only people know."""
    return (*classes, *sorted(set(kinds) - set(classes)))


def best_trust(
    vectors: Floats,
    kinds: Sequence[str],
    groups: Sequence[str],
    prior: Doubles,
    all_: Sequence[str],
) -> Trust:
    """What predicts best each group's kinds from the other groups; the usual with one group only.

    `vectors` (n, d) are centered and at length one, `prior` (n, k) the classifier's chances of the
    types `all_`. Best is the least mean cross-entropy.
    """
    names = np.unique(np.asarray(groups, np.str_), return_inverse=True)[1]
    if names.max(initial=0) == 0:
        return Trust()
    apart = names[:, None] != names[None]
    right = [list(all_).index(kind) for kind in kinds]
    votes = _votes(kinds, all_)
    found: dict[Trust, float] = {}
    for sharpness in _SHARPNESS:
        for strength in _STRENGTHS:
            trust = Trust(sharpness, strength)
            mixed = _mixed(_weights(vectors, vectors, trust) * apart, votes, prior, trust)
            chances = np.maximum(mixed[np.arange(len(right)), right], _LEAST)
            found[trust] = float(-np.log(chances).mean())
    return min(found, key=lambda trust: found[trust])


def held_out(
    vectors: Floats,
    kinds: Sequence[str],
    groups: Sequence[str],
    prior: Doubles,
    all_: Sequence[str],
) -> Doubles:
    """Chances (n, k) of each segment, learned from the segments of other groups alone.

    How far to trust them is chosen on those as well. As `best_trust` otherwise.
    """
    names = np.unique(np.asarray(groups, np.str_), return_inverse=True)[1]
    found = prior.copy()
    for group in range(int(names.max(initial=-1)) + 1):
        rest, own = np.flatnonzero(names != group), np.flatnonzero(names == group)
        if len(rest) == 0:
            continue
        known = [kinds[n] for n in rest.tolist()]
        trust = best_trust(
            vectors[rest], known, [groups[n] for n in rest.tolist()], prior[rest], all_
        )
        weights = _weights(vectors[own], vectors[rest], trust)
        found[own] = _mixed(weights, _votes(known, all_), prior[own], trust)
    return found


def to_bytes(learned: LearnedTypes) -> bytes:
    stream = io.BytesIO()
    np.savez(
        stream,
        format=np.array(_FORMAT),
        vectors=learned.vectors,
        kinds=np.array(learned.kinds, np.str_),
        center=learned.center,
        trust=np.array([learned.trust.sharpness, learned.trust.strength]),
    )
    return stream.getvalue()


def from_bytes(stored: bytes) -> LearnedTypes:
    """Raises CaseError where it is damaged or of a newer crimeview."""
    try:
        with np.load(io.BytesIO(stored), allow_pickle=False) as arrays:
            _check_format(int(arrays["format"]))
            sharpness, strength = arrays["trust"].tolist()
            return LearnedTypes(
                vectors=np.asarray(arrays["vectors"], np.float32),
                kinds=tuple(str(kind) for kind in arrays["kinds"]),
                center=np.asarray(arrays["center"], np.float32),
                trust=Trust(sharpness, strength),
            )
    except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile) as error:
        raise CaseError(
            "What this case has learned of types cannot be read; forget it with “crimeview types "
            "forget” and learn again."
        ) from error


def _check_format(number: int) -> None:
    if number != _FORMAT:
        raise ValueError(f"a lesson of format {number}")


def _weights(rows: Floats, known: Floats, trust: Trust) -> Doubles:
    """How much each known segment says of each row, (m, n): 1 where they are the same."""
    alike = np.asarray(rows @ known.T, np.float64)
    return np.asarray(np.exp(trust.sharpness * (alike - 1)))


def _votes(kinds: Sequence[str], all_: Sequence[str]) -> Doubles:
    votes = np.zeros((len(kinds), len(all_)))
    for row, kind in enumerate(kinds):
        votes[row, list(all_).index(kind)] = 1
    return votes


def _mixed(weights: Doubles, votes: Doubles, prior: Doubles, trust: Trust) -> Doubles:
    total = trust.strength + weights.sum(axis=1, keepdims=True)
    return np.asarray((trust.strength * prior + weights @ votes) / total)
