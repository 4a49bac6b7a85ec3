import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra “train” is not installed")

from crimeview.training.fronts import Motion  # noqa: E402
from crimeview.training.networks import motion_c3d, paper_c3d  # noqa: E402


def test_the_papers_network_has_the_papers_layers() -> None:
    with torch.device("meta"):
        network = paper_c3d()
    convolutions = [m for m in network.modules() if isinstance(m, torch.nn.Conv3d)]
    assert [c.out_channels for c in convolutions] == [64, 128, 256, 256, 512, 512, 512, 512]
    assert {c.kernel_size for c in convolutions} == {(3, 3, 3)}
    assert network(torch.empty(2, 3, 16, 112, 112, device="meta")).shape == (2, 4096)
    # conv1a to conv5b and fc6 of the paper's network, weights and biases.
    assert sum(p.numel() for p in network.parameters()) == 27_655_936 + 8192 * 4096 + 4096


def test_the_small_network_is_small_and_free_in_picture_size() -> None:
    network = motion_c3d().eval()
    assert sum(p.numel() for p in network.parameters()) < 500_000
    with torch.inference_mode():
        for size in (56, 64, 96):
            assert network(torch.rand(2, 1, 17, size, size)).shape == (2, 128)


def test_motion_is_background_and_difference_over_contrast() -> None:
    clip = np.random.default_rng(0).random((1, 1, 17, 6, 8), np.float32)
    found = Motion()(torch.from_numpy(clip)).numpy()
    gray = clip[0, 0]
    contrast = gray.std() + 0.05
    foreground = 2 * (gray[:16] - np.median(gray, axis=0)) / contrast
    difference = 2 * (gray[1:] - gray[:16]) / contrast
    np.testing.assert_allclose(found[0, 0], np.clip(foreground, -4, 4), atol=1e-5)
    np.testing.assert_allclose(found[0, 1], np.clip(difference, -4, 4), atol=1e-5)
    assert (np.abs(foreground) < 4).mean() > 0.9  # the cut is for extremes only


def test_light_and_a_still_scene_cancel() -> None:
    random = np.random.default_rng(0)
    still = np.repeat(random.random((1, 1, 1, 6, 8), np.float32), 17, axis=2)
    assert Motion()(torch.from_numpy(still)).abs().max() == 0
    moving = random.random((1, 1, 17, 6, 8), np.float32)
    brighter = torch.from_numpy(moving + 0.2)
    torch.testing.assert_close(Motion()(torch.from_numpy(moving)), Motion()(brighter))
