"""Folds that keep a source together and each label in every fold as far as sources allow."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import UsageError
from crimeview.training.data.examples import FOLDS, FOLDS_OPEN, Example


def with_folds(examples: Sequence[Example], *, seed: int = 0) -> list[Example]:
    """Keep given folds; give each group without one a fold, balanced over data sets and labels.

    Raises UsageError where the examples of one group are given different folds.
    """
    given = _given(examples)
    names = sorted({e.group for e in examples})
    weights = _weights(examples, names)
    load = np.zeros((FOLDS, weights.shape[1]))
    for name, fold in given.items():
        load[fold] += weights[names.index(name)]
    chosen = dict(given)
    for row in _order(weights, seed):
        if names[row] not in given:
            fold = _emptiest(load, weights[row])
            load[fold] += weights[row]
            chosen[names[row]] = fold
    return [replace(e, fold=chosen[e.group]) for e in examples]


def regroup(examples: Sequence[Example], *, seed: int) -> list[Example]:
    """Other folds than the given ones, by the same rule: to confirm what was chosen by those."""
    return with_folds([replace(e, fold=FOLDS_OPEN) for e in examples], seed=seed)


def held_out(examples: Iterable[Example], fold: int) -> tuple[list[Example], list[Example]]:
    """Examples of all other folds, and of this one; raises ValueError if a group is in both."""
    both = list(examples)
    rest, test = [e for e in both if e.fold != fold], [e for e in both if e.fold == fold]
    if shared := {e.group for e in rest} & {e.group for e in test}:
        raise ValueError(f"groups on both sides of the fold: {sorted(shared)}")
    return rest, test


def _given(examples: Sequence[Example]) -> dict[str, int]:
    given: dict[str, int] = {}
    for example in examples:
        if example.fold == FOLDS_OPEN:
            continue
        if given.setdefault(example.group, example.fold) != example.fold:
            raise UsageError(
                f"The group {example.group} is given the folds {given[example.group]} and "
                f"{example.fold}; a source must be in one fold."
            )
    return given


def _weights(examples: Sequence[Example], names: Sequence[str]) -> NDArray[np.float64]:
    """What share of each stratum (data set and label) a group holds, (groups, strata)."""
    strata = sorted({(e.data, e.label) for e in examples})
    rows, columns = ({key: n for n, key in enumerate(keys)} for keys in (names, strata))
    counts = np.zeros((len(names), len(strata)))
    for example in examples:
        counts[rows[example.group], columns[example.data, example.label]] += 1
    shares: NDArray[np.float64] = counts / counts.sum(axis=0)
    return shares


def _order(weights: NDArray[np.float64], seed: int) -> NDArray[np.intp]:
    """Large groups first, while there is room to choose; equals by chance."""
    shuffled = np.random.default_rng(seed).permutation(len(weights))
    return shuffled[np.argsort(-weights[shuffled].max(axis=1), kind="stable")]


def _emptiest(load: NDArray[np.float64], group: NDArray[np.float64]) -> int:
    """The fold that has the least of what the group has, then the least of all."""
    like = load @ group
    return int(np.lexsort((load.sum(axis=1), np.round(like, 12)))[0])
