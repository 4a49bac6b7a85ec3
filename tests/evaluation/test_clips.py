from pathlib import Path

import numpy as np
import pytest

from crimeview.evaluation.clips import Confusion, report_clips
from crimeview.evaluation.labels import ClipLabel
from crimeview.evaluation.summary import clip_summary


def _labels(*rows: tuple[str, str]) -> list[ClipLabel]:
    return [
        ClipLabel(line=n, name=f"{n}.mp4", file=Path(f"{n}.mp4"), group=group, label=label)
        for n, (label, group) in enumerate(rows)
    ]


LABELS = _labels(
    ("fight", "a"),
    ("crash", "a"),
    ("normal", "b"),
    ("normal", "b"),
    ("normal", "c"),
    ("fight", "c"),
)
SCORES = np.array([0.9, 0.6, 0.7, 0.1, 0.2, 0.3])


def test_figures_counted_by_hand() -> None:
    report = report_clips(LABELS, SCORES, decision=0.5, alarm=0.8, controls={"length": -SCORES})
    assert report.ranked.roc_auc.value == pytest.approx(7 / 9)
    assert report.decision.confusion == Confusion(
        true_positive=2, false_positive=1, true_negative=2, false_negative=1
    )
    assert report.decision.accuracy.value == pytest.approx(4 / 6)
    assert report.decision.balanced_accuracy.value == pytest.approx(4 / 6)
    assert report.decision.precision.value == pytest.approx(2 / 3)
    assert report.alarm.recall.value == pytest.approx(1 / 3)
    assert report.alarm.false_alarm_rate.value == 0
    assert report.baselines["length"].roc_auc.value == pytest.approx(2 / 9)
    assert [(c.label, c.clips, c.called_positive.value) for c in report.classes] == [
        ("crash", 1, 1.0),
        ("fight", 2, 0.5),
        ("normal", 3, pytest.approx(1 / 3)),
    ]
    assert [(g.group, g.clips, g.roc_auc) for g in report.groups] == [
        ("a", 2, None),
        ("b", 2, None),
        ("c", 2, 1.0),
    ]
    assert report.group_count == 3


def test_labels_in_any_case_are_one_class_and_one_group_tells_no_interval() -> None:
    labels = _labels(("Normal", "a"), ("normal", "b"), ("fight", "c"), ("fight", "c"))
    scores = np.array([0.9, 0.1, 0.8, 0.7])
    report = report_clips(labels, scores, decision=0.5, alarm=0.8, controls={})
    fights, normal = report.classes
    assert (fights.label, fights.clips, fights.called_positive.value) == ("fight", 2, 1.0)
    assert fights.called_positive.interval is None
    assert (normal.label, normal.clips, normal.called_positive.value) == ("Normal", 2, 0.5)
    assert normal.called_positive.interval is not None


def test_a_score_at_the_threshold_is_positive() -> None:
    report = report_clips(LABELS, np.full(6, 0.5), decision=0.5, alarm=0.8, controls={})
    assert report.decision.recall.value == 1


def test_balanced_accuracy_is_drawn_over_groups() -> None:
    labels = _labels(*[("fight", f"g{n}") for n in range(30)], *[("normal", "n")] * 2)
    scores = np.concatenate([np.linspace(0, 1, 30), [0.0, 0.0]])
    report = report_clips(labels, scores, decision=0.5, alarm=0.9, controls={})
    interval = report.decision.balanced_accuracy.interval
    assert interval is not None
    assert 0.6 < interval[0] < 0.75 < interval[1] < 0.9  # (0.5 +- 0.18 + 1) / 2


def test_clips_of_one_kind_have_no_ranking_but_the_rest() -> None:
    report = report_clips(
        LABELS[2:5], SCORES[2:5], decision=0.5, alarm=0.8, controls={"length": SCORES[2:5]}
    )
    summary = clip_summary(report)
    assert summary["figures"]["roc_auc"] == {"value": None, "interval": None}
    assert summary["figures"]["balanced_accuracy"]["value"] is None
    assert summary["figures"]["false_alarm_rate"]["value"] == pytest.approx(1 / 3)
    assert summary["figures"]["recall"]["value"] is None


def test_groups_of_one_clip_each_are_not_listed() -> None:
    labels = _labels(("fight", "0"), ("normal", "1"))
    report = report_clips(labels, np.array([1.0, 0.0]), decision=0.5, alarm=0.5, controls={})
    assert report.groups == ()
