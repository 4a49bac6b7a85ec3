"""Training the anomaly scorer on the encoder's features."""

from collections.abc import Generator
from pathlib import Path

import numpy as np

from crimeview.core.errors import UsageError
from crimeview.core.job import Job, Step
from crimeview.core.manifest import Check, Input, Manifest, Output, check_input
from crimeview.jobs.encoder_training import SPEC, feature_space, fit, gather, origin, prepare
from crimeview.jobs.gather import Gathered
from crimeview.jobs.models import ENCODER, SCORER
from crimeview.jobs.phases import phase
from crimeview.nets.catalog import find_model
from crimeview.nets.session import run_file
from crimeview.training.augment import Augmentation
from crimeview.training.examples import FOLDS, held_out
from crimeview.training.export import export_model
from crimeview.training.fit_encoder import Classifier, EncoderRecipe
from crimeview.training.fit_scorer import ScorerRecipe, fit_scorer
from crimeview.training.mil import MilScorer
from crimeview.training.scorer_report import (
    ALARMS_AN_HOUR,
    bag_auc,
    choose_threshold,
    report_scorer,
)
from crimeview.training.tracks import FeatureTrack, ScoredTrack, feature_track, scored

_VIEWS = 3  # changed views of each training example beside the plain one
_CHECK_ROWS = 8


def train(data: Path, *, out: Path, runs: Path) -> Job[Manifest]:
    """Fit in folds for figures and threshold, then on everything, and write the model folder."""
    phases = FOLDS + 2
    gathered = yield from phase(gather(data, runs=runs), number=0, count=phases)
    tracks: list[ScoredTrack] = []
    bag_aucs = []
    for fold in range(FOLDS):
        pair = _fit_pair(gathered, fold=fold, runs=runs)
        encoder, scorer = yield from phase(pair, number=fold + 1, count=phases)
        test = gathered.only(held_out(gathered.examples, fold)[1])
        held = yield from phase(_tracks(encoder, test, views=0), number=fold + 1, count=phases)
        tracks += [scored(scorer, track) for track in held]
        bag_aucs.append(bag_auc(scorer, held))
    job = _fit_pair(gathered, fold=None, runs=runs)
    encoder, final = yield from phase(job, number=FOLDS + 1, count=phases)
    space = feature_space(encoder)
    if find_model(ENCODER, out).manifest.feature_space != space:
        raise UsageError(
            f"The encoder in {out} is not the one trained in {runs}; train the encoder first."
        )
    threshold = choose_threshold(tracks, alarms_an_hour=ALARMS_AN_HOUR)
    draft = Manifest(
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
        feature_space=space,
        threshold=threshold,
        metrics=report_scorer(tracks, threshold=threshold, bag_aucs=bag_aucs),
        origin=origin(
            "Multiple-instance ranking (Sultani et al. 2018): d-512-32-1, bags of 32 clips."
        ),
        check=Check(expected=(), tolerance=0.0),
    )
    pattern = check_input((_CHECK_ROWS, encoder.dimensions)).astype(np.float32) / np.float32(255)
    return export_model(final, draft=draft, check_values=pattern, run=run_file, folder=out / SCORER)


def _fit_pair(
    data: Gathered, *, fold: int | None, runs: Path
) -> Generator[Step, None, tuple[Classifier, MilScorer]]:
    """Encoder and scorer without a fold, or of everything (None)."""
    encoder = yield from fit(data, fold=fold, recipe=EncoderRecipe(), runs=runs)
    part = data if fold is None else data.only(held_out(data.examples, fold)[0])
    tracks = yield from _tracks(encoder, part, views=_VIEWS)
    scorer = yield from fit_scorer(
        tracks,
        recipe=ScorerRecipe(),
        run=runs / "scorer" / ("all" if fold is None else f"fold-{fold}"),
        title="Training the scorer",
    )
    return encoder, scorer


def _tracks(
    encoder: Classifier, data: Gathered, *, views: int
) -> Generator[Step, None, list[FeatureTrack]]:
    """Feature tracks of all examples, plain and in changed views."""
    random = np.random.default_rng(0)
    rule = Augmentation(size=SPEC.crop[0])
    tracks = []
    for number, (example, frames) in enumerate(zip(data.examples, data.frames, strict=True)):
        for view in [None, *[(rule, random)] * views]:
            made = feature_track(encoder, example, frames, spec=SPEC, prepare=prepare, view=view)
            for track in made:
                if track is not None:
                    tracks.append(track)
                yield Step(done=number, total=len(data.examples), message="Extracting features")
    return tracks
