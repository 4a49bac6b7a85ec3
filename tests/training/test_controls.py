import numpy as np
import pytest

pytest.importorskip("torch", reason="the extra “train” is not installed")

from crimeview.training.controls import cross_validated, difference_percentile, transferred
from crimeview.training.data.framecache import Frames
from crimeview.training.motion_statistics import motion_statistics


def _frames(pictures: np.ndarray) -> Frames:
    starts = np.arange(len(pictures)) / 25
    return Frames(pictures, np.column_stack([starts, starts + 0.04]))


def test_the_difference_percentile_sees_only_its_span() -> None:
    pictures = np.zeros((50, 4, 4, 1), np.uint8)
    pictures[40::2] = 200
    frames = _frames(pictures)
    assert difference_percentile(frames, (0.0, 1.5)) == 0
    assert difference_percentile(frames, (1.6, 2.0)) == 200


def test_a_control_never_scores_what_it_was_fitted_on() -> None:
    random = np.random.default_rng(0)
    positive = random.random(200) < 0.5
    folds = [n % 5 for n in range(200)]
    told = cross_validated(positive[:, None] + random.normal(0, 0.1, (200, 1)), positive, folds)
    assert ((told > 0.5) == positive).mean() > 0.95
    # A number that names the row tells nothing of other rows.
    memorized = cross_validated(np.eye(200)[:, :50], positive, folds)
    assert abs(np.corrcoef(memorized, positive)[0, 1]) < 0.3


def test_noise_does_not_drown_one_good_number() -> None:
    random = np.random.default_rng(1)
    positive = random.random(160) < 0.5
    features = random.normal(0, 1, (160, 80))
    features[:, 7] += 2 * positive
    half = np.arange(160) < 100
    folds = (np.arange(100) % 4).tolist()
    told = transferred(features[half], positive[half], folds, features[~half])
    assert ((told > 0.5) == positive[~half]).mean() > 0.65


def test_motion_statistics_see_motion_and_nothing_else() -> None:
    random = np.random.default_rng(0)
    still = np.repeat(random.integers(0, 255, (1, 32, 32, 1), np.uint8), 75, axis=0)
    moving = still.copy()
    for number in range(75):
        moving[number, 8:16, number % 24 : number % 24 + 8] = 255
    outside = still.copy()
    outside[:8] = random.integers(0, 255, (8, 32, 32, 1), np.uint8)  # before the middle 2 s
    one, two, same = (motion_statistics(_frames(p), 1.5) for p in (still, moving, outside))
    assert one.shape == two.shape == (189,)
    assert np.isfinite([one, two]).all()
    np.testing.assert_array_equal(one, same)
    assert one[:12].max() == 0 < two[:12].max()
