from datetime import UTC, datetime

import numpy as np
import pytest

from crimeview.rendering.lettering import Caption

BEGAN = datetime(2024, 5, 17, 23, 59, 58, tzinfo=UTC)


def burnt(seconds: float, *, right: bool = False) -> np.ndarray:
    frame = np.full((120, 320, 3), 100, np.uint8)
    Caption(camera="CAM 03", began=BEGAN, right=right, scale=1).burn_in(frame, seconds=seconds)
    return frame


def test_the_clock_changes_once_a_second() -> None:
    frames = [burnt(i / 5) for i in range(20)]
    changes = [i for i in range(1, 20) if (frames[i] != frames[i - 1]).any()]
    assert changes == [5, 10, 15]


@pytest.mark.parametrize("right", [False, True])
def test_the_clock_is_above_and_the_name_below(right: bool) -> None:
    inked = (burnt(0.0, right=right) != 100).any(axis=2)
    rows, columns = np.nonzero(inked[:60])
    assert rows.max() < 20
    assert (columns.min() > 160) if right else (columns.max() < 160)
    assert inked[60:, :160].any()
    assert not inked[60:, 160:].any()


def test_a_frame_too_small_is_left_alone() -> None:
    frame = np.full((10, 30, 3), 100, np.uint8)
    Caption(camera="CAM 03", began=BEGAN).burn_in(frame, seconds=0.0)
    assert (frame == 100).all()
