import time

import numpy as np
import pytest
from numpy.typing import NDArray

from crimeview.core.metrics import average_precision, roc_auc
from crimeview.evaluation.figure import DRAWS, Figure, Resampling
from crimeview.evaluation.ranking import Rows, rank


def _pairs(positive: NDArray[np.bool_], scores: NDArray[np.floating]) -> float:
    """The share of pairs in order, counted one by one."""
    above = scores[positive][:, None] - scores[~positive][None, :]
    return float(((above > 0) + 0.5 * (above == 0)).mean())


def _rows(seed: int, *, recordings: int, frames: int) -> tuple[NDArray[np.intp], ...]:
    random = np.random.default_rng(seed)
    recording = np.repeat(np.arange(recordings), frames)
    positive = random.random(recordings * frames) < 0.2
    return recording, positive, random.random(recordings * frames) + 0.3 * positive


def _all(
    recording: NDArray[np.intp], positive: NDArray[np.bool_], scores: NDArray[np.floating]
) -> Rows:
    return Rows(scores=scores, positive=positive, negative=~positive, units=recording)


def test_values_and_intervals_are_those_of_resampled_rows() -> None:
    recording, positive, scores = _rows(0, recordings=12, frames=40)
    resampling = Resampling([f"{r:02}" for r in range(12)])
    ranked = rank(_all(recording, positive, scores), resampling)
    assert ranked.roc_auc.value == pytest.approx(_pairs(positive, scores), abs=1e-12)
    assert ranked.average_precision.value == pytest.approx(average_precision(positive, scores))
    areas, precisions = [], []
    for weights in resampling.weights:
        rows = np.repeat(np.arange(len(scores)), weights[recording].astype(int))
        areas.append(roc_auc(positive[rows], scores[rows]))
        precisions.append(average_precision(positive[rows], scores[rows]))
    for figure, drawn in ((ranked.roc_auc, areas), (ranked.average_precision, precisions)):
        assert figure.interval == pytest.approx(tuple(np.percentile(drawn, [2.5, 97.5])), abs=1e-9)


def test_a_million_frames_take_seconds_and_bins_change_nothing_that_is_shown() -> None:
    recording, positive, scores = _rows(1, recordings=290, frames=3800)
    resampling = Resampling([f"{r:03}" for r in range(290)])
    began = time.process_time()
    ranked = rank(_all(recording, positive, scores), resampling)
    assert time.process_time() - began < 10
    assert ranked.roc_auc.value == pytest.approx(roc_auc(positive, scores), abs=1e-9)
    few = [0, 1, 2]
    exact = []
    for draw in few:
        rows = np.repeat(np.arange(len(scores)), resampling.weights[draw][recording].astype(int))
        exact.append(roc_auc(positive[rows], scores[rows]))
    resampling.weights = resampling.weights[few * (DRAWS // 3 + 1)][:DRAWS]
    again = rank(_all(recording, positive, scores), resampling)
    assert again.roc_auc.interval == pytest.approx((min(exact), max(exact)), abs=1e-3)


def test_bins_keep_few_positives_among_many_frames_apart() -> None:
    random = np.random.default_rng(2)
    recording = np.arange(6000) % 8
    positive = np.zeros(6000, np.bool_)
    positive[random.choice(6000, 20, replace=False)] = True
    scores = random.normal(size=6000) + 3.0 * positive
    resampling = Resampling([str(r) for r in range(8)])
    ranked = rank(_all(recording, positive, scores), resampling)
    drawn = []
    for weights in resampling.weights:
        rows = np.repeat(np.arange(6000), weights[recording].astype(int))
        drawn.append(average_precision(positive[rows], scores[rows]))
    ends = tuple(np.percentile(drawn, [2.5, 97.5]))
    assert ranked.average_precision.interval == pytest.approx(ends, abs=1e-3)


def test_weights_are_rows_in_parts() -> None:
    resampling = Resampling(["a", "a", "b"])
    whole = rank(
        Rows(
            scores=np.array([0.9, 0.9, 0.5, 0.1]),
            positive=np.array([1, 1, 0, 1]),
            negative=np.array([0, 0, 1, 0]),
            units=np.array([0, 0, 1, 1]),
        ),
        resampling,
    )
    parts = rank(
        Rows(
            scores=np.array([0.9, 0.5, 0.1]),
            positive=np.array([2.0, 0.0, 1.0]),
            negative=np.array([0.0, 1.0, 0.0]),
            units=np.array([0, 1, 1]),
        ),
        resampling,
    )
    assert whole.roc_auc == parts.roc_auc
    assert whole.roc_auc.value == pytest.approx(2 / 3)
    assert parts.share == 0.75


def test_one_class_alone_cannot_be_ranked() -> None:
    ranked = rank(
        Rows(
            scores=np.array([0.1, 0.2]),
            positive=np.array([False, False]),
            negative=np.array([True, True]),
            units=np.array([0, 1]),
        ),
        Resampling(["a", "b"]),
    )
    assert ranked.roc_auc == Figure(None, None)
    assert len(ranked.false) == 0


def test_curves_reach_from_corner_to_corner() -> None:
    recording, positive, scores = _rows(2, recordings=3, frames=5000)
    ranked = rank(
        Rows(
            scores=scores,
            positive=positive,
            negative=~positive,
            units=recording,
        ),
        Resampling(["a", "b", "c"]),
    )
    assert (ranked.false[0], ranked.true[0], ranked.false[-1], ranked.true[-1]) == (0, 0, 1, 1)
    assert ranked.recall[-1] == 1
    assert ranked.precision[-1] == pytest.approx(positive.mean())
    assert np.trapezoid(ranked.true, ranked.false) == pytest.approx(ranked.roc_auc.value, abs=1e-3)


def test_shares_are_drawn_by_group_and_one_group_has_no_interval() -> None:
    hits, whole = np.array([1, 1, 0, 0]), np.ones(4)
    figure = Resampling(["a", "a", "b", "b"]).share(hits, whole)
    assert figure == Figure(0.5, (0.0, 1.0))
    assert Resampling(["a"] * 4).share(hits, whole) == Figure(0.5, None)
    assert Resampling(["a", "b", "c", "d"]).share(hits, np.zeros(4)) == Figure(None, None)
    values = np.array([0.2, np.nan, 0.4, np.nan])
    assert Resampling(["a", "b", "c", "d"]).mean(values).value == pytest.approx(0.3)


def test_rows_of_neither_class_do_not_count() -> None:
    scores, units = np.array([0.9, 0.8, 0.2, 0.1]), np.array([0, 0, 1, 1])
    positive, negative = np.array([0, 1, 0, 0]), np.array([0, 0, 1, 0])
    ranked = rank(
        Rows(scores=scores, positive=positive, negative=negative, units=units),
        Resampling(["a", "b"]),
    )
    assert (ranked.roc_auc.value, ranked.average_precision.value) == (1.0, 1.0)
    np.testing.assert_array_equal(ranked.precision, [1.0, 0.5])
