"""Training the theft classifier that goes into a model folder: figures, final fit, export."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.core.job import Job
from crimeview.core.manifest import Check, Input, Manifest, Metric, Output
from crimeview.core.pose_features import numbers_a_frame
from crimeview.core.sequence import SequenceSpec
from crimeview.jobs.encoder_training import origin
from crimeview.jobs.orders import TheftOrder
from crimeview.jobs.phases import phase
from crimeview.jobs.theft_data import Watched, theft_examples, watch
from crimeview.jobs.theft_figures import ACTORS_UNKNOWN, STAGED, Row, row_of
from crimeview.jobs.theft_models import opened_people, people_models
from crimeview.jobs.theft_training import (
    SPEC,
    Judged,
    fit,
    judge_boxes,
    judge_held_out,
)
from crimeview.nets.session import run_file
from crimeview.nets.verify import check_values
from crimeview.training.calibration import Calibrated, fit_platt
from crimeview.training.export import export_model
from crimeview.training.theft.fit import SequenceRecipe

CALIBRATION = (
    "How much a person's movements are like the staged thefts, and not like the staged shopping, "
    "that the network was trained on. It is no probability of a theft in a real store."
)
_CREDITS = {"shoplifting": "seonydg/LSTM-for-Anomaly-Detection; MIT, staged footage from AI Hub"}
_FLATTEST = 1e-3  # slope
_HALF = 0.5


def train(data: Path, *, out: Path, runs: Path, order: TheftOrder) -> Job[Manifest]:
    """Find people, fit without each scene for the figures and on everything, write `out`.

    Raises UsageError, MediaError, ModelError.
    """
    spec = replace(SPEC, landmarks=order.landmarks, missing=order.missing)
    examples = theft_examples(data)
    models = people_models(detector=order.detector)
    count = 4 + order.seeds
    with opened_people(models, threads=1) as finder:
        watching = watch(examples, finder=finder, kept=runs / "theft" / "people")
        clips = yield from phase(watching, number=0, count=count, width=3)
    judged = []
    for number in range(order.seeds):
        recipe = SequenceRecipe(kind=order.network, epochs=order.epochs, seed=order.seed + number)
        judging = judge_held_out(clips, _scenes(clips), spec=spec, recipe=recipe)
        judged.append((yield from phase(judging, number=3 + number, count=count)))
    recipe = SequenceRecipe(kind=order.network, epochs=order.epochs, seed=order.seed)
    fitting = fit(clips, spec=spec, recipe=recipe, title="Training on everything")
    network = yield from phase(fitting, number=3 + order.seeds, count=count)
    slope, offset = _scale(clips, judged)
    finder_name = "motion regions" if models.detector is None else models.detector.manifest.name
    draft = _draft(out.name, spec, clips, order=order, finder=finder_name)
    return export_model(
        Calibrated(network, slope=slope, offset=offset),
        draft=replace(draft, metrics=_metrics(clips, judged)),
        check_values=check_values(draft),
        run=run_file,
        folder=out,
    )


def _scenes(clips: Sequence[Watched]) -> list[str]:
    return [clip.example.group for clip in clips]


def _scale(clips: Sequence[Watched], judged: Sequence[Judged]) -> tuple[float, float]:
    """Slope and offset of probabilities, from clips that the networks did not see."""
    logits = np.concatenate([j.logits for j in judged])
    positive = np.tile(_positive(clips), len(judged))
    share = np.where(positive, 0.5 / positive.mean(), 0.5 / (1 - positive.mean()))
    slope, offset = fit_platt(logits, positive, weights=share)
    return max(slope, _FLATTEST), offset


def _positive(clips: Sequence[Watched]) -> NDArray[np.bool_]:
    return np.array([clip.positive for clip in clips])


def _metrics(clips: Sequence[Watched], judged: Sequence[Judged]) -> tuple[Metric, ...]:
    """Figures and the controls that they must be seen beside."""
    positive, scenes = _positive(clips), _scenes(clips)
    protocol = (
        f"{len(clips)} clips of {len(set(scenes))} scenes, each scene judged by a network that was "
        f"trained without it, mean of {len(judged)} seeds, interval by bootstrap over scenes. "
        f"{STAGED} {_actor_note(clips)}"
    ).rstrip(".")
    rows = [
        row_of(name, scores, positive=positive, groups=scenes, threshold=threshold)
        for name, scores, threshold in (
            ("theft", [j.logits for j in judged], 0.0),
            ("theft, frames in another order", [j.shuffled for j in judged], 0.0),
            ("theft by the box alone (eight numbers)", [judge_boxes(clips, scenes)], _HALF),
        )
    ]
    return tuple(metric for row in rows for metric in _of_row(row, protocol))


def _actor_note(clips: Sequence[Watched]) -> str:
    if all(clip.actor is None for clip in clips):
        return ACTORS_UNKNOWN
    return "Actors are told: “crimeview evaluate theft” leaves them out in turn."


def _of_row(row: Row, protocol: str) -> tuple[Metric, Metric]:
    protocol = f"{protocol}; clips right by seed: {', '.join(map(str, row.right))}"
    return (
        Metric(
            name=f"{row.name}: accuracy",
            value=round(row.accuracy, 3),
            interval=_rounded(row.accuracy_interval),
            protocol=protocol,
        ),
        Metric(
            name=f"{row.name}: AUC",
            value=round(row.auc, 3),
            interval=_rounded(row.auc_interval),
            protocol=protocol,
        ),
    )


def _rounded(interval: tuple[float, float] | None) -> tuple[float, float] | None:
    return None if interval is None else (round(interval[0], 3), round(interval[1], 3))


def _draft(
    name: str, spec: SequenceSpec, clips: Sequence[Watched], *, order: TheftOrder, finder: str
) -> Manifest:
    names = sorted({clip.example.data for clip in clips})
    width = numbers_a_frame(spec.landmarks)
    return Manifest(
        name=name,
        kind="sequence-classifier",
        file=f"{name}.onnx",
        sha256="0" * 64,
        clip=None,
        input=Input(
            name="landmarks",
            shape=(None, spec.frames, width),
            layout=None,
            scale=1.0,
            mean=(),
            std=(),
        ),
        output=Output(name="probability", shape=(None, 1)),
        feature_space=None,
        segments=None,
        threshold=_HALF,
        calibration=CALIBRATION,
        metrics=(),
        origin=origin(
            f"{order.network.upper()} on a person's landmarks ({spec.landmarks}, BlazePose) over "
            f"{spec.frames} frames at {spec.rate:g} a second, people found by {finder}.",
            tuple(f"{n} ({_CREDITS[n]})" if n in _CREDITS else n for n in names),
        ),
        check=Check(expected=(), tolerance=0.0),
        variants=(),
        sequence=spec,
    )
