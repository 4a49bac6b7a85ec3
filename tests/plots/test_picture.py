from pathlib import Path

import cv2
import numpy as np

from crimeview.plots.picture import save_png


def test_a_png_has_the_very_pixels(tmp_path: Path) -> None:
    picture = np.random.default_rng(0).integers(0, 255, (7, 11, 3), np.uint8)
    file = save_png(picture, tmp_path / "a.png")
    read = cv2.imread(str(file))
    assert read is not None
    np.testing.assert_array_equal(read[:, :, ::-1], picture)
