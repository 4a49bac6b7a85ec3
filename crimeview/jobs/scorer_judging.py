"""Scoring by each fold what it had not seen: clips, bags, and composed long recordings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from crimeview.core.job import Job
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
    bag_auc,
    choose_threshold,
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
