import numpy as np
import pytest
from numpy.typing import NDArray

from crimeview.core.embedding import unit
from crimeview.evaluation.retrieval import Searches


def _plain(
    vectors: NDArray[np.floating], labels: list[str], groups: list[str]
) -> tuple[list[float], list[float]]:
    """Recall at 1 and average precision, one search after the other, as their definitions say."""
    firsts, precisions = [], []
    for query in range(len(labels)):
        others = [i for i in range(len(labels)) if groups[i] != groups[query]]
        others.sort(key=lambda i: -float(vectors[query] @ vectors[i]))
        hits = [labels[i] == labels[query] for i in others]
        if not any(hits):
            continue
        firsts.append(float(hits[0]))
        found = [sum(hits[: n + 1]) / (n + 1) for n, hit in enumerate(hits) if hit]
        precisions.append(sum(found) / len(found))
    return firsts, precisions


@pytest.mark.parametrize("seed", range(3))
def test_figures_are_those_of_their_definitions(seed: int) -> None:
    random = np.random.default_rng(seed)
    vectors = unit(random.normal(size=(40, 5)))
    labels = [str(n) for n in random.integers(4, size=40)]
    groups = [str(n) for n in random.integers(25, size=40)]
    searches = Searches(labels, groups)
    figures = searches.figures(searches.found(vectors))
    firsts, precisions = _plain(vectors, labels, groups)
    assert searches.searched() == len(firsts)
    assert figures.recall_at_1.value == pytest.approx(np.mean(firsts))
    assert figures.mean_average_precision.value == pytest.approx(np.mean(precisions))


def test_near_duplicates_are_no_results() -> None:
    vectors = unit(np.array([[1, 0], [1, 0], [0, 1], [0.1, 1]]))
    labels = ["a", "a", "b", "a"]
    apart = Searches(labels, ["1", "1", "2", "3"])
    assert apart.found(vectors).first[:2].tolist() == [1, 1]  # the fourth, not each other
    assert np.isnan(apart.found(vectors).first[2])  # nothing else is a “b”


def test_shuffled_labels_find_what_chance_finds() -> None:
    random = np.random.default_rng(0)
    labels = ["a"] * 30 + ["b"] * 70
    vectors = unit(np.eye(2)[[0] * 30 + [1] * 70] + random.normal(scale=0.01, size=(100, 2)))
    searches = Searches(labels, [str(n) for n in range(100)])
    assert searches.figures(searches.found(vectors)).recall_at_1.value == 1
    control = searches.figures(searches.shuffled(vectors)).recall_at_1.value
    assert control == pytest.approx(searches.chance(), abs=0.03)
    assert searches.chance() == pytest.approx(0.3 * 29 / 99 + 0.7 * 69 / 99)


def test_classes_weigh_the_same_in_their_mean() -> None:
    labels = ["a"] * 4 + ["b"] * 16
    # Each “a” has “b”s nearest, each “b” has “b”s nearest.
    vectors = unit(np.concatenate([np.tile([1.0, 0.02], (4, 1)), np.tile([1.0, 0.0], (16, 1))]))
    vectors[:4, 1] *= np.array([1, -1, 1, -1])
    searches = Searches(labels, [str(n) for n in range(20)])
    figures = searches.figures(searches.found(vectors))
    assert figures.mean_over_classes.value is not None
    assert figures.mean_average_precision.value is not None
    assert figures.mean_over_classes.value < figures.mean_average_precision.value


def test_a_gain_over_itself_is_nothing() -> None:
    vectors = unit(np.random.default_rng(0).normal(size=(30, 4)))
    searches = Searches([str(n % 3) for n in range(30)], [str(n) for n in range(30)])
    found = searches.found(vectors)
    assert searches.gain(found, found).mean_average_precision.value == 0
    assert searches.gain(found, found).mean_average_precision.interval == (0, 0)
