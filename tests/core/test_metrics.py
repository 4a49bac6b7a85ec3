from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crimeview.core.metrics import (
    area_under,
    auc_of_counts,
    average_precision,
    group_interval,
    precision_of_counts,
    roc_auc,
    roc_curve,
)

LABELS = np.array([True, False, True, False])


def test_a_hand_counted_example() -> None:
    scores = np.array([0.9, 0.8, 0.7, 0.1])
    assert roc_auc(LABELS, scores) == 0.75  # 3 of 4 pairs
    false, true, threshold = roc_curve(LABELS, scores)
    np.testing.assert_array_equal(false, [0, 0, 0.5, 0.5, 1])
    np.testing.assert_array_equal(true, [0, 0.5, 0.5, 1, 1])
    np.testing.assert_array_equal(threshold, [np.inf, 0.9, 0.8, 0.7, 0.1])


def test_ties_count_half() -> None:
    assert roc_auc(LABELS, np.zeros(4)) == 0.5


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 5)), min_size=2, max_size=40))
def test_auc_is_the_share_of_pairs_in_order(rows: list[tuple[bool, int]]) -> None:
    positive, scores = np.array([r[0] for r in rows]), np.array([r[1] for r in rows], float)
    if positive.all() or not positive.any():
        with pytest.raises(ValueError, match="both classes"):
            roc_auc(positive, scores)
        return
    above = scores[positive][:, None] - scores[~positive][None, :]
    assert roc_auc(positive, scores) == pytest.approx(((above > 0) + 0.5 * (above == 0)).mean())


def test_labels_and_scores_must_match() -> None:
    with pytest.raises(ValueError, match="do not match"):
        roc_auc(LABELS, np.zeros(3))


def test_the_interval_is_over_groups_not_rows() -> None:
    values = np.repeat([0.0, 1.0, 2.0], 50)
    groups = [str(v) for v in values]
    low, high = group_interval(lambda rows: float(values[rows].mean()), groups)
    assert low < 0.5
    assert high > 1.5  # 150 independent rows would give 0.87 to 1.13


def test_draws_without_a_class_are_left_out() -> None:
    scores = np.array([0.9, 0.8, 0.7, 0.1])
    low, high = group_interval(lambda rows: roc_auc(LABELS[rows], scores[rows]), list("abcd"))
    assert 0 <= low <= 0.75 <= high <= 1
    with pytest.raises(ValueError, match="not defined"):
        group_interval(lambda rows: roc_auc(LABELS[rows], scores[rows]), ["a", "a", "a", "a"][:1])


def test_agrees_with_a_published_evaluation(data: Path) -> None:
    """The paper's own ROC, and another group's scores of the UCF-Crime test recordings."""
    paper = np.load(data / "ucf_crime" / "paper_roc_c3d.npz")
    assert np.trapezoid(paper["tpr"].ravel(), paper["fpr"].ravel()) == pytest.approx(
        0.75411735, abs=1e-5
    )
    frames, labels = [], []
    scores = _third_party_scores(data / "ucf_crime" / "third_party_scores_r2plus1d.csv")
    for name, count, spans in _annotations(data / "ucf_crime" / "test_annotations.csv"):
        frame = np.arange(count)
        frames.append(scores[name][32 * frame // count])
        label = np.zeros(count, np.bool_)
        for start, end in spans:
            label[start:end] = True
        labels.append(label)
    auc = roc_auc(np.concatenate(labels), np.concatenate(frames))
    assert auc == pytest.approx(0.69028929, abs=1e-7)


def _third_party_scores(file: Path) -> dict[str, np.ndarray]:
    lines = file.read_text(encoding="utf-8").splitlines()[1:]
    return {
        name: np.array([float(v) for v in values])
        for name, *values in (x.split(",") for x in lines)
    }


def _annotations(file: Path) -> list[tuple[str, int, list[tuple[int, int]]]]:
    rows = []
    for line in file.read_text(encoding="utf-8").splitlines()[1:]:
        name, count, spans = line.split(",")
        pairs = [tuple(map(int, s.split("-"))) for s in spans.split(";") if s]
        rows.append((name, int(count), [(a, b) for a, b in pairs]))
    return rows


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 5)), min_size=2, max_size=40))
def test_average_precision_and_counts_agree_with_a_walk_down_the_ranking(
    rows: list[tuple[bool, int]],
) -> None:
    positive, scores = np.array([r[0] for r in rows]), np.array([r[1] for r in rows], float)
    if positive.all() or not positive.any():
        with pytest.raises(ValueError, match="both classes"):
            average_precision(positive, scores)
        return
    walked = (
        sum(
            positive[scores >= level].mean() * positive[scores == level].sum()
            for level in np.unique(scores)
        )
        / positive.sum()
    )
    assert average_precision(positive, scores) == pytest.approx(walked)
    levels = np.unique(scores)[::-1]
    hits = np.array([(positive & (scores == level)).sum() for level in levels], float)
    rest = np.array([(~positive & (scores == level)).sum() for level in levels], float)
    assert float(auc_of_counts(hits, rest)) == pytest.approx(roc_auc(positive, scores))
    assert float(precision_of_counts(hits, rest)) == pytest.approx(walked)


def test_counts_without_a_class_have_no_figure() -> None:
    counts = np.array([[1.0, 2.0], [0.0, 0.0]])
    np.testing.assert_array_equal(np.isnan(auc_of_counts(counts, counts[::-1])), [True, True])
    np.testing.assert_array_equal(np.isnan(precision_of_counts(counts, counts[::-1])), [True] * 2)


def test_the_area_under_the_published_curve(data: Path) -> None:
    paper = np.load(data / "ucf_crime" / "paper_roc_c3d.npz")
    assert area_under(paper["tpr"], paper["fpr"]) == pytest.approx(0.75411735, abs=1e-7)


def test_an_area_needs_ascending_places() -> None:
    with pytest.raises(ValueError, match="ascend"):
        area_under(np.ones(3), np.array([0.0, 1.0, 0.5]))
    with pytest.raises(ValueError, match="do not match"):
        area_under(np.ones(3), np.ones(2))
