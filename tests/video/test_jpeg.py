import io
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from crimeview.video.container import decoded, open_container, video_stream
from crimeview.video.jpeg import jpeg_of
from tests.video.recordings import read_number, steady, write_recording


def _stored(path: Path) -> av.VideoFrame:
    with open_container(path) as container:
        return next(decoded(container, video_stream(container, path)))


def _read(jpeg: bytes) -> np.ndarray:
    with av.open(io.BytesIO(jpeg)) as container:
        return next(container.decode(video=0)).to_ndarray(format="rgb24")


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("height", [33, 64])
def test_a_jpeg_shows_the_picture_upright(tmp_path: Path, rotation: int, height: int) -> None:
    write_recording(path := tmp_path / "a.mp4", steady(2), numbers=(2730, 1), rotation=rotation)
    shown = _read(jpeg_of(_stored(path), height=height))
    assert shown.shape == (height, round(height * 96 / 64), 3)
    assert read_number(shown) == 2730


def test_oblong_pixels_are_widened(tmp_path: Path) -> None:
    write_recording(path := tmp_path / "a.mp4", steady(1), pixel_format="yuv420p10le")
    jpeg = jpeg_of(_stored(path), height=64, pixel_aspect=Fraction(4, 3))
    assert _read(jpeg).shape == (64, 128, 3)


def test_a_jpeg_is_small_and_near_the_picture() -> None:
    ramp = np.linspace(0, 255, 640)[None, :, None] * np.linspace(1, 0.5, 360)[:, None, None]
    noise = np.random.default_rng(0).normal(0, 6, (360, 640, 3))
    picture = np.clip(ramp + noise, 0, 255).astype(np.uint8)
    jpeg = jpeg_of(av.VideoFrame.from_ndarray(picture, format="rgb24"), height=90)
    exact = picture.reshape(90, 4, 160, 4, 3).mean(axis=(1, 3))
    assert len(jpeg) < 6000
    assert np.abs(_read(jpeg) - exact).mean() < 3.0
