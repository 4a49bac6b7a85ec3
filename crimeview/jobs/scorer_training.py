"""Training the anomaly scorer on the encoder's features: folds, threshold, figures, export."""

from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import numpy as np

from crimeview.core.errors import UsageError
from crimeview.core.job import Job, Step
from crimeview.core.manifest import Check, Input, Manifest, Metric, Output, check_input
from crimeview.jobs.demonstrate import render_demonstration
from crimeview.jobs.encoder_training import (
    SPEC,
    Recipe,
    feature_space,
    fit,
    gather,
    origin,
    prepare,
)
from crimeview.jobs.gather import Gathered, gather_frames
from crimeview.jobs.models import ENCODER, SCORER
from crimeview.jobs.phases import phase
from crimeview.nets.catalog import find_model
from crimeview.nets.session import run_file
from crimeview.rendering.demonstration import demonstration
from crimeview.training.classifier import Classifier
from crimeview.training.data.augment import CLIPS
from crimeview.training.data.examples import FOLDS, RENDERED, Example
from crimeview.training.data.folds import held_out
from crimeview.training.data.framecache import FrameCache
from crimeview.training.export import export_model
from crimeview.training.fit_scorer import fit_scorer
from crimeview.training.mil import MilScorer
from crimeview.training.scorer_report import (
    ALARMS_AN_HOUR,
    bag_auc,
    choose_threshold,
    report_demonstration,
    report_scorer,
)
from crimeview.training.tracks import FeatureTrack, ScoredTrack, feature_track, scored

_CHECK_ROWS = 8


def train(data: Path, *, out: Path, runs: Path, recipe: Recipe) -> Job[Manifest]:
    """Fit in folds for figures and threshold, then on everything, and write the model folder."""
    phases = FOLDS + 4
    gathering = gather(data, runs=runs, recipe=recipe)
    gathered = yield from phase(gathering, number=0, count=phases)
    fitting = fit(gathered, fold=None, recipe=recipe, runs=runs)
    _check_encoder((yield from phase(fitting, number=1, count=phases)), out=out, runs=runs)
    tracks: list[ScoredTrack] = []
    bag_aucs = []
    for fold in range(FOLDS):
        pair = _fit_pair(gathered, fold=fold, recipe=recipe, runs=runs)
        encoder, scorer = yield from phase(pair, number=fold + 2, count=phases)
        test = gathered.only(held_out(gathered.examples, fold)[1])
        held = yield from phase(_tracks(encoder, test, views=0), number=fold + 2, count=phases)
        tracks += [scored(scorer, track) for track in held]
        bag_aucs.append(bag_auc(scorer, [t for t in held if t.example.data != RENDERED]))
    pair = _fit_pair(gathered, fold=None, recipe=recipe, runs=runs)
    encoder, scorer = yield from phase(pair, number=FOLDS + 2, count=phases)
    threshold = choose_threshold(tracks, alarms_an_hour=ALARMS_AN_HOUR)
    showing = _demonstration(encoder, scorer, threshold=threshold, runs=runs)
    shown = yield from phase(showing, number=FOLDS + 3, count=phases)
    metrics = report_scorer(tracks, threshold=threshold, bag_aucs=bag_aucs)
    pattern = check_input((_CHECK_ROWS, encoder.dimensions)).astype(np.float32) / np.float32(255)
    return export_model(
        scorer,
        draft=_draft(encoder, threshold=threshold, metrics=(*metrics, shown)),
        check_values=pattern,
        run=run_file,
        folder=out / SCORER,
    )


def _check_encoder(encoder: Classifier, *, out: Path, runs: Path) -> None:
    if find_model(ENCODER, out).manifest.feature_space != feature_space(encoder):
        raise UsageError(
            f"The encoder in {out} is not the one trained in {runs}; train the encoder first."
        )


def _fit_pair(
    data: Gathered, *, fold: int | None, recipe: Recipe, runs: Path
) -> Generator[Step, None, tuple[Classifier, MilScorer]]:
    """Encoder and scorer without a fold, or of everything (None)."""
    encoder = yield from fit(data, fold=fold, recipe=recipe, runs=runs)
    part = data if fold is None else data.only(held_out(data.examples, fold)[0])
    tracks = yield from _tracks(encoder, part, views=recipe.views)
    scorer = yield from fit_scorer(
        tracks,
        recipe=recipe.scorer,
        run=runs / "scorer" / ("all" if fold is None else f"fold-{fold}"),
        title="Training the scorer",
    )
    return encoder, scorer


def _tracks(
    encoder: Classifier, data: Gathered, *, views: int
) -> Generator[Step, None, list[FeatureTrack]]:
    """Feature tracks of all examples; short clips, of which there are few, in changed views too."""
    random = np.random.default_rng(0)
    rule = replace(CLIPS, size=SPEC.crop[0])
    tracks = []
    for number, (example, frames) in enumerate(zip(data.examples, data.frames, strict=True)):
        for view in [None, *[(rule, random)] * (views if example.central else 0)]:
            made = feature_track(encoder, example, frames, spec=SPEC, prepare=prepare, view=view)
            for track in made:
                if track is not None:
                    tracks.append(track)
                yield Step(done=number, total=len(data.examples), message="Extracting features")
    return tracks


def _demonstration(
    encoder: Classifier, scorer: MilScorer, *, threshold: float, runs: Path
) -> Job[Metric]:
    """What the pair finds in the demonstration, which it was not trained on."""
    scene = demonstration()
    video = runs / "demonstration" / "demonstration.mp4"
    path = yield from render_demonstration(video, scene=scene)
    example = Example(path=path, data="demonstration", label="normal", group="", fold=0)
    cache = FrameCache(runs / "frames", SPEC)
    gathered = yield from gather_frames([example], cache)
    (track,) = yield from _tracks(encoder, gathered, views=0)
    incidents = [(i.start, i.end) for i in scene.incidents]
    return report_demonstration(scored(scorer, track), incidents, threshold=threshold)


def _draft(encoder: Classifier, *, threshold: float, metrics: tuple[Metric, ...]) -> Manifest:
    return Manifest(
        name=SCORER,
        kind="scorer",
        file=f"{SCORER}.onnx",
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
        threshold=threshold,
        calibration=None,
        metrics=metrics,
        origin=origin(
            "Multiple-instance ranking (Sultani et al. 2018): d-512-32-1, bags of 32 clips."
        ),
        check=Check(expected=(), tolerance=0.0),
        variants=(),
    )
