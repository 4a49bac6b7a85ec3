import numpy as np
import pytest

from crimeview.training.scorers.logistic import balanced_weights, fit_logistic


def test_without_values_the_intercept_is_the_logit_of_the_weighted_share() -> None:
    # By hand: at the optimum the chance is the weighted share of hits, 3 of 4 here.
    coefficients, intercept = fit_logistic(
        np.zeros((3, 0)), np.array([1.0, 1.0, 0.0]), weights=np.array([1, 2, 1]), penalty=1.0
    )
    assert coefficients.shape == (0,)
    assert intercept == pytest.approx(np.log(3), rel=1e-9)


def test_two_rows_have_the_optimum_of_the_textbook() -> None:
    # Rows -1 and 1, targets 0 and 1: by symmetry no intercept, and w = 2 C / (1 + exp(w)).
    (weight,), intercept = fit_logistic(
        np.array([[-1.0], [1.0]]), np.array([0.0, 1.0]), weights=np.ones(2), penalty=1 / 0.7
    )
    assert intercept == pytest.approx(0, abs=1e-9)
    assert weight == pytest.approx(2 * 0.7 / (1 + np.exp(weight)), rel=1e-8)


def test_the_gradient_is_zero_at_the_optimum() -> None:
    random = np.random.default_rng(0)
    values = 30 * random.normal(size=(60, 90)) + 5  # more columns than rows, far from standardized
    positive = random.random(60) < 0.2
    weights = balanced_weights(positive)
    found, intercept = fit_logistic(values, positive.astype(float), weights=weights, penalty=3.0)

    def loss(coefficients: np.ndarray, at: float) -> float:
        logits = values @ coefficients + at
        signed = np.where(positive, logits, -logits)
        return float(weights @ np.logaddexp(0, -signed) + 1.5 * coefficients @ coefficients)

    nudge = 1e-5
    for direction in np.eye(90)[:10]:
        slope = loss(found + nudge * direction, intercept) - loss(
            found - nudge * direction, intercept
        )
        assert abs(slope / (2 * nudge)) < 1e-4
    slope = loss(found, intercept + nudge) - loss(found, intercept - nudge)
    assert abs(slope / (2 * nudge)) < 1e-4


def test_balanced_weights_are_those_of_equal_labels() -> None:
    weights = balanced_weights(np.array([True, False, False, False]))
    assert weights.sum() == pytest.approx(4)
    assert weights[0] == pytest.approx(weights[1:].sum())


def test_rows_that_a_plane_separates_have_an_optimum_with_a_penalty() -> None:
    values = np.array([[-1000.0], [1000.0]])  # a first step that overshoots by far
    targets = np.array([0.0, 1.0])
    (weight,), intercept = fit_logistic(values, targets, weights=np.ones(2), penalty=1e-3)
    assert intercept == pytest.approx(0, abs=1e-6)
    assert 1e-3 * weight == pytest.approx(2000 / (1 + np.exp(1000 * weight)), rel=1e-4)
