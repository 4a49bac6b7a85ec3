"""Training the anomaly scorer on the encoder's features: folds, threshold, figures, export."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from crimeview.core.errors import UsageError
from crimeview.core.job import Job
from crimeview.core.manifest import Check, Input, Manifest, Metric, Output, check_input
from crimeview.jobs.demonstrate import render_demonstration
from crimeview.jobs.encoder_training import Recipe, feature_space, fit, gather, origin
from crimeview.jobs.fresh import set_aside
from crimeview.jobs.gather import Gathered, gather_frames
from crimeview.jobs.models import ENCODER
from crimeview.jobs.phases import phase
from crimeview.jobs.scorer_figures import report_composed, report_control
from crimeview.jobs.scorer_judging import FoldTracks, HeldOut, fold_tracks, hold_out
from crimeview.jobs.scorer_tracks import example_tracks
from crimeview.nets.catalog import find_model
from crimeview.nets.session import run_file
from crimeview.rendering.demonstration import demonstration
from crimeview.training.classifier import Classifier
from crimeview.training.data.examples import FOLDS, NORMAL, Example
from crimeview.training.data.framecache import FrameCache
from crimeview.training.export import export_model
from crimeview.training.fit_scorer import OWN_METHODS, Calibration, fit_base, in_context, learns
from crimeview.training.scorer_report import (
    quiet_recordings,
    report_bags,
    report_clips,
    report_demonstration,
    report_quiet,
    report_rendered,
)
from crimeview.training.tracks import Network, TrackStore, encoder_watcher, scored

_CHECK_ROWS = 8
_TRACKS = "tracks"


def train(
    data: Path, *, out: Path, runs: Path, recipe: Recipe, resume: bool = True
) -> Job[Manifest]:
    """Fit in folds for figures and threshold, then on everything, and write the model folder `out`.

    The encoder beside `out` must be the one fitted under `runs`, whose folds are needed again:
    what is missing there is fitted first. Feature tracks are kept under `runs`; without `resume`
    they are made anew. Raises UsageError.
    """
    if not resume:
        set_aside(runs / _TRACKS, data=data)
    count = FOLDS + 5
    store = TrackStore(runs / _TRACKS)
    gathered = yield from phase(gather(data, runs=runs, recipe=recipe), number=0, count=count)
    fitting = fit(gathered, fold=None, recipe=recipe, runs=runs)
    encoder = yield from phase(fitting, number=1, count=count)
    _check_encoder(encoder, out=out, runs=runs)
    watching = all_folds(gathered, runs=runs, recipe=recipe, store=store)
    folds = yield from phase(watching, number=2, count=count, width=FOLDS)
    held = yield from phase(hold_out(folds, recipe=recipe.scorer), number=FOLDS + 2, count=count)
    judged = yield from phase(report_composed(held), number=FOLDS + 3, count=count)
    judging = _control(gathered, recipe=recipe, store=store)
    control = yield from phase(judging, number=FOLDS + 3, count=count)
    seen = gathered if learns(recipe.scorer) else gathered.only([])
    watcher = encoder_watcher(encoder, spec=recipe.form.spec, prepare=recipe.prepare)
    extracting = example_tracks(watcher, seen, store=store)
    tracks = yield from phase(extracting, number=FOLDS + 4, count=count)
    base = yield from phase(
        fit_base(tracks, encoder=encoder, recipe=recipe.scorer), number=FOLDS + 4, count=count
    )
    context = in_context(base, reference=held.reference, recipe=recipe.scorer)
    scorer = Calibration(held.slope, held.offset, held.calibrated_on).applied(context)
    showing = _demonstration(encoder, scorer, held.threshold, recipe=recipe, runs=runs)
    shown = yield from phase(showing, number=FOLDS + 4, count=count)
    return export_model(
        scorer,
        draft=_draft(out.name, encoder, held, recipe, (*_report(held), *judged, *control, shown)),
        check_values=_pattern(encoder.dimensions),
        run=run_file,
        folder=out,
    )


def all_folds(
    gathered: Gathered, *, runs: Path, recipe: Recipe, store: TrackStore
) -> Job[Sequence[FoldTracks]]:
    """What the encoder of each fold makes of everything; encoders that are missing are fitted."""
    folds = []
    for fold in range(FOLDS):
        fitting = fit(gathered, fold=fold, recipe=recipe, runs=runs)
        encoder = yield from phase(fitting, number=2 * fold, count=2 * FOLDS)
        watching = fold_tracks(fold, encoder, gathered, recipe=recipe, store=store)
        folds.append((yield from phase(watching, number=2 * fold + 1, count=2 * FOLDS)))
    return folds


def _control(gathered: Gathered, *, recipe: Recipe, store: TrackStore) -> Job[list[Metric]]:
    """What the amount of motion alone reaches on the composed recordings."""
    folds = []
    for fold in range(FOLDS):
        watching = fold_tracks(fold, None, gathered, recipe=recipe, store=store)
        folds.append((yield from phase(watching, number=fold, count=FOLDS)))
    held = yield from hold_out(folds, recipe=recipe.scorer)
    return (yield from report_control(held))


def _check_encoder(encoder: Classifier, *, out: Path, runs: Path) -> None:
    if find_model(ENCODER, out.parent).manifest.feature_space != feature_space(encoder):
        raise UsageError(
            f"The encoder in {out.parent} is not the one trained in {runs}; train the encoder "
            "first."
        )


def _report(held: HeldOut) -> list[Metric]:
    quiet = quiet_recordings(held.tracks)
    return [
        report_bags(held.bag_aucs),
        *report_clips(held.tracks, threshold=held.threshold),
        *report_quiet(quiet, threshold=held.threshold),
        *report_rendered(held.tracks),
    ]


def _demonstration(
    encoder: Classifier, scorer: Network, threshold: float, *, recipe: Recipe, runs: Path
) -> Job[Metric]:
    """What the pair finds in the demonstration, which it was not trained on."""
    scene = demonstration()
    video = runs / "demonstration" / "demonstration.mp4"
    path = yield from render_demonstration(video, scene=scene)
    example = Example(path=path, data="demonstration", label=NORMAL, group="", fold=0)
    cache = FrameCache(runs / "frames", recipe.form.spec)
    gathered = yield from gather_frames([example], cache)
    store = TrackStore(runs / _TRACKS / "demonstration")
    watcher = encoder_watcher(encoder, spec=recipe.form.spec, prepare=recipe.prepare)
    (track,) = yield from example_tracks(watcher, gathered, store=store)
    incidents = [(i.start, i.end) for i in scene.incidents]
    return report_demonstration(scored(scorer, track), incidents, threshold=threshold)


def _pattern(dimensions: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return check_input((_CHECK_ROWS, dimensions)).astype(np.float32) / np.float32(255)


def _draft(
    name: str, encoder: Classifier, held: HeldOut, recipe: Recipe, metrics: tuple[Metric, ...]
) -> Manifest:
    hours = sum(c.recording.plan.seconds for c in held.alone) / 3600
    return Manifest(
        name=name,
        kind="scorer",
        file=f"{name}.onnx",
        sha256="",
        clip=None,
        input=Input(
            name="features",
            shape=(None, encoder.dimensions),
            layout=None,
            scale=1.0,
            mean=(),
            std=(),
        ),
        output=Output(name="scores", shape=(None,)),
        feature_space=feature_space(encoder),
        segments=None,
        threshold=held.threshold,
        calibration="The chance that this clip shows an event, were events and ordinary clips "
        f"equally frequent (Platt scaling on {held.calibrated_on} clips whose sources the networks "
        f"had not seen); at most {recipe.scorer.alarms_an_hour:g} false alarms an hour reach the "
        f"threshold in {hours:.1f} hours composed of quiet footage that was held out.",
        metrics=metrics,
        origin=origin(
            f"Scores by {OWN_METHODS[recipe.scorer.method]}, held against what is usual in the "
            "recording and calibrated."
        ),
        check=Check(expected=(), tolerance=0.0),
        variants=(),
    )
