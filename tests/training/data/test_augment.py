from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra “train” is not installed")

from torch import Tensor  # noqa: E402

from crimeview.training.data.augment import (  # noqa: E402
    CLIPS,
    FRAMES,
    Augmentation,
    augment,
)

MOVES: dict[str, Any] = {"crop": 0.6, "aspect": 0.3, "rotation": 25.0, "zoom": 0.3, "flip": 0.5}
LIGHT: dict[str, Any] = {"contrast": 0.4, "brightness": 0.2, "gamma": 0.5}
CHANCES: dict[str, Any] = {"noise": 0.1, "compression": 1.0}
EACH = {**MOVES, **LIGHT, **CHANCES, "flip": 1.0, "size": 20}


def _clips(count: int = 4, channels: int = 1) -> Tensor:
    generator = torch.Generator().manual_seed(0)
    clips: Tensor = torch.rand(count, channels, 5, 24, 32, generator=generator)
    return clips


def _random(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.mark.parametrize("channels", [1, 2, 3])
@pytest.mark.parametrize("rule", [Augmentation(), Augmentation(size=0)])
def test_neutral_settings_are_an_exact_identity(channels: int, rule: Augmentation) -> None:
    clips = _clips(channels=channels)
    assert torch.equal(augment(clips, rule, _random()), clips)


@pytest.mark.parametrize("name", [*EACH, "gray"])
def test_each_setting_changes_something_by_itself(name: str) -> None:
    clips = _clips(channels=3)
    changed = augment(clips, Augmentation(**{name: {**EACH, "gray": 1.0}[name]}), _random())
    assert changed.shape != clips.shape or not torch.equal(changed, clips)
    assert changed.isfinite().all()


@pytest.mark.parametrize("rule", [CLIPS, FRAMES, Augmentation(**EACH)])
@pytest.mark.parametrize("channels", [1, 3])
def test_range_holds_and_random_numbers_decide(rule: Augmentation, channels: int) -> None:
    clips = _clips(6, channels)
    one, two, other = (augment(clips, rule, _random(n)) for n in (1, 1, 2))
    assert one.shape == (6, channels, 5, *((20, 20) if rule.size else (24, 32)))
    assert 0 <= one.min() <= one.max() <= 1
    assert torch.equal(one, two)
    assert not torch.equal(one, other)
    assert not torch.equal(one[0], one[1])


def test_all_frames_and_channels_of_a_clip_move_together() -> None:
    picture = _clips()[:, :, :1]
    shares = torch.linspace(0.2, 1, 10).reshape(1, 2, 5, 1, 1)
    moved = augment(picture * shares, Augmentation(**MOVES, size=28), _random())
    expected = moved[:, 1:, 4:] * shares
    assert (moved - expected).abs().max() < 1e-6
    assert (moved[0, 0, 0] - moved[1, 0, 0]).abs().max() > 0.05


def test_a_clip_gets_the_same_light_throughout() -> None:
    still = _clips()[:, :, :1].expand(4, 1, 5, 24, 32)
    changed = augment(still, Augmentation(**LIGHT, **MOVES, compression=1.0), _random())
    assert (changed - changed[:, :, :1]).abs().max() < 1e-6


def test_noise_is_new_in_each_frame() -> None:
    still = torch.full((1, 1, 5, 24, 32), 0.5)
    changed = augment(still, Augmentation(noise=0.1), _random())
    assert (changed[:, :, 1] - changed[:, :, 0]).abs().mean() > 0.005


def test_a_flip_is_exact_and_by_chance() -> None:
    clips = _clips(16)
    changed = augment(clips, Augmentation(flip=0.5), _random())
    flipped = [torch.equal(c, o.flip(-1)) for c, o in zip(changed, clips, strict=True)]
    kept = [torch.equal(c, o) for c, o in zip(changed, clips, strict=True)]
    assert all(f != k for f, k in zip(flipped, kept, strict=True))
    assert 0 < sum(flipped) < 16


def test_a_turn_does_not_bend_pictures_that_are_not_square() -> None:
    y, x = torch.meshgrid(torch.arange(40) - 19.5, torch.arange(80) - 39.5, indexing="ij")
    disc = ((x**2 + y**2).sqrt() < 12).float()[None, None, None]
    turned = augment(disc.expand(8, 1, 1, 40, 80), Augmentation(rotation=12.0), _random())
    assert (turned - disc).abs().mean() < 0.02
    bar = ((x.abs() < 15) & (y.abs() < 2)).float()[None, None, None]
    turned = augment(bar.expand(8, 1, 1, 40, 80), Augmentation(rotation=12.0), _random())
    torch.testing.assert_close(turned.sum(dim=(1, 2, 3, 4)), bar.sum().expand(8), rtol=0.05, atol=0)
    assert (turned - bar).abs().mean() > 0.003


def test_a_crop_shows_a_part_that_lies_within() -> None:
    ramp = torch.linspace(0, 1, 64).expand(1, 1, 1, 64, 64)
    for seed in range(20):
        (row,) = augment(ramp, Augmentation(crop=0.5), _random(seed))[0, 0, 0, :1]
        assert 0.49 < (row[-1] - row[0]) / (ramp[..., -1] - ramp[..., 0]).max() <= 1
        assert (row.diff() > -1e-6).all()


def test_gray_is_the_same_in_all_channels() -> None:
    gray = augment(_clips(channels=3), Augmentation(gray=1.0), _random())
    assert torch.allclose(gray[:, 0], gray[:, 2])


@pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no CUDA device")
def test_clips_on_an_accelerator_stay_there() -> None:
    clips = _clips(channels=3)
    rule = Augmentation(**{**EACH, "noise": 0.0})
    here, there = (augment(c, rule, _random()) for c in (clips, clips.cuda()))
    assert there.is_cuda
    assert (here - there.cpu()).abs().mean() < 1e-3
