import numpy as np
import pytest

from crimeview.core.track import TrackKind
from crimeview.store.case import Case
from tests.store.begun import begin, score_track

KIND = TrackKind.FRAME_SCORES


@pytest.mark.parametrize("rows", [0, 1, 512, 513, 4096, 4097, 100_000])
def test_a_track_comes_back_bit_for_bit(case: Case, rows: int) -> None:
    recording_id, run_id = begin(case)
    track = score_track(np.random.default_rng(0).random(rows))
    case.analyses.save_track(run_id, track)
    stored = case.track(recording_id, KIND)
    assert stored is not None
    np.testing.assert_array_equal(stored.values, track.values)
    np.testing.assert_array_equal(stored.times, track.times)


def test_saving_again_replaces(case: Case) -> None:
    recording_id, run_id = begin(case)
    case.analyses.save_track(run_id, score_track(np.zeros(10_000)))
    case.analyses.save_track(run_id, score_track(np.ones(10)))
    stored = case.track(recording_id, KIND)
    assert stored is not None
    assert len(stored.values) == 10
    _, _, highs = case.envelope(recording_id, KIND, start=0, end=1e6, entries=1000)
    assert len(highs) == 10


def test_there_is_no_envelope_without_a_track(case: Case) -> None:
    recording_id, _ = begin(case)
    times, lows, highs = case.envelope(recording_id, KIND, start=0, end=10, entries=100)
    assert times.shape == (0, 2)
    assert len(lows) == len(highs) == 0


@pytest.mark.parametrize(
    ("start", "end"), [(0, 1e9), (0, 5000), (234.5, 2456.7), (700, 701), (-50, 3), (2990, 20000)]
)
@pytest.mark.parametrize("entries", [10, 500, 4000])
def test_an_envelope_holds_every_extreme(
    case: Case, start: float, end: float, entries: int
) -> None:
    recording_id, run_id = begin(case)
    values = np.random.default_rng(1).random(30_000)
    track = score_track(values)
    case.analyses.save_track(run_id, track)
    times, lows, highs = case.envelope(recording_id, KIND, start=start, end=end, entries=entries)
    assert 1 <= len(times) <= entries
    assert np.all(np.diff(times[:, 0]) > 0)
    inside = (track.times[:, 0] >= start) & (track.times[:, 1] <= end)
    assert highs.max() >= track.values[inside].max()
    assert lows.min() <= track.values[inside].min()
    for (first, last), low, high in zip(times, lows, highs, strict=True):
        span = (track.times[:, 0] >= first) & (track.times[:, 1] <= last)
        assert (low, high) == (track.values[span].min(), track.values[span].max())


def test_an_envelope_is_as_fine_as_asked(case: Case) -> None:
    recording_id, run_id = begin(case)
    case.analyses.save_track(run_id, score_track(np.zeros(100_000)))
    for end in (10_000, 1000, 100, 10):
        times, _, _ = case.envelope(recording_id, KIND, start=0, end=end, entries=500)
        assert len(times) >= min(250, end * 10)


def test_nothing_lies_outside_the_track(case: Case) -> None:
    recording_id, run_id = begin(case)
    case.analyses.save_track(run_id, score_track(np.zeros(100)))
    times, _, _ = case.envelope(recording_id, KIND, start=50, end=60, entries=500)
    assert len(times) == 0
