"""Landmarks by two networks of BlazePose's form that are made by hand."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from crimeview.core.errors import ModelError
from crimeview.nets.pose import Pose
from crimeview.nets.warp import Rect
from tests.nets.made_pose import make_landmarks, make_regions, nothing, put


@pytest.fixture
def pose(tmp_path: Path) -> Iterator[Pose]:
    """Hips in the middle of the square, the top of the body a quarter of it above."""
    found = nothing()
    put(found, row=13, column=13, hips=(112.0, 112.0), top=(112.0, 56.0), logit=3.0)
    with Pose(make_regions(tmp_path, found=found), make_landmarks(tmp_path, presence=0.9)) as pose:
        yield pose


def _frame(*, x: int, y: int) -> NDArray[np.uint8]:
    """A bright square of nine pixels in the dark."""
    frame = np.zeros((360, 640, 3), np.uint8)
    frame[y - 4 : y + 5, x - 4 : x + 5] = 255
    return frame


def test_landmarks_are_in_the_pixels_of_the_frame(pose: Pose) -> None:
    box = np.array([280.0, 100.0, 360.0, 260.0], np.float32)
    found = pose.of_box(_frame(x=340, y=150), box)
    assert found is not None
    assert found.shape == (33, 3)
    assert found[:, 0] == pytest.approx(340.5, abs=0.6)
    assert found[:, 1] == pytest.approx(150.5, abs=0.6)
    assert found[:, 2] == pytest.approx(1 / (1 + np.exp(-2.0)), abs=1e-5)


def test_a_body_that_lies_is_seen_upright_and_told_where_it_is(pose: Pose) -> None:
    (region,) = pose.bodies(_frame(x=320, y=180), around=Rect(320.0, 180.0, 240.0, 240.0))
    found = pose.of_region(_frame(x=350, y=160), replace(region, angle=0.7))
    assert found is not None
    assert found[:, 0] == pytest.approx(350.5, abs=0.7)
    assert found[:, 1] == pytest.approx(160.5, abs=0.7)


def test_hips_outside_of_the_box_are_somebody_elses(tmp_path: Path) -> None:
    found = nothing()
    put(found, row=13, column=26, hips=(220.0, 112.0), top=(220.0, 56.0), logit=3.0)
    frame, box = _frame(x=300, y=170), np.array([280.0, 100.0, 360.0, 260.0], np.float32)
    with Pose(make_regions(tmp_path, found=found), make_landmarks(tmp_path, presence=0.9)) as pose:
        landmarks = pose.of_box(frame, box)
    assert landmarks is not None, "the box says where the body is"
    assert landmarks[:, 0] == pytest.approx(300.5, abs=0.7)


def test_where_the_network_sees_nobody_there_are_no_landmarks(tmp_path: Path) -> None:
    found = nothing()
    with Pose(make_regions(tmp_path, found=found), make_landmarks(tmp_path, presence=0.4)) as pose:
        frame = _frame(x=320, y=180)
        assert pose.of_box(frame, np.array([280.0, 100.0, 360.0, 260.0], np.float32)) is None
        assert pose.of_frame(frame) is None


def test_networks_in_each_others_place_are_refused(tmp_path: Path) -> None:
    regions, landmarks = (
        make_regions(tmp_path, found=nothing()),
        make_landmarks(tmp_path, presence=0.9),
    )
    with pytest.raises(ModelError, match="models fetch pose"):
        Pose(landmarks, regions)
