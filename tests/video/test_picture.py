import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from crimeview.core.clip import ClipSpec
from crimeview.video.picture import ClipScaler, DisplayScaler

_HEIGHT, _WIDTH, _ACROSS = 64, 96, 4  # a small picture, and what becomes one pixel of it


def _fine() -> NDArray[np.uint8]:
    """(256, 384) gray: a checkerboard of single pixels over a slope, with noise."""
    rows, columns = np.indices((_HEIGHT * _ACROSS, _WIDTH * _ACROSS))
    slope = 60 + 100 * columns / columns.max()
    noise = np.random.default_rng(0).integers(-20, 21, rows.shape)
    return np.round(slope + np.where((rows + columns) % 2, 40, -40) + noise).astype(np.uint8)


def _block_means(pixels: NDArray[np.uint8]) -> NDArray[np.float64]:
    return pixels.reshape(_HEIGHT, _ACROSS, _WIDTH, _ACROSS).mean(axis=(1, 3))


def test_a_clips_pixel_is_the_mean_of_what_it_covers() -> None:
    size = (_HEIGHT, _WIDTH)
    spec = ClipSpec(frames=8, rate=None, step=8, resize=size, crop=size, color="gray")
    pixels = _fine()
    scaled = ClipScaler(spec).scale(VideoFrame.from_ndarray(pixels, format="gray"))[..., 0]
    np.testing.assert_allclose(scaled, _block_means(pixels), atol=1.5)


def test_a_pixel_on_the_screen_is_the_mean_of_what_it_covers() -> None:
    pixels = _fine()
    scaler = DisplayScaler(height=_HEIGHT, width=_WIDTH, to="gray")
    scaled = scaler.scale(VideoFrame.from_ndarray(pixels, format="gray"))
    np.testing.assert_allclose(scaled, _block_means(pixels), atol=1.5)


def test_colors_that_cannot_be_are_not_believed() -> None:
    spec = ClipSpec(frames=8, rate=None, step=8, resize=(32, 48), crop=(32, 48), color="gray")
    pixels = np.random.default_rng(0).integers(0, 256, (64, 96, 3), dtype=np.uint8)
    picture = VideoFrame.from_ndarray(pixels, format="rgb24").reformat(format="yuv420p")
    expected = ClipScaler(spec).scale(picture)
    picture.colorspace, picture.color_trc, picture.color_primaries = 65, 243, 31
    np.testing.assert_allclose(ClipScaler(spec).scale(picture), expected, atol=8)
