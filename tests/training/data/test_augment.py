import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra “train” is not installed")

from crimeview.training.data.augment import Augmentation, augment  # noqa: E402

RULE = Augmentation(size=24)


def test_shape_and_range_hold_and_random_numbers_decide() -> None:
    clips = torch.rand(5, 1, 7, 32, 40)
    one, two, other = (augment(clips, RULE, np.random.default_rng(n)) for n in (1, 1, 2))
    assert one.shape == (5, 1, 7, 24, 24)
    assert 0 <= one.min() <= one.max() <= 1
    assert torch.equal(one, two)
    assert not torch.equal(one, other)


def test_what_stands_still_stays_still() -> None:
    still = torch.rand(3, 1, 1, 32, 32).expand(3, 1, 7, 32, 32)
    changed = augment(still, RULE, np.random.default_rng(0))
    assert (changed - changed[:, :, :1]).abs().max() < 1e-6


def test_without_any_change_the_clip_is_as_it_was_but_for_a_flip() -> None:
    rule = Augmentation(size=32, crop=1.0, aspect=0.0, contrast=0.0, brightness=0.0)
    clips = torch.rand(8, 1, 3, 32, 32)
    changed = augment(clips, rule, np.random.default_rng(0))
    flipped = [
        torch.allclose(c, o.flip(-1), atol=1e-5) for c, o in zip(changed, clips, strict=True)
    ]
    kept = [torch.allclose(c, o, atol=1e-5) for c, o in zip(changed, clips, strict=True)]
    assert all(f != k for f, k in zip(flipped, kept, strict=True))
    assert 0 < sum(flipped) < 8
