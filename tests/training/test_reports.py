from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="the extra “train” is not installed")

from crimeview.training.data.examples import Example
from crimeview.training.encoder_report import (
    Trial,
    accuracy,
    balanced_accuracy,
    report_trial,
)
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
    track = FeatureTrack(example, times, np.zeros((len(scores), 1), np.float32), ())
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


def _trial(scores: np.ndarray, *, positive: np.ndarray, groups: list[str]) -> Trial:
    return Trial(
        title="fight",
        protocol="made",
        positive=positive,
        groups=groups,
        scores=scores,
        controls={"motion statistics": np.where(positive, 0.6, 0.4)},
        rankings={"frame difference": -positive.astype(float)},
    )


def test_the_report_is_the_mean_of_the_seeds_with_the_controls_beside() -> None:
    positive = np.arange(40) % 2 == 1
    groups = [f"g{n // 4}" for n in range(40)]
    right, wrong = np.where(positive, 0.9, 0.2), np.where(positive, 0.1, 0.7)
    metrics = {
        m.name: m
        for m in report_trial(
            _trial(np.stack([right, right, wrong]), positive=positive, groups=groups)
        )
    }
    for name in ("accuracy", "balanced accuracy", "AUC"):
        assert metrics[f"fight {name}"].value == pytest.approx(2 / 3, abs=1e-3)
    assert metrics["fight AP"].value < 1
    assert "mean of 3 seeds (deviation 0.471)" in metrics["fight AUC"].protocol
    assert metrics["fight AUC, control: motion statistics"].value == 1
    assert metrics["fight AUC, network minus motion statistics"].value == pytest.approx(-0.333)
    assert metrics["fight AUC, control: frame difference"].value == 0
    assert "fight accuracy, control: frame difference" not in metrics


def test_the_interval_of_a_difference_is_paired() -> None:
    # Groups differ much from each other; network and control by the same little in each.
    random = np.random.default_rng(0)
    positive = np.tile([True, False], 200)
    groups = [f"g{n // 20}" for n in range(400)]
    ease = np.repeat(random.uniform(0, 4, 20), 20)
    control = np.where(positive, ease, 0) + random.normal(0, 1, 400)
    trial = replace(
        _trial(np.stack([control + 0.5 * positive]), positive=positive, groups=groups),
        controls={},
        rankings={"frame difference": control},
    )
    metrics = {m.name: m for m in report_trial(trial)}
    widths = {}
    for name in ("fight AUC", "fight AUC, network minus frame difference"):
        interval = metrics[name].interval
        assert interval is not None
        widths[name] = interval[1] - interval[0]
    assert widths["fight AUC, network minus frame difference"] < 0.6 * widths["fight AUC"]
    low = metrics["fight AUC, network minus frame difference"].interval
    assert low is not None
    assert low[0] > 0


def test_balanced_accuracy_weighs_classes_alike() -> None:
    positive = np.array([True] * 8 + [False] * 2)
    scores = np.full(10, 0.9)
    assert accuracy(positive, scores) == 0.8
    assert balanced_accuracy(positive, scores) == 0.5
