import math

import numpy as np
import pytest
from numpy.typing import NDArray

from crimeview.rendering import canvas as canvas_module
from crimeview.rendering.canvas import Canvas, Limbs


def blank(height: int = 60, width: int = 80) -> Canvas:
    return Canvas(np.zeros((3, height, width), np.float32))


def limbs(*rows: tuple[float, float, float, float, float, float]) -> Limbs:
    table = np.array(rows)
    return Limbs(table[:, 0:2], table[:, 2:4], table[:, 4:6])


WHITE = np.full((1, 3), 255.0, np.float32)


def covered(canvas: Canvas) -> float:
    return float(canvas.planes[0].sum() / 255.0)


def test_a_capsule_covers_its_area() -> None:
    canvas = blank()
    canvas.limbs(limbs((20, 30, 50, 35, 6, 6)), WHITE, round_by=0.0)
    area = 12 * math.hypot(30, 5) + math.pi * 36
    assert covered(canvas) == pytest.approx(area, rel=0.02)


def test_a_thin_capsule_is_faint_not_gone() -> None:
    canvas = blank()
    canvas.limbs(limbs((10, 30, 70, 30, 0.1, 0.1)), WHITE, round_by=0.0)
    assert covered(canvas) == pytest.approx(60 * 0.2, rel=0.15)


def test_the_last_limb_lies_on_top() -> None:
    canvas = blank()
    colors = np.array([[255, 0, 0], [0, 255, 0]], np.float32)
    canvas.limbs(limbs((20, 30, 60, 30, 8, 8), (40, 10, 40, 50, 4, 4)), colors, round_by=0.0)
    assert canvas.planes[:, 30, 40] == pytest.approx([0, 255, 0])
    assert canvas.planes[:, 30, 25] == pytest.approx([255, 0, 0])


def painted(seed: int) -> NDArray[np.floating]:
    rng = np.random.default_rng(seed)
    canvas = Canvas(np.full((3, 60, 80), 90.0, np.float32))
    table = rng.uniform(-5, 70, (9, 6))
    table[:, 4:] = rng.uniform(0.2, 7, (9, 2))
    many = limbs(*(tuple(row) for row in table))
    canvas.limbs(many, rng.uniform(0, 255, (9, 3)).astype(np.float32), round_by=0.3)
    canvas.darken_limbs(many, by=0.4, soft=3.0)
    return canvas.planes


def test_limbs_painted_at_once_look_as_painted_singly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(canvas_module, "_AT_ONCE", 1 << 30)
    at_once = [painted(seed) for seed in range(5)]
    monkeypatch.setattr(canvas_module, "_AT_ONCE", 0)
    for seed, picture in enumerate(at_once):
        assert painted(seed) == pytest.approx(picture, abs=0.05)


@pytest.mark.parametrize("order", [1, -1])
def test_a_polygon_covers_its_area_either_way_round(order: int) -> None:
    canvas = blank()
    corners = [(10.0, 10.0), (60.0, 14.0), (50.0, 45.0), (15.0, 40.0)][::order]
    canvas.polygon(corners, (255, 255, 255))
    x, y = np.array(corners).T
    area = abs(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y)) / 2
    assert covered(canvas) == pytest.approx(area, rel=0.01)


def test_shapes_outside_the_picture_change_nothing() -> None:
    canvas = blank()
    canvas.polygon([(-30, -30), (-10, -30), (-10, -10)], (255, 255, 255))
    canvas.limbs(limbs((200, 30, 220, 30, 5, 5)), WHITE, round_by=0.3)
    canvas.blob((40, -30), (10, 10), (255, 255, 255), alpha=1.0)
    canvas.darken_limbs(limbs((-50, -50, -40, -40, 3, 3)), by=0.5, soft=2.0)
    assert not canvas.planes.any()
