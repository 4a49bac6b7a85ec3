"""Judging a scorer on what its folds had not seen: clips, bags, and composed long recordings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from crimeview.core.job import Job
from crimeview.core.manifest import Metric
from crimeview.core.track import Track, TrackKind, frame_scores
from crimeview.evaluation.alarms import ScoredRecording, alarms_at
from crimeview.evaluation.figure import Figure
from crimeview.evaluation.frames import RATE, FrameReport, report_frames
from crimeview.jobs.encoder_training import Recipe
from crimeview.jobs.gather import Gathered
from crimeview.jobs.phases import phase
from crimeview.jobs.scorer_tracks import (
    ComposedTrack,
    composed_track,
    example_tracks,
    plan,
    without_inserts,
)
from crimeview.training.classifier import Classifier
from crimeview.training.data.examples import RENDERED
from crimeview.training.data.folds import held_out
from crimeview.training.fit_scorer import (
    ScorerRecipe,
    calibrate,
    fit_base,
    in_context,
    learns,
    usual_reference,
)
from crimeview.training.scorer_report import (
    HELD_OUT,
    bag_auc,
    choose_threshold,
    metric,
    quiet_recordings,
    real_surveillance,
)
from crimeview.training.tracks import (
    FeatureTrack,
    ScoredTrack,
    TrackStore,
    encoder_watcher,
    motion_watcher,
    scored,
)

_DECOYS = 4  # at most, in a recording with decoys


@dataclass(frozen=True, slots=True)
class FoldTracks:
    """What the encoder that was trained without a fold makes of everything; None: the control."""

    fold: int
    encoder: Classifier | None
    train: Sequence[FeatureTrack]
    test: Sequence[FeatureTrack]
    composed: Sequence[ComposedTrack]
    decoyed: Sequence[ComposedTrack]
    alone: Sequence[ComposedTrack]


@dataclass(frozen=True, slots=True)
class Composed:
    """A composed recording with its clips' calibrated scores."""

    recording: ComposedTrack
    scores: ScoredTrack


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Calibrated scores of a method on what its folds had not seen, and what a final fit needs.

    `slope` and `offset` are the calibration's, `reference` the usual level of quiet recordings.
    """

    tracks: Sequence[ScoredTrack]
    composed: Sequence[Composed]
    decoyed: Sequence[Composed]
    alone: Sequence[Composed]
    bag_aucs: Sequence[float]
    reference: float
    slope: float
    offset: float
    calibrated_on: int
    threshold: float


def fold_tracks(
    fold: int,
    encoder: Classifier | None,
    data: Gathered,
    *,
    recipe: Recipe,
    store: TrackStore,
) -> Job[FoldTracks]:
    """Features by the encoder of a fold, or of the control (None); from the store where there.

    What the encoder was trained on is looked at only where the scorer's method learns from it.
    """
    spec, wanted = recipe.form.spec, recipe.scorer.composed
    watcher = (
        motion_watcher(spec)
        if encoder is None
        else encoder_watcher(encoder, spec=spec, prepare=recipe.prepare)
    )
    plans = [p for p in plan(data, wanted) if p.fold == fold]
    decoyed = [
        replace(p, name=f"{p.name}-decoys")
        for p in plan(data, replace(wanted, decoys=_DECOYS))
        if p.fold == fold
    ]
    quiet = without_inserts(plans)
    count = 1 + len(quiet) + len(plans) + len(decoyed)
    rest, held = held_out(data.examples, fold)
    parts = []
    for part in (rest if encoder is not None and learns(recipe.scorer) else [], held):
        extracting = example_tracks(watcher, data.only(part), store=store)
        parts.append((yield from phase(extracting, number=0, count=count)))
    alone: list[ComposedTrack] = []
    for number, composition in enumerate(quiet):
        watching = composed_track(watcher, composition, data, store=store)
        alone.append((yield from phase(watching, number=1 + number, count=count)))
    changed: list[ComposedTrack] = []
    for number, composition in enumerate([*plans, *decoyed]):
        below = alone[number % len(alone)]
        watching = composed_track(watcher, composition, data, store=store, alone=below)
        at = 1 + len(alone) + number
        changed.append((yield from phase(watching, number=at, count=count)))
    return FoldTracks(
        fold=fold,
        encoder=encoder,
        train=parts[0],
        test=parts[1],
        composed=changed[: len(plans)],
        decoyed=changed[len(plans) :],
        alone=alone,
    )


def hold_out(folds: Sequence[FoldTracks], *, recipe: ScorerRecipe) -> Job[HeldOut]:
    """Fit a method in each fold and score what was held out."""
    bases = []
    for number, fold in enumerate(folds):
        fitting = fit_base(fold.train, encoder=fold.encoder, recipe=recipe)
        bases.append((yield from phase(fitting, number=number, count=len(folds))))
    quiet = [
        scored(base, track)
        for base, fold in zip(bases, folds, strict=True)
        for track in [*fold.test, *(c.track for c in fold.alone)]
        if track.example.data != RENDERED
    ]
    reference = usual_reference(quiet_recordings(quiet), recipe=recipe)
    networks = [in_context(base, reference=reference, recipe=recipe) for base in bases]
    logits = [
        scored(network, track)
        for network, fold in zip(networks, folds, strict=True)
        for track in fold.test
    ]
    calibration = calibrate(real_surveillance(logits))
    final = [calibration.applied(network) for network in networks]

    def composed(parts: Sequence[Sequence[ComposedTrack]]) -> list[Composed]:
        return [
            Composed(recording, scored(network, recording.track))
            for network, part in zip(final, parts, strict=True)
            for recording in part
        ]

    alone = composed([f.alone for f in folds])
    return HeldOut(
        tracks=[scored(n, t) for n, f in zip(final, folds, strict=True) for t in f.test],
        composed=composed([f.composed for f in folds]),
        decoyed=composed([f.decoyed for f in folds]),
        alone=alone,
        bag_aucs=[
            bag_auc(n, [t for t in f.test if t.example.data != RENDERED])
            for n, f in zip(final, folds, strict=True)
        ],
        reference=reference,
        slope=calibration.slope,
        offset=calibration.offset,
        calibrated_on=calibration.clips,
        threshold=choose_threshold([c.scores for c in alone], alarms_an_hour=recipe.alarms_an_hour),
    )


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
    rows: list[tuple[str, Figure, str]] = [
        ("frame AUC", report.ranked.roc_auc, ""),
        ("frame AUC within recordings", report.within, ""),
        ("event recall at the threshold", report.event_recall, f"; at {report.threshold:g}"),
        (
            "false alarms an hour at the threshold",
            report.false_per_hour,
            f"; at {report.threshold:g}",
        ),
        ("median s to detect at the threshold", report.delay, f"; at {report.threshold:g}"),
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
