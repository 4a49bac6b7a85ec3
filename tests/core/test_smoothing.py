import numpy as np
import pytest

from crimeview.core.pyramid import envelope, levels_of
from crimeview.core.smoothing import smoothed
from crimeview.core.track import Track, TrackKind


def _track(times: np.ndarray, values: np.ndarray) -> Track:
    return Track(TrackKind.FRAME_SCORES, times, values.astype(np.float32))


def test_it_is_the_mean_of_what_lies_around() -> None:
    starts = np.arange(100) * 0.1
    values = np.random.default_rng(0).random(100)
    result = smoothed(_track(np.column_stack([starts, starts + 0.1]), values), seconds=1.0)
    assert result.values[50] == pytest.approx(values[45:56].mean())
    assert result.values[0] == pytest.approx(values[:6].mean()), "at an end, of what there is"


def test_long_rows_count_for_their_time() -> None:
    times = np.array([[0.0, 1.0], [1.0, 10.0]])
    result = smoothed(_track(times, np.array([1.0, 0.0])), seconds=30.0)
    assert result.values == pytest.approx([0.1, 0.1])


def test_nothing_to_smooth_is_left_alone() -> None:
    track = _track(np.array([[0.0, 1.0]]), np.array([0.3]))
    assert smoothed(track, seconds=0.0) is track
    empty = _track(np.empty((0, 2)), np.empty(0))
    assert smoothed(empty, seconds=3.0) is empty


def test_the_envelope_in_memory_holds_every_peak() -> None:
    values = np.random.default_rng(1).random(50_000).astype(np.float32)
    starts = np.arange(50_000) / 25
    times = np.column_stack([starts, starts + 0.04])
    levels = levels_of(times, values)
    assert [level.rows for level in levels] == [1, 8, 64, 512]
    for start, end in ((0.0, 2000.0), (100.0, 140.0), (7.0, 7.4), (1990.0, 9e9)):
        spans, lows, highs = envelope(levels, start=start, end=end, entries=500)
        assert len(spans) <= 500
        inside = (times[:, 0] >= start) & (times[:, 1] <= end)
        assert highs.max() >= values[inside].max()
        assert lows.min() <= values[inside].min()
        assert spans[0, 0] <= max(start, times[0, 0])
        assert spans[-1, 1] >= min(end, times[-1, 1])
