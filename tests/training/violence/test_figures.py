"""From frames to clips, and how classes come off."""

import numpy as np
import pytest

from crimeview.training.violence.aggregate import AGGREGATIONS, aggregate
from crimeview.training.violence.probability import calibrated_by_folds, fit_frames, sigmoid
from crimeview.training.violence.report import classification_report, confusion, report_text


def test_a_report_is_what_counting_gives() -> None:
    random = np.random.default_rng(3)
    positive = random.random(80) < 0.3
    said = np.where(random.random(80) < 0.8, positive, ~positive)
    pairs = list(zip(positive.tolist(), said.tolist(), strict=True))
    counts = confusion(positive, said)
    assert counts.tolist() == [[pairs.count((a, b)) for b in (False, True)] for a in (False, True)]
    *rows, average = classification_report(counts, ("normal", "violence"))
    for kind, row in zip((False, True), rows, strict=True):
        right = pairs.count((kind, kind))
        assert row.precision == pytest.approx(right / sum(b == kind for _, b in pairs))
        assert row.recall == pytest.approx(right / sum(a == kind for a, _ in pairs))
        both = 2 * row.precision * row.recall / (row.precision + row.recall)
        assert row.f1 == pytest.approx(both)
        assert row.support == sum(a == kind for a, _ in pairs)
    assert average.f1 == pytest.approx((rows[0].f1 + rows[1].f1) / 2)
    assert average.support == 80
    lines = report_text([*rows, average]).splitlines()
    assert lines[1].split()[0] == "normal"
    assert len({len(line) for line in lines[1:]}) == 1


def test_a_class_that_is_never_said_has_no_precision() -> None:
    rows = classification_report(np.array([[5, 0], [3, 0]]), ("normal", "violence"))
    assert (rows[1].precision, rows[1].recall, rows[1].f1) == (0.0, 0.0, 0.0)


def test_frames_become_clips() -> None:
    clips = [np.array([0.1, 0.2, 0.9]), np.array([0.5])]
    found = {name: aggregate(clips, how) for name, how in AGGREGATIONS.items()}
    np.testing.assert_allclose(found["mean"], [0.4, 0.5])
    np.testing.assert_allclose(found["median"], [0.2, 0.5])
    np.testing.assert_allclose(found["top third"], [0.9, 0.5])
    np.testing.assert_allclose(found["highest"], [0.9, 0.5])


def test_probabilities_are_for_both_kinds_equally_frequent() -> None:
    """Nine times as many normal clips, some with many frames, do not pull the middle."""
    random = np.random.default_rng(0)
    positive = np.arange(1000) < 100
    logits = [
        random.normal(4.0 if p else 2.0, 1.0, 1 + 9 * (n % 2)) for n, p in enumerate(positive)
    ]
    slope, offset = fit_frames(logits, positive)
    assert sigmoid(np.array([3.0]) * slope + offset)[0] == pytest.approx(0.5, abs=0.05)
    assert slope == pytest.approx(2.0, rel=0.15)  # the log of the densities' ratio


def test_a_fold_is_calibrated_on_the_others() -> None:
    """Labels of the fold itself turned round change nothing in it."""
    random = np.random.default_rng(1)
    positive = np.arange(60) % 2 == 0
    folds = np.repeat(np.arange(3), 20)
    logits = [random.normal(1.0 if p else -1.0, 1.0, 3) for p in positive]
    found = calibrated_by_folds(logits, positive, folds)
    lied = np.where(folds == 1, ~positive, positive)
    again = calibrated_by_folds(logits, lied, folds)
    for n in np.flatnonzero(folds == 1):
        np.testing.assert_array_equal(found[n], again[n])
    assert any(not np.array_equal(found[n], again[n]) for n in np.flatnonzero(folds != 1))
