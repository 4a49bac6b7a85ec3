import pytest

torch = pytest.importorskip("torch", reason="the extra “train” is not installed")

from dataclasses import replace  # noqa: E402

from crimeview.training.guidance import Guide  # noqa: E402
from crimeview.training.motion_statistics import STATISTICS  # noqa: E402
from tests.training.made_examples import make_examples  # noqa: E402


def test_only_labeled_clips_guide() -> None:
    examples, frames = make_examples(6)
    examples[5] = replace(examples[5], central=None)
    guide = Guide(examples, frames, torch.device("cpu"))
    told = torch.zeros(3, STATISTICS, requires_grad=True)
    loss = guide.loss(told, [0, 5, 2])
    loss.backward()
    assert told.grad is not None
    assert (told.grad[1] == 0).all()
    assert (told.grad[[0, 2]] != 0).any(dim=1).all()
    assert guide.loss(told[:1], [5]).item() == 0


def test_statistics_are_brought_to_one_scale() -> None:
    examples, frames = make_examples(9)
    guide = Guide(examples, frames, torch.device("cpu"))
    zeros = torch.zeros(9, STATISTICS)
    # Of standardized numbers the smooth L1 distance to their mean is about a third.
    assert 0.1 < guide.loss(zeros, range(9)).item() < 0.6
