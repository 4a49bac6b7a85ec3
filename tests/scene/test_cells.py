import numpy as np

from crimeview.scene.cells import CellGrid, HeldMoments, packed, repeated_row, unpacked

GRID = CellGrid(rows=5, columns=7)


def test_held_moments_come_back_bit_for_bit() -> None:
    random = np.random.default_rng(0)
    rows = []
    for number in range(12):
        planes = random.normal(0, 30, (4, *GRID.shape)).astype(np.float32)
        planes[[0, 3]] = np.abs(planes[[0, 3]])
        planes[:, random.random(GRID.shape) < 0.5] = 0.0
        planes *= number % 4 > 0
        light = random.uniform(0, 255, GRID.shape).astype(np.float32)
        rows.append(packed(GRID, planes, light if number % 3 == 0 else None))
    rows[6] = repeated_row(GRID)
    times = np.arange(12)[:, None] * 0.08 + np.array([0.0, 0.16])
    moments = unpacked(GRID, times, np.stack(rows))
    held = HeldMoments.of(moments)
    again = held.moments()
    for name in ("times", "share", "across", "down", "energy", "light", "lit"):
        assert np.array_equal(getattr(again, name), getattr(moments, name)), name
    assert len(held) == 12
    assert held.moving.tolist() == moments.share.any(axis=(1, 2)).tolist()
    assert held.moving.any()
    assert not held.moving.all()
