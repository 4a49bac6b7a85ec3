import numpy as np
import pytest

from crimeview.core.job import Job
from crimeview.evaluation.alarms import ScoredRecording, alarms_at
from crimeview.evaluation.frames import FrameReport, report_frames
from crimeview.evaluation.summary import frame_summary

RATE = 10.0


def _recording(
    name: str,
    scores: np.ndarray,
    *events: tuple[int, int],
    group: str | None = None,
) -> ScoredRecording:
    starts = np.arange(len(scores)) / RATE
    return ScoredRecording(
        name=name,
        group=group or name,
        times=np.column_stack([starts, starts + 1 / RATE]),
        scores=np.asarray(scores, np.float32),
        events=events,
    )


def _scores(length: int, *bursts: tuple[int, int, float]) -> np.ndarray:
    scores = np.full(length, 0.05)
    for start, end, height in bursts:
        scores[start:end] = height
    return scores


def _done(job: Job[FrameReport]) -> FrameReport:
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value


def test_alarms_against_events() -> None:
    # An alarm that begins before its event, one within, an event without, and a false alarm.
    recording = _recording(
        "a",
        _scores(1000, (90, 120, 0.9), (330, 350, 0.8), (800, 820, 0.7)),
        (100, 200),
        (300, 400),
        (500, 520),
    )
    alarmed = alarms_at(recording, 0.5)
    assert [(round(s.start, 6), round(s.end, 6)) for s in alarmed.segments] == [
        (9.0, 12.0),
        (33.0, 35.0),
        (80.0, 82.0),
    ]
    assert alarmed.delays == pytest.approx((0.0, 3.0))
    assert alarmed.false == 1
    assert alarms_at(recording, 0.75).false == 0


def test_an_alarm_that_ends_where_an_event_begins_is_false() -> None:
    recording = _recording("a", _scores(1000, (90, 100, 0.9)), (100, 200))
    alarmed = alarms_at(recording, 0.5)
    assert (alarmed.delays, alarmed.false) == ((), 1)


def test_figures_counted_by_hand() -> None:
    recordings = [
        _recording("a", _scores(18000, (110, 190, 0.9), (9000, 9050, 0.6)), (100, 200)),
        _recording("b", _scores(18000, (5000, 5100, 0.7)), (5040, 5060), (7000, 7100)),
        _recording("quiet", _scores(36000, (100, 150, 0.95))),
    ]
    report = _done(report_frames(recordings, threshold=0.5))
    assert report.hours == pytest.approx(2.0)
    assert report.event_recall.value == pytest.approx(2 / 3)
    assert report.false_per_hour.value == pytest.approx(1.0)
    assert report.delay.value == pytest.approx(0.5)  # of 1 s and 0 s
    assert [r.roc_auc is None for r in report.recordings] == [False, False, True]
    assert report.curve is not None
    assert report.curve.recall_at_rate.value == pytest.approx(1.0)  # everything is one alarm
    summary = frame_summary(report)
    assert summary["counts"]["false_alarms"] == 2
    assert summary["time_to_detect_s"] == pytest.approx([1.0, 0.0])
    assert summary["recordings"][0]["alarms_s"] == [pytest.approx([11.0, 19.0]), [900.0, 905.0]]


def test_recall_at_two_an_hour_is_found_from_above() -> None:
    """Far below, many alarms merge into one: a threshold there must not be taken."""
    bursts = [(n * 1000, n * 1000 + 20, 0.6) for n in range(1, 18)]
    scores = _scores(18000, *bursts, (17500, 17550, 0.3))
    recordings = [
        _recording("a", scores, (17500, 17560)),
        _recording("b", _scores(18000, (40, 90, 0.8)), (40, 90)),
    ]
    report = _done(report_frames(recordings, threshold=0.5))
    assert report.curve is not None
    assert report.curve.threshold_at_rate is not None
    assert report.curve.threshold_at_rate > 0.6
    assert report.curve.recall_at_rate.value == pytest.approx(0.5)


def test_a_median_is_drawn_over_recordings() -> None:
    delays = [0, 1, 2, 3, 4, 5, 6, 7]
    recordings = [
        _recording(f"r{d}", _scores(600, (200 + 10 * d, 320, 0.9)), (200, 320)) for d in delays
    ]
    report = _done(report_frames(recordings, threshold=0.5))
    assert report.delay.value == pytest.approx(3.5)
    assert report.delay.interval is not None
    assert 0.5 < report.delay.interval[0] < 3.5 < report.delay.interval[1] < 6.5


def test_quiet_recordings_alone_have_false_alarms_only() -> None:
    recordings = [_recording("a", _scores(3600, (100, 200, 0.9))), _recording("b", _scores(3600))]
    report = _done(report_frames(recordings, threshold=0.5))
    assert report.false_per_hour.value == pytest.approx(5.0)
    assert report.ranked.roc_auc.value is None
    assert report.event_recall.value is None
    assert report.delay.value is None
    assert report.curve is None
    assert frame_summary(report)["figures"]["event_recall_at_2_false_alarms_per_hour"] is None


def test_baselines_see_nothing_of_the_video() -> None:
    recordings = [
        _recording("short", _scores(100, (10, 20, 0.9)), (10, 20)),
        _recording("long", _scores(900)),
    ]
    report = _done(report_frames(recordings, threshold=0.5))
    # 10 anomalous of 100 frames beside 900 normal ones: (90 / 2 + 900) / 990 pairs are won.
    for name in ("minus length", "perfect recording labels", "own maximum throughout"):
        assert report.baselines[name].roc_auc.value == pytest.approx(945 / 990)
    assert report.ranked.roc_auc.value == 1.0
