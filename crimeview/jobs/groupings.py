"""Comparing ways to group: what each makes of the same vectors, and how good that is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from crimeview.atlas.agreement import FIGURES, Agreement, agreement, counted
from crimeview.atlas.choices import METHODS, NOISE, Method
from crimeview.atlas.grouping import group
from crimeview.atlas.principal import without_empty_directions
from crimeview.atlas.shape import DRAWS, Shape, shape, stability
from crimeview.core.job import Job, Step
from crimeview.evaluation.figure import Figure

Vectors = NDArray[np.float32]
Labels = NDArray[np.intp]

SHUFFLES = 20
HALVES = 500
_BATCH = 50  # halves between two steps
_MOST_FOR_STABILITY = 4000  # rows: beyond that a draw takes as long as the grouping did


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """What a method makes of a set of vectors.

    `clusters` (n,) are numbered from 0 by their first row, or `NOISE`. `agreement` are figures
    beside the types, with the `control` of shuffled ones and the `confusion` (clusters + 1, types)
    whose last row is in no cluster; all None without types. `stability` (mean, lowest) is the
    adjusted Rand index against groupings without a fifth of the groups.
    """

    embedding: str
    method: Method
    clusters: Labels
    shape: Shape
    stability: tuple[float, float] | None
    agreement: dict[str, Figure] | None = None
    control: dict[str, float] | None = None
    confusion: NDArray[np.int64] | None = None

    @property
    def count(self) -> int:
        return int(self.clusters.max(initial=NOISE)) + 1

    @property
    def in_none(self) -> int:
        return int((self.clusters == NOISE).sum())


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be compared: `count` clusters (hdbscan has its own), by `methods`, from `seed`."""

    count: int
    methods: tuple[Method, ...] = METHODS
    seed: int = 0


def compare(
    vectors: dict[str, Vectors],
    *,
    groups: Sequence[str],
    types: Sequence[str | None] | None,
    wanted: Wanted,
) -> Job[list[Grouping]]:
    """Group each set of vectors (n, d) by each method.

    `groups` (n,) are sources, which are left out or drawn whole; `types` (n,) what is known of
    each, None where nothing is: agreement is measured on the others.
    """
    kinds = None if types is None else _numbered(types)
    found: list[Grouping] = []
    total = len(vectors) * len(wanted.methods)
    for name, rows in vectors.items():
        small = without_empty_directions(rows)
        for method in wanted.methods:
            step = Step(done=len(found), total=total, message=f"Grouping {name} by {method}")
            yield step
            grouping = yield from _grouped(name, small, groups, method, wanted, step)
            if kinds is not None:
                grouping = yield from _compared(grouping, kinds, groups, step)
            found.append(grouping)
    return found


def _grouped(
    name: str, rows: Vectors, groups: Sequence[str], method: Method, wanted: Wanted, step: Step
) -> Job[Grouping]:
    clusters = group(rows, method=method, count=wanted.count, seed=wanted.seed)
    yield step
    form = shape(rows, clusters)
    stable = None
    if len(rows) <= _MOST_FOR_STABILITY:
        stable = yield from _stability(rows, clusters, groups, method, wanted, step)
    return Grouping(embedding=name, method=method, clusters=clusters, shape=form, stability=stable)


def _stability(
    rows: Vectors,
    clusters: Labels,
    groups: Sequence[str],
    method: Method,
    wanted: Wanted,
    step: Step,
) -> Job[tuple[float, float]]:
    def regroup(kept: Labels, draw: int) -> Labels:
        count = min(wanted.count, len(kept))
        return group(rows[kept], method=method, count=count, seed=wanted.seed + draw)

    alike = []
    for number, value in enumerate(stability(clusters, groups=groups, regroup=regroup)):
        alike.append(value)
        yield replace(step, done=step.done + 0.8 * (number + 1) / DRAWS)
    return float(np.mean(alike)), float(np.min(alike))


def _compared(
    grouping: Grouping, kinds: Labels, groups: Sequence[str], step: Step
) -> Job[Grouping]:
    known = kinds >= 0
    clusters, kinds = grouping.clusters[known], kinds[known]
    groups = [of for of, there in zip(groups, known, strict=True) if there]
    table = counted(clusters, kinds)
    own = agreement(table)
    halves: list[Agreement] = []
    for number, half in enumerate(_halves(groups)):
        if number % _BATCH == 0:
            yield replace(step, done=step.done + 0.9)
        halves.append(agreement(counted(clusters, kinds, half)))
    return replace(
        grouping,
        agreement={
            name: _figure(getattr(own, name), [getattr(half, name) for half in halves])
            for name in FIGURES
        },
        control=_control(clusters, kinds, groups),
        confusion=table,
    )


def _halves(groups: Sequence[str]) -> Iterator[NDArray[np.int64]]:
    """Which rows (n,) are in a random half of the groups, `HALVES` times.

    How a figure differs between halves and the whole is how the whole differs between collections.
    A bootstrap would not do here: copies of a row are pairs that always agree.
    """
    units = np.unique(np.asarray(groups, np.str_), return_inverse=True)[1]
    count = int(units.max()) + 1
    random = np.random.default_rng(0)
    for _ in range(HALVES):
        drawn = np.zeros(count, np.int64)
        drawn[random.permutation(count)[: max(1, count // 2)]] = 1
        yield drawn[units]


def _figure(value: float, halves: list[float]) -> Figure:
    """The value with the interval that its halves span around it."""
    low, high = np.percentile(np.array(halves) - np.mean(halves), [2.5, 97.5])
    return Figure(value, (value + float(low), value + float(high)))


def _numbered(types: Sequence[str | None]) -> Labels:
    """The types (n,) numbered in order of their names, -1 where there is none."""
    names = sorted({name for name in types if name is not None})
    return np.array([-1 if name is None else names.index(name) for name in types], np.intp)


def _control(clusters: Labels, kinds: Labels, groups: Sequence[str]) -> dict[str, float]:
    """The same figures with types dealt out anew, the mean of several deals.

    They are dealt among the groups, or among the rows where a group has several types: as if it had
    one, a group that is a cluster would always agree.
    """
    random = np.random.default_rng(0)
    _, first, place = np.unique(np.asarray(groups, np.str_), return_index=True, return_inverse=True)
    if (kinds[first][place] != kinds).any():
        first = place = np.arange(len(kinds))
    deals = [
        agreement(counted(clusters, random.permutation(kinds[first])[place]))
        for _ in range(SHUFFLES)
    ]
    return {name: float(np.mean([getattr(d, name) for d in deals])) for name in FIGURES}
