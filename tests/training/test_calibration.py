import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra “train” is not installed")

from crimeview.training.calibration import (  # noqa: E402
    Calibrated,
    fit_platt,
    threshold_for_share,
)
from crimeview.training.scorers.logistic import balanced_weights  # noqa: E402


def _drawn(*, share: float, slope: float, offset: float) -> tuple[np.ndarray, np.ndarray]:
    """Logits on a scale and with a zero of their own; labels with chances known exactly.

    Two normal clouds a distance apart have a linear log odds: the classes are drawn with `share`.
    """
    random = np.random.default_rng(0)
    positive = random.random(40_000) < share
    clean = random.normal(size=40_000) * 2 + np.where(positive, 2.0, -2.0)  # log odds = clean
    return (clean - offset) / slope, positive


@pytest.mark.parametrize("share", [0.5, 0.1])
def test_balanced_weights_give_the_chance_were_both_equally_frequent(share: float) -> None:
    logits, positive = _drawn(share=share, slope=0.02, offset=-7.0)
    slope, offset = fit_platt(logits, positive, weights=balanced_weights(positive))
    assert slope == pytest.approx(0.02, rel=0.05)
    assert offset == pytest.approx(-7.0, abs=0.2)


def test_equal_weights_give_the_chance_at_the_frequency_seen() -> None:
    logits, positive = _drawn(share=0.1, slope=1.0, offset=0.0)
    slope, offset = fit_platt(logits, positive, weights=np.ones(len(logits)))
    assert offset == pytest.approx(np.log(0.1 / 0.9), abs=0.1)
    chances = 1 / (1 + np.exp(-(slope * logits + offset)))
    assert chances.mean() == pytest.approx(0.1, abs=0.005)


def test_perfectly_separated_logits_have_a_finite_fit() -> None:
    logits = np.array([-3.0, -2.0, 2.0, 3.0])
    positive = logits > 0
    slope, offset = fit_platt(logits, positive, weights=np.ones(4))
    assert 0 < slope < 10
    assert offset == pytest.approx(0, abs=1e-6)


def test_both_labels_are_needed() -> None:
    with pytest.raises(ValueError, match="both labels"):
        fit_platt(np.zeros(3), np.ones(3, bool), weights=np.ones(3))


def test_a_calibrated_network_gives_the_sigmoid_of_the_line() -> None:
    network = Calibrated(torch.nn.Identity(), slope=2.0, offset=-1.0)
    assert network(torch.tensor([0.5, 1.0])).tolist() == pytest.approx([0.5, 0.7310586])


@pytest.mark.parametrize("slope", [0.0, -1.0, float("nan")])
def test_a_slope_must_keep_the_order(slope: float) -> None:
    with pytest.raises(ValueError, match="order"):
        Calibrated(torch.nn.Identity(), slope=slope, offset=0.0)


def test_the_threshold_is_the_lowest_with_few_enough_alarms() -> None:
    scores = np.arange(100) / 100 + 0.005  # ten of them reach 0.9
    assert threshold_for_share(scores, share=0.1) == 0.9
    assert threshold_for_share(scores, share=0.0) == 0.99  # as high as thresholds go
    assert threshold_for_share(np.zeros(5), share=0.0) == 0.01
