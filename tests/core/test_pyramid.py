import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from crimeview.core.pyramid import FACTOR, build_pyramid


def frames(count: int) -> np.ndarray:
    edges = np.arange(count + 1) / 25
    return np.column_stack([edges[:-1], edges[1:]])


def test_a_short_track_needs_no_pyramid() -> None:
    assert build_pyramid(frames(512), np.zeros(512)) == []


@given(st.integers(513, 40_000), st.integers(0, 2**32 - 1))
def test_every_level_keeps_the_extremes_and_the_whole_span(count: int, seed: int) -> None:
    values = np.random.default_rng(seed).random(count).astype(np.float32)
    times = frames(count)
    levels = build_pyramid(times, values)
    assert len(levels[-1].starts) <= 512
    for depth, level in enumerate(levels, start=1):
        assert level.rows == FACTOR**depth
        assert len(level.starts) == -(-count // level.rows)
        assert level.highs.max() == values.max()
        assert level.lows.min() == values.min()
        assert (level.starts[0], level.ends[-1]) == (times[0, 0], times[-1, 1])
        third = values[2 * level.rows : 3 * level.rows]
        if len(third):
            assert (level.lows[2], level.highs[2]) == (third.min(), third.max())
