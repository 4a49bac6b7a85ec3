"""Training the clip encoder that goes into a model folder: figures, final fit, export, int8."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import UsageError
from crimeview.core.job import Job
from crimeview.core.manifest import Check, Manifest, Metric, Output, check_input
from crimeview.core.metrics import roc_auc
from crimeview.jobs.encoder_protocols import five_folds
from crimeview.jobs.encoder_training import Recipe, feature_space, fit, gather, origin
from crimeview.jobs.gather import Gathered
from crimeview.jobs.int8 import Judging, add_int8
from crimeview.jobs.phases import phase
from crimeview.nets.session import run_file
from crimeview.training.catform import CatForm
from crimeview.training.classifier import Classifier
from crimeview.training.data.examples import FOLDS, NORMAL, Example
from crimeview.training.data.framecache import Frames
from crimeview.training.data.sampling import starts_to_judge, take_clip
from crimeview.training.data.windows import clip_seconds
from crimeview.training.encoder_report import report_trials
from crimeview.training.export import export_model
from crimeview.training.heads import find_tasks
from crimeview.training.precision import Arithmetic

Floats = NDArray[np.float32]
_CALIBRATION = 200  # clips
_INT8 = (
    "probability of an event in the middle 2 s of {count} labeled clips, which the network was "
    "trained on: only the difference between precisions means something"
)


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

    The folds are fitted with `seeds` seeds, from the recipe's on; with the first of them the final
    fit is made. Raises UsageError, DivergedError, ModelError.
    """
    fits, first = seeds * FOLDS, recipe.encoder.seed
    count = fits + 4
    gathered = yield from phase(gather(data, runs=runs, recipe=recipe), number=0, count=count)
    if not find_tasks(gathered.examples).kinds:
        raise UsageError(f"Nothing in {data} is labeled as an event; an encoder has to learn one.")
    trying = five_folds(
        gathered,
        recipe=recipe,
        runs=runs,
        seeds=range(first, first + seeds),
        arithmetic=arithmetic,
    )
    trials = yield from phase(trying, number=1, count=count, width=fits)
    final_job = fit(gathered, fold=None, recipe=recipe, runs=runs, arithmetic=arithmetic)
    final = yield from phase(final_job, number=fits + 1, count=count)
    metrics = yield from phase(report_trials(trials), number=fits + 2, count=count)
    shape = (recipe.form.spec.frames, *recipe.form.spec.crop, recipe.form.spec.channels)
    export_model(
        CatForm(final.encoder),
        draft=_draft(final, gathered, name=out.name, recipe=recipe, metrics=metrics),
        check_values=recipe.prepare(check_input(shape)),
        run=run_file,
        folder=out,
    )
    calibration, judging = _int8_clips(final, gathered, recipe)
    shrinking = add_int8(out, calibration=calibration, judging=judging)
    return (yield from phase(shrinking, number=fits + 3, count=count))


def _draft(
    model: Classifier,
    data: Gathered,
    *,
    name: str,
    recipe: Recipe,
    metrics: tuple[Metric, ...],
) -> Manifest:
    form, heads = recipe.form, ", ".join(model.tasks.heads)
    return Manifest(
        name=name,
        kind="encoder",
        file=f"{name}.onnx",
        sha256="",
        clip=form.spec,
        input=form.input,
        output=Output(name="features", shape=(1, form.dimensions)),
        feature_space=feature_space(model, name),
        segments=None,
        threshold=None,
        calibration=None,
        metrics=metrics,
        origin=origin(
            f"C3D of the form {form.name} on {_SEEN[form.front]}, trained from scratch with the "
            f"heads {heads}.",
            sorted({e.data for e in data.examples}),
        ),
        check=Check(expected=(), tolerance=0.0),
        variants=(),
    )


_SEEN = {
    "none": "pixels as they are",
    "rgb": "RGB",
    "motion": "gray frames minus their median and frame differences",
    "motion-rgb": "RGB frames minus their median beside RGB",
    "motion-energy": "gray frames minus their median, frame differences and their size",
}


def _int8_clips(
    model: Classifier, data: Gathered, recipe: Recipe
) -> tuple[Sequence[Floats], Judging]:
    """Clips to calibrate on, and others to judge by: of each label every second one."""
    pairs = list(zip(data.examples, data.frames, strict=True))
    labeled = sorted((p for p in pairs if p[0].central is not None), key=lambda p: p[0].label)
    ordinary = [p for p in pairs if p[0].central is None]
    rest = np.random.default_rng(0).permutation(len(ordinary) + len(labeled[::2]))
    chosen = [(ordinary + labeled[::2])[n] for n in rest[:_CALIBRATION]]
    interval = clip_seconds(recipe.form.spec) / recipe.form.spec.frames

    def middle(pair: tuple[Example, Frames]) -> Floats:
        start = float(starts_to_judge(*pair, recipe.form.spec)[1])
        clip = take_clip(pair[1], recipe.form.spec, start=start, interval=interval)
        return recipe.prepare(clip)

    judged = labeled[1::2]
    positive = np.array([example.label != NORMAL for example, _ in judged])
    weights, bias = (p.detach().numpy() for p in (model.heads.weight[0], model.heads.bias[0]))

    def auc(features: Floats) -> float:
        return roc_auc(positive, -(features @ weights + bias))

    judging = Judging([middle(p) for p in judged], auc, _INT8.format(count=len(judged)))
    return [middle(p) for p in chosen], judging
