from itertools import permutations

import numpy as np
import pytest

from crimeview.scene.assignment import assigned


@pytest.mark.parametrize("seed", range(20))
def test_no_other_pairing_costs_less(seed: int) -> None:
    random = np.random.default_rng(seed)
    rows, columns = random.integers(1, 6, 2)
    costs = random.random((rows, columns))
    small = costs if rows <= columns else costs.T
    best = min(
        small[range(len(small)), list(order)].sum()
        for order in permutations(range(small.shape[1]), len(small))
    )
    pairs = assigned(costs, most=10.0)
    assert len(pairs) == len(small)
    assert np.isclose(sum(costs[pair] for pair in pairs), best)


def test_pairs_that_cost_too_much_are_left_out() -> None:
    costs = np.array([[0.1, 5.0], [0.2, np.inf]])
    assert assigned(costs, most=1.0) == [(0, 0)]
    assert assigned(np.array([[0.9, 0.8], [0.1, 3.0]]), most=1.0) == [(0, 1), (1, 0)]
    assert assigned(np.empty((0, 3)), most=1.0) == []
