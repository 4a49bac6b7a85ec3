import numpy as np
import pytest
from sklearn import metrics

from crimeview.atlas.agreement import agreement, counted
from crimeview.atlas.choices import NOISE


@pytest.mark.parametrize("seed", range(4))
def test_adjusted_figures_are_those_of_scikit_learn(seed: int) -> None:
    random = np.random.default_rng(seed)
    types = random.integers(5, size=90)
    clusters = np.where(random.random(90) < 0.5, types, random.integers(7, size=90))
    found = agreement(counted(clusters, types))
    assert found.adjusted_mutual_information == pytest.approx(
        metrics.adjusted_mutual_info_score(types, clusters)
    )
    assert found.adjusted_rand_index == pytest.approx(metrics.adjusted_rand_score(types, clusters))


def test_accuracy_and_purity_by_hand() -> None:
    types = np.array([0, 0, 0, 1, 1, 2])
    clusters = np.array([0, 0, 1, 1, 2, 2])
    found = agreement(counted(clusters, types))
    # The best match gives 0 to the first cluster, 1 to one of the others and 2 to the last.
    assert found.hungarian_accuracy == pytest.approx(4 / 6)
    assert found.purity == pytest.approx(4 / 6)


def test_names_of_clusters_do_not_matter() -> None:
    types = np.repeat(np.arange(4), 5)
    found = agreement(counted(np.array([2, 0, 3, 1])[types], types))
    assert found.adjusted_mutual_information == pytest.approx(1)
    assert found.adjusted_rand_index == found.hungarian_accuracy == found.purity == 1


def test_a_row_in_no_cluster_is_never_right() -> None:
    types = np.zeros(10, np.intp)
    clusters = np.where(np.arange(10) < 4, 0, NOISE)
    found = agreement(counted(clusters, types))
    assert found.purity == found.hungarian_accuracy == pytest.approx(0.4)


def test_by_chance_adjusted_figures_are_nothing_and_purity_is_not() -> None:
    random = np.random.default_rng(0)
    found = [
        agreement(counted(random.integers(13, size=200), random.integers(13, size=200)))
        for _ in range(30)
    ]
    assert abs(np.mean([f.adjusted_mutual_information for f in found])) < 0.01
    assert abs(np.mean([f.adjusted_rand_index for f in found])) < 0.01
    assert np.mean([f.purity for f in found]) > 0.15


def test_weights_count_rows_several_times() -> None:
    types, clusters = np.array([0, 1, 1]), np.array([0, 0, 1])
    weighed = counted(clusters, types, np.array([2, 0, 3]))
    repeated = counted(np.array([0, 0, 1, 1, 1]), np.array([0, 0, 1, 1, 1]))
    assert weighed.tolist() == repeated.tolist()
