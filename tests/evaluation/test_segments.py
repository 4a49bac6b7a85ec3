from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from crimeview.core.job import Job
from crimeview.core.metrics import average_precision, roc_auc
from crimeview.evaluation.annotations import Annotation, matched, read_annotations
from crimeview.evaluation.given import read_scores
from crimeview.evaluation.segments import SegmentReport, report_segments


def _annotation(
    name: str, frames: int | None, *events: tuple[int, int], positive: bool | None = None
) -> Annotation:
    return Annotation(
        line=1,
        name=name,
        group=name,
        label="x",
        positive=bool(events) if positive is None else positive,
        frames=frames,
        events=None if frames is None else events,
    )


def _done(job: Job[SegmentReport]) -> SegmentReport:
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value


def test_agrees_with_the_published_scores_of_others(data: Path) -> None:
    folder = data / "ucf_crime"
    annotations = read_annotations(folder / "test_annotations.csv")
    scores = read_scores(folder / "third_party_scores_r2plus1d.csv")
    assert annotations.left_out == scores.left_out == ()
    pairs, lonely = matched(annotations.rows, scores.scores)
    assert lonely == []
    report = _done(report_segments(pairs, threshold=0.5))
    assert (report.recordings, report.frames, report.anomalous_frames) == (290, 1109680, 84128)
    assert report.ranking.frames is not None
    assert report.ranking.frames.roc_auc.value == pytest.approx(0.69028929, abs=1e-7)
    assert report.ranking.recordings.roc_auc.value == pytest.approx(0.78338095, abs=1e-7)
    length = report.baselines["minus length"].frames
    perfect = report.baselines["perfect recording labels"]
    assert length is not None
    assert perfect.frames is not None
    assert perfect.within is not None
    assert length.roc_auc.value == pytest.approx(0.652, abs=5e-4)
    assert perfect.frames.roc_auc.value == pytest.approx(0.816, abs=5e-4)
    assert perfect.recordings.roc_auc.value == 1.0
    assert perfect.within.value == 0.5


def test_figures_are_those_of_frames_written_out() -> None:
    random = np.random.default_rng(0)
    scored = [
        (_annotation("a", 101, (10, 30), (70, 75)), random.random(7)),
        (_annotation("b", 40, (0, 40)), random.random(3)),
        (_annotation("c", 5, (1, 2)), random.random(8)),  # more segments than frames
        (_annotation("d", 64), random.random(4)),
    ]
    frames, labels, weights = [], [], []
    for annotation, scores in scored:
        assert annotation.frames is not None
        frame = np.arange(annotation.frames)
        segment = len(scores) * frame // annotation.frames
        frames.append(scores[segment])
        label = np.zeros(annotation.frames, np.bool_)
        for start, end in annotation.events or ():
            label[start:end] = True
        labels.append(label)
        weights.append(1 / (np.bincount(segment)[segment] * len(scores)))
    score, label, weight = map(np.concatenate, (frames, labels, weights))
    report = _done(report_segments(scored, threshold=0.5))
    ranking = report.ranking
    assert ranking.frames is not None
    assert ranking.segments is not None
    assert ranking.within is not None
    assert ranking.frames.roc_auc.value == pytest.approx(roc_auc(label, score))
    assert ranking.frames.average_precision.value == pytest.approx(average_precision(label, score))
    above = score[label][:, None] - score[~label][None, :]
    won = ((above > 0) + 0.5 * (above == 0)) * weight[label][:, None] * weight[~label][None, :]
    pairs = weight[label].sum() * weight[~label].sum()
    assert ranking.segments.roc_auc.value == pytest.approx(won.sum() / pairs)
    inside = [roc_auc(labels[n], frames[n]) for n in (0, 2)]
    assert ranking.within.value == pytest.approx(np.mean(inside))
    alarm = score >= 0.5
    assert report.alarms.frames_recalled is not None
    assert report.alarms.frames_false is not None
    assert report.alarms.frames_recalled.value == pytest.approx(alarm[label].mean())
    assert report.alarms.frames_false.value == pytest.approx((frames[3] >= 0.5).mean())
    assert report.alarms.segments_false.value == pytest.approx((scored[3][1] >= 0.5).mean())


def test_labels_of_whole_recordings_leave_frames_out() -> None:
    scored = [
        (_annotation("a", None, positive=True), np.array([0.1, 0.9])),
        (_annotation("b", None, positive=False), np.array([0.6, 0.2])),
        (_annotation("c", None, positive=False), np.array([0.95])),
    ]
    report = _done(report_segments(scored, threshold=0.5))
    assert report.ranking.recordings.roc_auc.value == 0.5
    assert (report.ranking.segments, report.ranking.frames, report.ranking.within) == (None,) * 3
    assert report.frames is None
    assert report.alarms.frames_recalled is None
    assert report.alarms.recordings_false.value == 1.0
    assert report.alarms.segments_false.value == pytest.approx(2 / 3)
    assert "minus length" not in report.baselines


def test_kinds_of_events_stand_against_all_that_is_quiet() -> None:
    rows = [("abuse", 0.9), ("abuse", 0.3), ("fire", 0.6), ("", 0.5), ("", 0.2)]
    scored = [
        (replace(_annotation(f"{n}", None, positive=bool(kind)), label=kind), np.array([score]))
        for n, (kind, score) in enumerate(rows)
    ]
    kinds = _done(report_segments(scored, threshold=0.5)).kinds
    assert [(k.label, k.recordings, k.roc_auc.value, k.recalled.value) for k in kinds] == [
        ("abuse", 2, 0.75, 0.5),
        ("fire", 1, 1.0, 1.0),
    ]
    abuse, fire = kinds
    assert abuse.roc_auc.interval is not None
    assert abuse.roc_auc.interval[0] < 0.75 < abuse.roc_auc.interval[1]
    assert fire.recalled.interval is None  # of one recording
    assert _done(report_segments(scored[2:], threshold=0.5)).kinds == ()
