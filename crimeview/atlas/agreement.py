"""How far clusters agree with types, from a table of counts.

Raw mutual information is not among the figures: shuffled labels reach 0.13 to 0.40 of it. Adjusted
figures are 0 by chance; for accuracy and purity, which are not, the shuffled-label control says
where chance is.
"""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from sklearn.metrics.cluster import expected_mutual_information

from crimeview.atlas.choices import NOISE

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Four figures; a row in no cluster (hdbscan) is never right.

    Adjusted mutual information (by the arithmetic mean of the entropies) and the adjusted Rand
    index are 0 by chance and 1 at most; for them all rows in no cluster are one. The other two are
    shares of rows that are right: when each cluster is given one type of its own in the best way
    (Kuhn 1955), and when each is given its most frequent type.
    """

    adjusted_mutual_information: float
    adjusted_rand_index: float
    hungarian_accuracy: float
    purity: float


FIGURES = tuple(f.name for f in fields(Agreement))


def counted(
    clusters: NDArray[np.integer],
    types: NDArray[np.integer],
    weights: NDArray[np.number] | None = None,
) -> Counts:
    """How many rows (n,) are of each cluster and type, (clusters + 1, types); noise is the last.

    `types` count from 0; a row counts as often as its weight, a whole number, says.
    """
    shape = int(clusters.max(initial=NOISE)) + 2, int(types.max(initial=0)) + 1
    table = np.zeros(shape, np.int64)
    rows = np.where(clusters == NOISE, shape[0] - 1, clusters)
    often = np.ones(len(rows), np.int64) if weights is None else weights.astype(np.int64)
    np.add.at(table, (rows, types), often)
    return table


def agreement(table: Counts) -> Agreement:
    """The figures of a table as `counted` makes it, with at least one row."""
    total = int(table.sum())
    inside = table[:-1]
    matched = inside[linear_sum_assignment(inside, maximize=True)].sum()
    return Agreement(
        adjusted_mutual_information=_adjusted_mutual_information(table, total),
        adjusted_rand_index=_adjusted_rand_index(table, total),
        hungarian_accuracy=float(matched / total),
        purity=float(inside.max(axis=1, initial=0).sum() / total),
    )


def _adjusted_mutual_information(table: Counts, total: int) -> float:
    there = table[np.ix_(table.any(axis=1), table.any(axis=0))]
    if min(there.shape) == 1:  # one cluster, or one type, says nothing of the other
        return 1.0 if max(there.shape) == 1 else 0.0
    across, down = there.sum(axis=1), there.sum(axis=0)
    shared, expected = _mutual_information(there, total), _expected(there, total)
    most = (_entropy(across, total) + _entropy(down, total)) / 2
    return float((shared - expected) / max(most - expected, np.finfo(float).eps))


def _expected(table: Counts, total: int) -> float:
    return float(expected_mutual_information(table, total))


def _mutual_information(table: Counts, total: int) -> float:
    product = np.outer(table.sum(axis=1), table.sum(axis=0))
    there = table > 0
    joint = table[there] / total
    return float((joint * np.log(joint * total * total / product[there])).sum())


def _entropy(counts: Counts, total: int) -> float:
    shares = counts[counts > 0] / total
    return float(-(shares * np.log(shares)).sum())


def _adjusted_rand_index(table: Counts, total: int) -> float:
    """After Hubert and Arabie 1985."""
    together = float(_pairs(table).sum())
    across, down = float(_pairs(table.sum(axis=1)).sum()), float(_pairs(table.sum(axis=0)).sum())
    expected = across * down / max(float(_pairs(np.int64(total))), 1.0)
    most = (across + down) / 2
    return 1.0 if most == expected else (together - expected) / (most - expected)


def _pairs(counts: Counts | np.int64) -> NDArray[np.float64]:
    values = np.asarray(counts, np.float64)
    return values * (values - 1) / 2
