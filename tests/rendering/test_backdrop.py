import numpy as np
from numpy.typing import NDArray

from crimeview.rendering.backdrop import Backdrop
from crimeview.rendering.canvas import Canvas
from crimeview.rendering.item import bounds


class Board:
    """A square of one color at a depth."""

    def __init__(self, left: int, depth: float, color: tuple[float, float, float]) -> None:
        self.depth, self._color = depth, color
        self.box = (float(left), 10.0, float(left + 20), 30.0)

    def cast(self, canvas: Canvas) -> None:
        pass

    def paint(self, canvas: Canvas) -> None:
        x0, y0, x1, y1 = self.box
        canvas.polygon([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], self._color)


def seen(moving: Board) -> NDArray[np.floating]:
    ground = np.full((3, 40, 60), 50.0, np.float32)
    backdrop = Backdrop(ground, [Board(20, 10.0, (200, 0, 0))])
    canvas = Canvas(backdrop.planes.copy())
    backdrop.paint(canvas, [moving])
    return canvas.planes


def test_a_still_thing_hides_what_moves_behind_it() -> None:
    picture = seen(Board(30, 12.0, (0, 200, 0)))
    assert picture[:, 20, 35].tolist() == [200, 0, 0]
    assert picture[:, 20, 45].tolist() == [0, 200, 0]


def test_what_moves_in_front_hides_the_still_thing() -> None:
    assert seen(Board(30, 8.0, (0, 200, 0)))[:, 20, 35].tolist() == [0, 200, 0]


def test_what_reaches_behind_the_lens_has_no_bounds() -> None:
    pixels = np.array([[10.0, 20.0], [30.0, 25.0]])
    assert bounds(pixels, np.array([3.0, 2.0]), pad=2.0) == (8.0, 18.0, 32.0, 27.0)
    nothing = bounds(pixels, np.array([3.0, -1.0]), pad=2.0)
    assert Canvas(np.zeros((3, 40, 60), np.float32)).box(*nothing) is None
