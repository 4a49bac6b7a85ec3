import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra “train” is not installed")

from crimeview.training.guidance import Guide  # noqa: E402


def _statistics() -> np.ndarray:
    rows = np.random.default_rng(0).normal(5, 2, (9, 4))
    rows[5] = np.nan
    return rows


def test_only_labeled_clips_guide() -> None:
    guide = Guide(_statistics(), torch.device("cpu"))
    told = torch.zeros(3, 4, requires_grad=True)
    guide.loss(told, [0, 5, 2]).backward()
    assert told.grad is not None
    assert (told.grad[1] == 0).all()
    assert (told.grad[[0, 2]] != 0).any(dim=1).all()
    assert guide.loss(told[:1], [5]).item() == 0


def test_statistics_are_brought_to_one_scale() -> None:
    guide = Guide(_statistics() * [1, 10, 100, 1000], torch.device("cpu"))
    # Of standardized numbers the smooth L1 distance to their mean is about a third.
    assert 0.2 < guide.loss(torch.zeros(9, 4), range(9)).item() < 0.6
