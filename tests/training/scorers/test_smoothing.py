import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra “train” is not installed")

from crimeview.training.scorers.smoothing import Smoothing  # noqa: E402


@pytest.mark.parametrize("count", [1, 3, 40])
def test_it_is_a_gaussian_average_with_repeated_ends(count: int) -> None:
    values = np.random.default_rng(0).normal(size=count)
    weights = np.exp(-(np.arange(-4, 5) ** 2) / 2)
    padded = np.concatenate([[values[0]] * 4, values, [values[-1]] * 4])
    wanted = np.convolve(padded, weights / weights.sum(), mode="valid")
    found = Smoothing(1.0)(torch.from_numpy(values.astype(np.float32))).numpy()
    np.testing.assert_allclose(found, wanted, atol=1e-5)


def test_a_level_stays() -> None:
    found = Smoothing(2.0)(torch.full((5,), 0.7))
    np.testing.assert_allclose(found.numpy(), 0.7, rtol=1e-6)
