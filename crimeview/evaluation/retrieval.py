"""Whether what is most alike is of the same kind: each recording is searched for among the others.

Recordings of one group (near-duplicates, or one source) are never results for each other: finding a
copy of itself says nothing of a search.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crimeview.evaluation.figure import Figure, Floats, Resampling

SHUFFLES = 20
_FIRST = 5


@dataclass(frozen=True, slots=True)
class Found:
    """What each search finds, (n,): NaN for one that has nothing of its kind to find.

    `first`: is the most alike of its kind; `among_five`: is one of five; `precision`: the average
    precision of the whole ranking.
    """

    first: Floats
    among_five: Floats
    precision: Floats


@dataclass(frozen=True, slots=True)
class Retrieval:
    """Figures of a search: recall at 1 and 5, mean average precision, over searches and classes."""

    recall_at_1: Figure
    recall_at_5: Figure
    mean_average_precision: Figure
    mean_over_classes: Figure


class Searches:
    """The searches among recordings with their `labels` and `groups`, both (n,)."""

    def __init__(self, labels: Sequence[str], groups: Sequence[str]) -> None:
        self.labels = np.unique(np.asarray(labels, np.str_), return_inverse=True)[1]
        self.groups = np.unique(np.asarray(groups, np.str_), return_inverse=True)[1]
        self._apart = self.groups[:, None] != self.groups[None]
        self._resampling = Resampling(groups)

    def found(self, vectors: NDArray[np.floating]) -> Found:
        """What vectors (n, d) of length one find, by cosine."""
        return self._found(self._ranked(vectors), self.labels)

    def shuffled(self, vectors: NDArray[np.floating], *, seed: int = 0) -> Found:
        """The same with labels dealt out anew among the groups, as the mean of `SHUFFLES` deals."""
        random = np.random.default_rng(seed)
        ranked = self._ranked(vectors)
        deals = [self._found(ranked, self._dealt(random)) for _ in range(SHUFFLES)]
        return Found(
            *(
                _mean_there(np.stack([getattr(deal, name) for deal in deals]))
                for name in ("first", "among_five", "precision")
            )
        )

    def chance(self) -> float | None:
        """The chance that a result drawn at random is of the kind: what recall at 1 starts from.

        None where nothing has another of its kind outside its group.
        """
        alike = (self.labels[:, None] == self.labels[None]) & self._apart
        there = alike.any(axis=1)
        shares = alike.sum(axis=1) / np.maximum(self._apart.sum(axis=1), 1)
        return float(shares[there].mean()) if there.any() else None

    def figures(self, found: Found) -> Retrieval:
        """Figures with intervals by bootstrap over the groups of what is searched for."""
        return Retrieval(
            self._resampling.mean(found.first),
            self._resampling.mean(found.among_five),
            self._resampling.mean(found.precision),
            self._over_classes(found.precision),
        )

    def gain(self, found: Found, over: Found) -> Retrieval:
        """By how much one finds more than the other, searches paired."""
        return self.figures(
            Found(
                found.first - over.first,
                found.among_five - over.among_five,
                found.precision - over.precision,
            )
        )

    def searched(self) -> int:
        """How many recordings have another of their kind outside their group."""
        alike = (self.labels[:, None] == self.labels[None]) & self._apart
        return int(alike.any(axis=1).sum())

    def _ranked(self, vectors: NDArray[np.floating]) -> NDArray[np.intp]:
        """The others (n, n) from the most to the least alike, those of the own group last."""
        values = np.asarray(vectors, np.float64)
        alike = np.where(self._apart, values @ values.T, -np.inf)
        return np.argsort(-alike, axis=1, kind="stable")

    def _found(self, ranked: NDArray[np.intp], labels: NDArray[np.intp]) -> Found:
        hits = (labels[ranked] == labels[:, None]) & np.take_along_axis(self._apart, ranked, axis=1)
        there = hits.any(axis=1)
        counted = np.cumsum(hits, axis=1) / np.arange(1, hits.shape[1] + 1)
        precision = (counted * hits).sum(axis=1) / np.maximum(hits.sum(axis=1), 1)
        values = (hits[:, 0], hits[:, :_FIRST].any(axis=1), precision)
        return Found(*(np.where(there, np.asarray(v, np.float64), np.nan) for v in values))

    def _dealt(self, random: np.random.Generator) -> NDArray[np.intp]:
        """Labels by group in another order, so that near-duplicates stay alike."""
        _, first, place = np.unique(self.groups, return_index=True, return_inverse=True)
        return random.permutation(self.labels[first])[place]

    def _over_classes(self, values: Floats) -> Figure:
        there = ~np.isnan(values)
        belongs = (self.labels[:, None] == np.unique(self.labels)[None]) & there[:, None]
        summed = np.where(there, values, 0.0)[:, None] * belongs
        known = belongs.any(axis=0)
        if not known.any():
            return Figure(None, None)
        above, below = self._resampling.summed(summed), self._resampling.summed(belongs)
        means = np.divide(above, below, out=np.full(above.shape, np.nan), where=below > 0)
        value = float((summed.sum(axis=0)[known] / belongs.sum(axis=0)[known]).mean())
        return self._resampling.figure(value, _mean_there(means.T))


def _mean_there(values: Floats) -> Floats:
    """The mean (n,) of values (k, n) that are not NaN; NaN where none is."""
    there = ~np.isnan(values)
    count = there.sum(axis=0)
    summed = np.where(there, values, 0.0).sum(axis=0)
    return np.asarray(np.divide(summed, count, out=np.full(len(count), np.nan), where=count > 0))
