from pathlib import Path

import numpy as np
from PIL import Image

from crimeview.plots.picture import save_png


def test_a_png_has_the_very_pixels(tmp_path: Path) -> None:
    picture = np.random.default_rng(0).integers(0, 255, (7, 11, 3), np.uint8)
    file = save_png(picture, tmp_path / "a.png")
    with Image.open(file) as read:
        np.testing.assert_array_equal(np.asarray(read.convert("RGB")), picture)
