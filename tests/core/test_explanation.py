import numpy as np
import pytest

from crimeview.core.explanation import Window, held_still, spread, still_picture, windows


def test_windows_cover_every_cell() -> None:
    covered = np.zeros((4, 5), int)
    for window in windows((4, 5), size=2):
        covered[window.top : window.bottom, window.left : window.right] += 1
    assert covered.min() == 1
    assert covered.max() == 4
    assert len(list(windows((4, 5), size=2))) == 12


def test_only_the_window_is_held_still() -> None:
    frames = np.random.default_rng(0).integers(0, 255, (7, 20, 30, 1), dtype=np.uint8)
    still = still_picture(frames)
    assert (still == np.median(frames, axis=0)).all()
    result = held_still(frames, still, Window(top=1, bottom=3, left=0, right=2), (5, 6))
    part = result[:, 4:12, 0:10]
    assert (part == part[0]).all()
    assert (part[0] == still[4:12, 0:10]).all()
    outside = np.ones(frames.shape, bool)
    outside[:, 4:12, 0:10] = False
    assert (result[outside] == frames[outside]).all()


def test_what_falls_is_spread_over_the_cells_of_its_window() -> None:
    falls = {(w.top, w.left): float(w.top == 1 and w.left == 2) for w in windows((4, 5), size=2)}
    cells = spread(falls, (4, 5), size=2)
    assert cells[0, 0] == 0
    assert cells[1:3, 2:4] == pytest.approx(0.25)
    assert cells.sum() == pytest.approx(1.0)
