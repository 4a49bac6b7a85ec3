import numpy as np
import pytest

from crimeview.training.data.ucf_features import FeatureTable
from crimeview.training.scorers.recording_report import auc_within, report_recordings


def _table(classes: list[str], publications: list[str]) -> FeatureTable:
    count = len(classes)
    return FeatureTable(
        names=tuple(map(str, range(count))),
        features=np.zeros((count, 1, 1)),
        classes=tuple(classes),
        groups=tuple(map(str, range(count))),
        publications=tuple(publications),
        folds=np.arange(count) % 4,
    )


def test_pairs_of_two_publications_do_not_count() -> None:
    positive = np.array([True, False, True, False, False])
    scores = np.array([0.9, 0.8, 0.2, 0.1, 0.3])  # all of b is lower; within b one pair of two won
    assert auc_within("aabbb", positive, scores) == pytest.approx((1 + 1) / 3)
    with pytest.raises(ValueError, match="both labels"):
        auc_within("ab", np.array([True, False]), np.array([1.0, 0.0]))


def test_a_score_that_knows_the_publication_only_is_exposed() -> None:
    # a: 30 with an event of 40; b: 10 of 40. Scores tell a from b and nothing else.
    classes = ["Arson"] * 30 + ["Normal"] * 10 + ["Arson"] * 10 + ["Normal"] * 30
    table = _table(classes, ["a"] * 40 + ["b"] * 40)
    random = np.random.default_rng(0)
    known = np.repeat([0.8, 0.2], 40)
    peaks = np.stack([known + 0.01 * random.random(80) for _ in range(2)])
    figures = {m.name: m.value for m in report_recordings(table, peaks, threshold=0.5)}
    assert figures["recording AUC"] == pytest.approx(0.75, abs=0.04)
    assert figures["recording AUC of the publication alone, no features"] == 0.75
    assert figures["recording AUC, pairs from one publication"] == pytest.approx(0.5, abs=0.1)
    assert figures["recall of recordings at 0.5"] == 0.75
    assert figures["share of recordings without an event that reach 0.5"] == 0.25


def test_without_publications_there_is_no_such_control() -> None:
    table = _table(["Arson", "Normal"] * 10, [""] * 20)
    peaks = np.random.default_rng(0).random((2, 20))
    names = [m.name for m in report_recordings(table, peaks, threshold=0.5)]
    assert not any("publication" in name for name in names)
    assert len(names) == 3
