from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="the extra “train” is not installed")

from crimeview.training.controls import cross_validated, difference_percentile
from crimeview.training.data.examples import Example
from crimeview.training.data.framecache import Frames
from crimeview.training.encoder_report import Judged, report_encoder
from crimeview.training.scorer_report import (
    choose_threshold,
    false_alarms_an_hour,
    hours,
    quiet_recordings,
    report_demonstration,
)
from crimeview.training.tracks import FeatureTrack, ScoredTrack


def _scored(
    scores: list[float], *, label: str = "normal", data: str = "recordings", clips: bool = False
) -> ScoredTrack:
    example = Example(
        path=Path("x"), data=data, label=label, group="x", fold=0, central=2.0 if clips else None
    )
    starts = np.arange(len(scores)) * 0.64
    times = np.column_stack([starts, starts + 1.36])
    track = FeatureTrack(
        example, times, np.zeros((len(scores), 1), np.float32), np.zeros(len(scores), np.bool_)
    )
    return ScoredTrack(track, np.array(scores, np.float32))


def test_only_whole_recordings_without_an_event_count_as_quiet() -> None:
    quiet = [_scored([0.1]), _scored([0.9], data="rendered")]
    others = [
        _scored([0.9], data="surveillance_fights", clips=True),
        _scored([0.9], label="crash", data="rendered"),
    ]
    found = quiet_recordings([*others, *quiet])
    assert [id(track) for track in found] == [id(track) for track in quiet]


def test_false_alarms_are_the_segments_that_analysis_would_show() -> None:
    track = _scored([0.1, 0.9, 0.9, *[0.1] * 10, 0.7, *[0.1] * 5])
    assert hours([track]) == pytest.approx((18 * 0.64 + 1.36) / 3600)
    assert false_alarms_an_hour([track], 0.5) == pytest.approx(2 / hours([track]))
    assert false_alarms_an_hour([track], 0.8) == pytest.approx(1 / hours([track]))
    assert false_alarms_an_hour([track], 0.95) == 0


def test_the_threshold_is_the_lowest_that_keeps_to_the_rate() -> None:
    track = _scored([0.1, 0.91, 0.91, *[0.1] * 10, 0.705, *[0.1] * 5])
    one = 1 / hours([track])
    assert choose_threshold([track], alarms_an_hour=one) == 0.71
    assert choose_threshold([track], alarms_an_hour=0) == 0.92


def test_the_demonstration_counts_incidents_among_the_top_three() -> None:
    scores = [0.1] * 60
    for at, value in ((5, 0.95), (20, 0.9), (35, 0.8), (50, 0.7)):
        scores[at] = value
    incidents = [(20 * 0.64, 21 * 0.64), (50 * 0.64, 51 * 0.64)]
    found = report_demonstration(_scored(scores), incidents, threshold=0.5)
    assert found.value == 1  # the second is only the fourth


def test_the_difference_percentile_sees_only_its_span() -> None:
    pictures = np.zeros((50, 4, 4, 1), np.uint8)
    pictures[40::2] = 200
    starts = np.arange(50) / 25
    frames = Frames(pictures, np.column_stack([starts, starts + 0.04]))
    assert difference_percentile(frames, (0.0, 1.5)) == 0
    assert difference_percentile(frames, (1.6, 2.0)) == 200


def test_a_control_never_scores_what_it_was_fitted_on() -> None:
    random = np.random.default_rng(0)
    positive = random.random(200) < 0.5
    folds = [n % 5 for n in range(200)]
    told = cross_validated(positive[:, None] + random.normal(0, 0.1, (200, 1)), positive, folds)
    assert ((told > 0) == positive).mean() > 0.95
    # A number that names the row tells nothing of other rows.
    memorized = cross_validated(np.eye(200)[:, :50], positive, folds)
    assert abs(np.corrcoef(memorized, positive)[0, 1]) < 0.3


def test_the_report_holds_the_controls_beside_the_network() -> None:
    random = np.random.default_rng(0)
    judged = []
    for data, event in (("surveillance_fights", "fight"), ("car_crashes", "crash")):
        for number in range(20):
            label = event if number % 2 else "normal"
            example = Example(
                path=Path("x"), data=data, label=label, group=f"g{number // 2}", fold=number % 5
            )
            score = 0.8 if number % 2 else 0.2
            judged.append(Judged(example, score, random.random(), random.random(5)))
    metrics = {m.name: m for m in report_encoder(judged)}
    assert metrics["fight AUC"].value == metrics["crash accuracy"].value == 1.0
    assert metrics["fight AUC"].interval == (1.0, 1.0)
    assert 0 <= metrics["crash AUC, control: file facts"].value <= 1
    assert "20 clips, 10 groups" in metrics["crash AUC"].protocol
