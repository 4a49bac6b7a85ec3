import cv2
import numpy as np
import pytest

from crimeview.nets.warp import Rect, sampled


@pytest.mark.parametrize(
    "rect", [Rect(64, 36, 60, 60), Rect(60, 40, 50, 50, 0.7), Rect(10, 10, 90, 60)]
)
def test_a_part_is_what_opencvs_linear_remapping_gives(rect: Rect) -> None:
    random = np.random.default_rng(0)
    picture = cv2.GaussianBlur(random.integers(0, 255, (72, 128, 3), np.uint8), (0, 0), 2)
    rows, columns = np.meshgrid(
        (np.arange(40) + 0.5) / 40, (np.arange(48) + 0.5) / 48, indexing="ij"
    )
    points = rect.to_picture(np.stack([columns, rows], -1).astype(np.float32)) - 0.5
    wanted = cv2.remap(picture, points[..., 0].copy(), points[..., 1].copy(), cv2.INTER_LINEAR)
    found = sampled(picture, rect, height=40, width=48, border=114)
    inside = (points >= 0).all(-1) & (points <= np.array([127, 71])).all(-1)
    assert np.abs(found - wanted)[inside].max() < 1
    outside = (points < -0.5).any(-1)
    assert (found[outside] == 114).all()


def test_places_of_a_turned_part_come_back_to_the_picture() -> None:
    rect = Rect(50, 40, 20, 10, np.pi / 2)  # a quarter turn clockwise
    corner = rect.to_picture(np.array([1.0, 0.5], np.float32))
    assert np.allclose(corner, [50, 50], atol=1e-4)
