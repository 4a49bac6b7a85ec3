import numpy as np
import pytest

from crimeview.core.quiet import alarm_rate, quiet_part
from crimeview.core.segment import Segment, SegmentRule, find_segments
from crimeview.core.spans import covered
from crimeview.core.track import Track, TrackKind


def _track(values: np.ndarray, *, step: float = 1.0) -> Track:
    starts = np.arange(len(values)) * step
    return Track(TrackKind.FRAME_SCORES, np.column_stack([starts, starts + step]), values)


def _segment(at: float) -> Segment:
    return Segment(start=at, end=at + 1, peak=0.9, peak_time=at + 0.5, mean=0.9)


def test_what_happens_is_not_quiet() -> None:
    values = np.full(7200, 0.1)
    values[1000:1030] = 0.95
    quiet = quiet_part(_track(values))
    assert covered(quiet) == pytest.approx(0.9 * 7200)
    assert not ((quiet[:, 0] <= 1010) & (quiet[:, 1] > 1010)).any()


def test_known_events_are_left_out_too() -> None:
    busy = np.array([[0.0, 3600.0]])
    quiet = quiet_part(_track(np.full(7200, 0.1)), busy=busy)
    assert (quiet[:, 0] >= 3600.0).all()
    assert 0 < covered(quiet) <= 3600.0


def test_a_short_recording_tells_nothing() -> None:
    quiet = quiet_part(_track(np.full(90, 0.1)))
    assert len(quiet) == 0
    assert alarm_rate([], quiet) is None


def test_alarms_are_counted_in_the_quiet_and_no_alarm_is_not_never() -> None:
    quiet = np.array([[0.0, 1800.0], [3600.0, 5400.0]])
    rate = alarm_rate([_segment(10.0), _segment(2000.0), _segment(4000.0)], quiet)
    assert rate is not None
    assert (rate.alarms, rate.hours) == (2, 1.0)
    assert rate.low < rate.per_hour < rate.high
    assert (rate.low, rate.high) == pytest.approx((0.355, 6.296), abs=0.05)  # Garwood's for 2
    none = alarm_rate([], quiet)
    assert none is not None
    assert (none.per_hour, none.low) == (0.0, 0.0)
    assert none.high == pytest.approx(2.996, abs=0.05)  # and for 0


def test_a_lower_threshold_alarms_more_often_in_the_quiet() -> None:
    random = np.random.default_rng(3)
    track = _track(random.beta(1.5, 8.0, 36_000).astype(np.float32))
    quiet = quiet_part(track)
    rates = [
        alarm_rate(find_segments(track, SegmentRule(threshold=t, min_length=0.0)), quiet)
        for t in (0.3, 0.45, 0.6, 0.9)
    ]
    found = [rate.per_hour for rate in rates if rate is not None]
    assert found == sorted(found, reverse=True)
    assert found[0] > 50
    assert found[-1] == 0.0
