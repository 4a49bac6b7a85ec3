"""Pillow's JPEG is the judge."""

from io import BytesIO

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

torch = pytest.importorskip("torch", reason="the extra “train” is not installed")

from torch import Tensor  # noqa: E402

from crimeview.training.data.compression import compress  # noqa: E402


def _picture(height: int, width: int) -> NDArray[np.uint8]:
    coarse = np.random.default_rng(0).integers(0, 255, (5, 7), np.uint8)
    return np.array(Image.fromarray(coarse).resize((width, height)), np.uint8)


def _clips(picture: NDArray[np.uint8]) -> Tensor:
    clips: Tensor = torch.from_numpy(picture)[None, None, None].float() / 255
    return clips


@pytest.mark.parametrize("quality", [5, 30, 50, 80, 100])
@pytest.mark.parametrize("size", [(48, 64), (43, 61)])
def test_gray_pictures_are_as_after_a_real_jpeg(quality: int, size: tuple[int, int]) -> None:
    picture = _picture(*size)
    file = BytesIO()
    Image.fromarray(picture).save(file, "JPEG", quality=quality)
    with Image.open(file) as read:
        real = np.asarray(read, np.float32)
    made = compress(_clips(picture), np.array([quality]))[0, 0, 0] * 255
    assert np.abs(made.numpy() - real).mean() < 0.6  # rounding, and what lies beyond the edges


def test_colors_suffer_more_than_light() -> None:
    clips = torch.rand(1, 3, 2, 32, 32, generator=torch.Generator().manual_seed(0))
    error = (compress(clips, np.array([20])) - clips).mean(dim=1, keepdim=True)
    gray = clips[:, :1].expand(-1, 3, -1, -1, -1)
    made = compress(gray, np.array([20]))
    assert (made[:, :1] - made).abs().max() < 1e-5  # gray stays gray
    assert error.abs().mean() > 0.01


def test_each_clip_has_its_own_quality_and_none_stays() -> None:
    clips = torch.rand(3, 1, 2, 16, 16, generator=torch.Generator().manual_seed(0))
    made = compress(clips, np.array([10, 0, 90]))
    errors = (made - clips).abs().mean(dim=(1, 2, 3, 4))
    assert errors[1] == 0
    assert errors[0] > 3 * errors[2] > 0
    assert compress(clips, np.zeros(3, int)) is clips
