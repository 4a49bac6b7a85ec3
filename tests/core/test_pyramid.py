from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from crimeview.core.pyramid import FACTOR, Level, Pyramid

_CHUNK = 1000


def frames(count: int) -> np.ndarray:
    edges = np.arange(count + 1) / 25
    return np.column_stack([edges[:-1], edges[1:]])


def built(values: np.ndarray, cuts: list[int]) -> list[list[tuple[int, Level]]]:
    """The chunks of each level of a track that comes cut at those rows: (first entry, entries)."""
    levels: list[list[tuple[int, Level]]] = []

    def store(number: int, first: int, entries: Level) -> None:
        while len(levels) <= number:
            levels.append([])
        levels[number].append((first, entries))

    pyramid = Pyramid(store, _CHUNK)
    times = frames(len(values))
    edges = [0, *sorted(cuts), len(values)]
    for start, end in pairwise(edges):
        pyramid.add(Level.of(times[start:end], values[start:end]))
    assert pyramid.finish() == max(1, len(levels))
    return levels


def whole(chunks: list[tuple[int, Level]]) -> Level:
    columns = zip(*(arrays(entries) for _, entries in chunks), strict=True)
    return Level(chunks[0][1].rows, *map(np.concatenate, columns))


def arrays(level: Level) -> tuple[np.ndarray, ...]:
    return level.starts, level.ends, level.lows, level.highs


def test_a_short_track_is_its_own_only_level() -> None:
    (level,) = built(np.arange(512.0), [])
    assert np.array_equal(whole(level).lows, np.arange(512.0))
    assert len(built(np.zeros(513), [])) == 2


def test_nothing_has_no_level() -> None:
    assert built(np.zeros(0), []) == []


@given(st.integers(513, 40_000), st.integers(0, 2**32 - 1))
def test_every_level_keeps_the_extremes_and_the_whole_span(count: int, seed: int) -> None:
    values = np.random.default_rng(seed).random(count).astype(np.float32)
    times = frames(count)
    levels = [whole(chunks) for chunks in built(values, [])]
    assert len(levels[-1]) <= 512 < len(levels[-2])
    for depth, level in enumerate(levels):
        assert level.rows == FACTOR**depth
        assert len(level) == -(-count // level.rows)
        assert level.highs.max() == values.max()
        assert level.lows.min() == values.min()
        assert (level.starts[0], level.ends[-1]) == (times[0, 0], times[-1, 1])
        third = values[2 * level.rows : 3 * level.rows]
        if len(third):
            assert (level.lows[2], level.highs[2]) == (third.min(), third.max())


@given(st.lists(st.integers(0, 9_000), max_size=30), st.integers(0, 2**32 - 1))
def test_it_does_not_matter_how_a_track_is_cut(cuts: list[int], seed: int) -> None:
    values = np.random.default_rng(seed).random(9_000).astype(np.float32)
    for ours, alone in zip(built(values, cuts), built(values, []), strict=True):
        assert [first for first, _ in ours] == [first for first, _ in alone]
        for (_, mine), (_, theirs) in zip(ours, alone, strict=True):
            assert len(mine) <= _CHUNK
            assert all(map(np.array_equal, arrays(mine), arrays(theirs)))
