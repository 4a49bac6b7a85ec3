"""Figures of a scorer on composed long recordings, for its manifest."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from crimeview.core.job import Job
from crimeview.core.manifest import Metric
from crimeview.core.track import Track, TrackKind, frame_scores
from crimeview.evaluation.alarms import ScoredRecording, alarms_at
from crimeview.evaluation.figure import Figure
from crimeview.evaluation.frames import RATE, FrameReport, report_frames
from crimeview.jobs.phases import phase
from crimeview.jobs.scorer_judging import Composed, HeldOut
from crimeview.training.scorer_report import HELD_OUT, metric


def report_control(held: HeldOut) -> Job[list[Metric]]:
    """The same recordings by how much moves, treated over time and calibrated just the same."""
    recordings = [_scored_recording(c) for c in held.composed]
    report = yield from report_frames(recordings, threshold=held.threshold)
    what = "99th percentile of the frame difference in place of the network"
    return [
        replace(metric, name=f"{metric.name}, control: frame difference")
        for metric in _of_report(report, "composed", f"{what}, {_protocol(held.composed, '')}")
        if "AUC" in metric.name or "recall at 2" in metric.name
    ]


def report_composed(held: HeldOut) -> Job[list[Metric]]:
    """Figures of the composed recordings, with and without decoys, and of backgrounds alone."""
    metrics: list[Metric] = []
    sets = {"": held.composed, ", with decoys": held.decoyed}
    for number, (suffix, part) in enumerate(sets.items()):
        recordings = [_scored_recording(c) for c in part]
        judging = report_frames(recordings, threshold=held.threshold)
        report = yield from phase(judging, number=2 * number, count=4)
        metrics += _of_report(report, f"composed{suffix}", _protocol(part, suffix))
        at = report.curve.threshold_at_rate if report.curve else None
        if at is not None and not suffix:
            again = report_frames(recordings, threshold=at)
            quick = yield from phase(again, number=2 * number + 1, count=4)
            metrics += _delays(quick, f"composed{suffix}", _protocol(part, suffix), at=at)
    hours = sum(c.recording.plan.seconds for c in held.alone) / 3600
    alarms = [_alone(c, held.threshold) for c in held.alone]
    metrics.append(
        metric(
            "composed, backgrounds alone: false alarms an hour",
            sum(alarms) / hours,
            None,
            f"{HELD_OUT}: segments at threshold {held.threshold:g} in {hours:.1f} hours of the "
            "same backgrounds without events, on which the threshold was chosen",
        )
    )
    return metrics


def _alone(composed: Composed, threshold: float) -> int:
    return alarms_at(_scored_recording(composed), threshold).false


def _scored_recording(composed: Composed) -> ScoredRecording:
    recording, track = composed.recording, composed.recording.track
    starts = np.arange(round(recording.plan.seconds * recording.rate)) / recording.rate
    times = np.column_stack([starts, starts + 1 / recording.rate])
    clips = Track(TrackKind.CLIP_SCORES, track.times, composed.scores.scores)
    return ScoredRecording(
        name=recording.plan.name,
        group=recording.plan.group,
        times=times,
        scores=frame_scores(clips, times),
        events=tuple(
            (round(a * recording.rate), round(b * recording.rate)) for a, b in track.events
        ),
    )


def _protocol(part: Sequence[Composed], suffix: str) -> str:
    minutes = part[0].recording.plan.seconds / 60
    events = sum(len(c.recording.track.events) for c in part)
    inserted = " and as many ordinary clips inserted just as they are" if suffix else ""
    return (
        f"{HELD_OUT}: {len(part)} recordings of {minutes:g} minutes composed at the network's size "
        f"of quiet footage of {len({c.recording.plan.group for c in part})} sources, looped, with "
        f"{events} fights and crashes{inserted}, all of the held-out fold"
    )


def _of_report(report: FrameReport, name: str, protocol: str) -> list[Metric]:
    at = f"; at {report.threshold:g}, chosen on the same backgrounds without events"
    rows: list[tuple[str, Figure, str]] = [
        ("frame AUC", report.ranked.roc_auc, ""),
        ("frame AUC within recordings", report.within, ""),
        ("event recall at the threshold", report.event_recall, at),
        ("false alarms an hour at the threshold", report.false_per_hour, at),
        ("median s to detect at the threshold", report.delay, f"{at}; of the events found"),
    ]
    if report.curve is not None:
        rows.append(
            (
                f"event recall at {RATE:g} false alarms an hour",
                report.curve.recall_at_rate,
                f"; at {report.curve.threshold_at_rate or 1:.3f}, read off the curve",
            )
        )
    return [_figure(f"{name}: {what}", figure, protocol + extra) for what, figure, extra in rows]


def _delays(report: FrameReport, name: str, protocol: str, *, at: float) -> list[Metric]:
    title = f"{name}: median s to detect at {RATE:g} false alarms an hour"
    return [_figure(title, report.delay, f"{protocol}; at {at:.3f}; of the events found")]


def _figure(name: str, figure: Figure, protocol: str) -> Metric:
    if figure.value is None:
        return metric(name, 0.0, None, f"{protocol}; not defined: nothing to measure it on")
    return metric(
        name, figure.value, figure.interval, f"{protocol}; interval by bootstrap over sources"
    )
