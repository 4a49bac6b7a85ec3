"""Training the violence classifier that goes into a model folder: figures, final fit, export."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.core.job import Job
from crimeview.core.manifest import Check, Manifest, Metric, Output, check_input
from crimeview.core.metrics import roc_auc
from crimeview.jobs.encoder_training import origin
from crimeview.jobs.gather import Gathered
from crimeview.jobs.int8 import Judging, add_int8
from crimeview.jobs.phases import phase
from crimeview.jobs.violence_figures import Judged, Seeds, figures, judged_sets
from crimeview.jobs.violence_training import (
    HEAD,
    Recipe,
    fit,
    fits_folder,
    gather,
    judge,
    judge_folds,
)
from crimeview.nets.session import run_file
from crimeview.training.calibration import Calibrated, threshold_for_share
from crimeview.training.data.examples import FOLDS, NORMAL, RENDERED
from crimeview.training.export import export_model
from crimeview.training.precision import Arithmetic
from crimeview.training.violence.judging import batches
from crimeview.training.violence.probability import FrameLogit, fit_frames, sigmoid

Floats = NDArray[np.float64]
CALIBRATION = (
    "The probability of violence in this frame, were violent and other frames equally frequent "
    "(Platt’s sigmoid on held-out frames)."
)
_FLATTEST = 1e-3  # slope
_QUIET_SHARE = 0.01  # of the frames of quiet recordings that may reach the threshold
_MOST_INT8 = 200  # inputs for int8's calibration
_INT8 = (
    "frames in the middle of {count} labeled clips that the network was trained on: only the "
    "difference between precisions means something"
)


@dataclass(frozen=True, slots=True)
class _Scale:
    """What turns logits into probabilities, and the default threshold on those."""

    slope: float
    offset: float
    threshold: float


def train(
    data: Path,
    *,
    out: Path,
    runs: Path,
    recipe: Recipe,
    seeds: int = 1,
    arithmetic: Arithmetic | None = None,
) -> Job[Manifest]:
    """Fit in folds for the figures, then on everything, and write the model folder `out`.

    Figures and pictures are left beside the fits in `runs`. Raises UsageError, MediaError,
    DivergedError, ModelError.
    """
    fits, first = seeds * FOLDS, recipe.fitting.seed
    count = fits + 5
    material = yield from phase(gather(data, runs=runs, recipe=recipe), number=0, count=count)
    trying = judge_folds(
        material.train,
        sorted({*judged_sets(material.train), *quiet_recordings(material.train)}),
        recipe=recipe,
        runs=runs,
        seeds=range(first, first + seeds),
        arithmetic=arithmetic,
    )
    found: Seeds = yield from phase(trying, number=1, count=count, width=fits)
    final_job = fit(material.train, fold=None, recipe=recipe, runs=runs, arithmetic=arithmetic)
    final = yield from phase(final_job, number=fits + 1, count=count)
    judging_valid = judge(final, material.valid, recipe)
    valid = yield from phase(judging_valid, number=fits + 2, count=count)
    scale = _scale(material.train, found)
    probabilities = [sigmoid(values * scale.slope + scale.offset) for values in valid]
    reporting = figures(
        material.train,
        found,
        valid=Judged(material.valid, probabilities),
        folder=fits_folder(runs, recipe),
    )
    metrics = yield from phase(reporting, number=fits + 3, count=count)
    network = FrameLogit(final, head=HEAD)
    shape = (recipe.form.spec.frames, *recipe.form.spec.crop, recipe.form.spec.channels)
    export_model(
        Calibrated(network, slope=scale.slope, offset=scale.offset),
        draft=_draft(material.train, out.name, recipe=recipe, metrics=metrics, scale=scale),
        check_values=recipe.prepare(check_input(shape)),
        run=run_file,
        folder=out,
    )
    calibration, judging = _int8_inputs(material.train, recipe)
    shrinking = add_int8(out, calibration=calibration, judging=judging)
    return (yield from phase(shrinking, number=fits + 4, count=count))


def _scale(data: Gathered, found: Seeds) -> _Scale:
    """Calibrated on held-out frames of the sets that are judged; the threshold on quiet ones."""
    rows = judged_sets(data)
    logits = [seed[n] for seed in found for n in rows]
    positive = np.array([data.examples[n].label == HEAD for _ in found for n in rows])
    slope, offset = fit_frames(logits, positive)
    # Where nothing was learned, a probability of about one half for every frame says so.
    slope = max(slope, _FLATTEST)
    calm = [sigmoid(seed[n] * slope + offset) for seed in found for n in quiet_recordings(data)]
    threshold = 0.5
    if calm:
        threshold = max(0.5, threshold_for_share(np.concatenate(calm), share=_QUIET_SHARE))
    return _Scale(slope, offset, threshold)


def quiet_recordings(data: Gathered) -> list[int]:
    """The real recordings in which nothing happens: drawn ones say nothing about false alarms."""
    return [
        number
        for number, example in enumerate(data.examples)
        if example.central is None and example.label == NORMAL and example.data != RENDERED
    ]


def _draft(
    data: Gathered, name: str, *, recipe: Recipe, metrics: tuple[Metric, ...], scale: _Scale
) -> Manifest:
    form = recipe.form
    seen = "single frames" if form.front == "rgb" else "what changes around a frame"
    return Manifest(
        name=name,
        kind="frame-classifier",
        file=f"{name}.onnx",
        sha256="",
        clip=form.spec,
        input=form.input,
        output=Output(name="probability", shape=(1, 1)),
        feature_space=None,
        segments=None,
        threshold=scale.threshold,
        calibration=CALIBRATION,
        metrics=metrics,
        origin=origin(
            f"MobileNetV2 of width {form.width:g} on {seen}, trained from scratch; the threshold "
            f"is 0.5, or where {_QUIET_SHARE:.0%} of held-out frames of quiet recordings reach it.",
            sorted({e.data for e in data.examples}),
        ),
        check=Check(expected=(), tolerance=0.0),
        variants=(),
    )


def _int8_inputs(data: Gathered, recipe: Recipe) -> tuple[Sequence[NDArray[np.float32]], Judging]:
    """Frames to calibrate on, and others to judge by: of each label every second clip."""
    rows = sorted(judged_sets(data), key=lambda n: data.examples[n].label)

    def middle(n: int) -> NDArray[np.float32]:
        made = batches(
            data.examples[n], data.frames[n], spec=recipe.form.spec, prepare=recipe.prepare
        )
        values: NDArray[np.float32] = np.concatenate([batch.numpy() for batch in made])
        chosen = len(values) // 2
        return values[chosen : chosen + 1]

    judged = rows[1::2]
    positive = np.array([data.examples[n].label == HEAD for n in judged])
    judging = Judging(
        [middle(n) for n in judged],
        lambda outputs: roc_auc(positive, outputs[:, 0]),
        _INT8.format(count=len(judged)),
    )
    return [middle(n) for n in rows[::2][:_MOST_INT8]], judging
