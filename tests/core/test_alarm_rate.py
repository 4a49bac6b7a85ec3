import numpy as np
import pytest

from crimeview.core.alarm_rate import (
    BLOCK,
    AlarmRate,
    block_peaks,
    of_peaks,
    rate_at_calibrated,
)

PRIOR = (0.0, 1.0)


def _gumbel(count: int) -> np.ndarray:
    return np.random.default_rng(2).gumbel(3.0, 0.4, count)


def test_many_peaks_give_their_own_distribution() -> None:
    rate = of_peaks(_gumbel(20000), busy=1.0, prior=PRIOR)
    assert rate.location == pytest.approx(3.0, abs=0.03)
    assert rate.scale == pytest.approx(0.4, rel=0.03)
    later = np.random.default_rng(7).gumbel(3.0, 0.4, 720 * 500)  # 500 hours
    alarms = (later >= rate.score_at(2.0)).sum() / 500
    assert 1.2 < alarms < 3.0


def test_incidents_among_the_peaks_move_it_little() -> None:
    peaks = _gumbel(400)
    with_incidents = np.concatenate([peaks, np.full(60, 50.0)])
    plain, moved = (of_peaks(p, busy=1.0, prior=PRIOR) for p in (peaks, with_incidents))
    assert moved.score_at(2.0) < plain.score_at(2.0) + 1.0


def test_few_peaks_stay_near_the_prior_and_are_doubted() -> None:
    none = of_peaks(np.empty(0), busy=1.0, prior=PRIOR)
    one = of_peaks(np.array([9.0]), busy=1.0, prior=PRIOR)
    many = of_peaks(np.full(500, 9.0), busy=1.0, prior=PRIOR)
    assert none.location == 0.0
    assert 0.0 < one.location < 2.0
    assert many.location > 8.0
    assert none.scale > 1.5


def test_calibration_and_back() -> None:
    rate = AlarmRate(location=1.0, scale=0.5, busy=0.5)
    assert rate.calibrated(rate.score_at(2.0)) == pytest.approx(0.5, abs=1e-4)
    scores = np.linspace(-50, 50, 200)
    calibrated = rate.calibrated(scores)
    assert (np.diff(calibrated) >= 0).all()
    assert ((calibrated >= 0) & (calibrated <= 1)).all()
    middle = rate.calibrated(3.0)
    assert rate_at_calibrated(middle) == pytest.approx(rate.per_hour(3.0), rel=1e-3)


def test_the_highest_of_each_block() -> None:
    starts = np.array([0.0, 1.0, BLOCK, BLOCK + 1, 10 * BLOCK])
    times = np.stack([starts, starts + 1], axis=1)
    assert block_peaks(times, np.array([1.0, 4.0, 2.0, 3.0, 5.0])).tolist() == [4.0, 3.0, 5.0]
    assert len(block_peaks(np.empty((0, 2)), np.empty(0))) == 0


def test_blocks_of_which_a_part_is_left_out_are_left_out() -> None:
    starts = np.arange(0.0, 20 * BLOCK, 1.0)
    times = np.stack([starts + 100, starts + 101], axis=1)  # blocks count from the first row
    but = 100 + np.array([[BLOCK + 1, BLOCK + 2], [4 * BLOCK - 1, 6 * BLOCK], [500.0, 600.0]])
    peaks = block_peaks(times, starts, but=but)
    kept = [n for n in range(20) if n not in (1, 3, 4, 5)]
    assert peaks.tolist() == [(n + 1) * BLOCK - 1 for n in kept]
    assert len(block_peaks(times, starts, but=np.empty((0, 2)))) == 20
    assert len(block_peaks(times, starts, but=np.array([[0.0, 1e9]]))) == 0
