import numpy as np
from numpy.typing import NDArray

from crimeview.scene.motion_regions import MotionRegions


def street(at: float | None) -> NDArray[np.uint8]:
    """Noise of 480 lines with a dark figure of 60 by 180 pixels, `at` from the left."""
    random = np.random.default_rng(1)
    picture = random.normal(140, 3, (480, 640, 3)).clip(0, 255).astype(np.uint8)
    if at is not None:
        picture[200:380, round(at) : round(at) + 60] = 30
    return picture


def test_what_moves_is_found_where_it_is_and_nothing_else() -> None:
    finder = MotionRegions()
    for _ in range(10):
        boxes, scores = finder.regions(street(None))
        assert len(boxes) == len(scores) == 0
    for at in (100, 160, 220, 280):
        boxes, scores = finder.regions(street(at))
        assert len(boxes) >= 1
        centers = (boxes[:, 0] + boxes[:, 2]) / 2
        nearest = boxes[np.abs(centers - (at + 30)).argmin()]
        assert np.abs(nearest - np.array([at, 200, at + 60, 380])).max() < 20


def test_there_is_nothing_before_there_is_a_background() -> None:
    boxes, _ = MotionRegions().regions(street(100))
    assert len(boxes) == 0
