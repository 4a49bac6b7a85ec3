import numpy as np
from av.video.frame import VideoFrame

from crimeview.core.clip import ClipSpec
from crimeview.video.picture import ClipScaler


def test_colors_that_cannot_be_are_not_believed() -> None:
    spec = ClipSpec(frames=8, rate=None, step=8, resize=(32, 48), crop=(32, 48), color="gray")
    pixels = np.random.default_rng(0).integers(0, 256, (64, 96, 3), dtype=np.uint8)
    picture = VideoFrame.from_ndarray(pixels, format="rgb24").reformat(format="yuv420p")
    expected = ClipScaler(spec).scale(picture)
    picture.colorspace, picture.color_trc, picture.color_primaries = 65, 243, 31
    np.testing.assert_allclose(ClipScaler(spec).scale(picture), expected, atol=8)
