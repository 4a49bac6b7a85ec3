import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra “train” is not installed")

from crimeview.training.data.mixup import mix_up  # noqa: E402


def test_targets_are_mixed_as_much_as_clips() -> None:
    targets = torch.eye(8)
    clips = targets.reshape(8, 1, 1, 2, 4).expand(8, 1, 3, 2, 4)  # a clip that shows its target
    mixed, soft = mix_up(clips, targets, alpha=0.4, random=np.random.default_rng(0))
    torch.testing.assert_close(mixed[:, 0, 1].reshape(8, 8), soft)
    torch.testing.assert_close(soft.sum(dim=1), torch.ones(8))
    assert ((soft > 0.01) & (soft < 0.99)).any()


def test_without_mixing_all_stays() -> None:
    clips, targets = torch.rand(2, 1, 1, 2, 2), torch.eye(2)
    mixed, soft = mix_up(clips, targets, alpha=0.0, random=np.random.default_rng(0))
    assert mixed is clips
    assert soft is targets
