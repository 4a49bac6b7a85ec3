"""The newest rows of something that never ends."""

import numpy as np

from crimeview.core.running_rows import RunningRows


def test_the_newest_rows_are_held_in_order_however_many_come() -> None:
    rows = RunningRows(2, most=5)
    for number in range(1000):
        rows.add(np.array([number, -number]))
        first = max(0, number - 4)
        assert rows.rows[:, 0].tolist() == list(range(first, number + 1))
        assert len(rows) == min(5, number + 1)
    assert rows.rows.flags.c_contiguous
