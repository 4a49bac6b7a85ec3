"""Training the violence classifier from data sets on disk."""

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from crimeview.core.job import Job
from crimeview.core.manifest import Manifest
from crimeview.jobs.train import require_torch
from crimeview.training.choices import DeviceName, Front, PrecisionName


@dataclass(frozen=True, slots=True, kw_only=True)
class ViolenceOrder:
    """What classifier is wanted; None leaves a value to the recipe.

    `front` is what it sees: “motion”, what changes around a frame, or “rgb”, the frame alone.
    `width` multiplies MobileNetV2's channels. Folds are fitted with `seeds` seeds from `seed` on.
    With `patience` a part is held back, and a fit ends when it has not become better there for so
    many epochs, the rate falling on plateaus; without, it goes through all epochs in one cycle.
    """

    front: Front = "motion"
    width: float | None = None
    epochs: int | None = None
    seeds: int = 1
    seed: int = 0
    patience: int | None = None
    device: DeviceName = "auto"
    precision: PrecisionName = "auto"


def train_violence(
    data: Path, *, out: Path, runs: Path, resume: bool = True, order: ViolenceOrder | None = None
) -> Job[Manifest]:
    """Fit the violence classifier in five folds and on everything; write its folder and its card.

    `data` is the folder of data sets, or of one; `runs` keeps decoded frames, checkpoints, logs and
    figures. A job that was stopped goes on from there, but without `resume` the fits are made anew.
    Raises UsageError without the extra or data.
    """
    require_torch()
    from crimeview.jobs.model_card import write_card
    from crimeview.jobs.violence_model import train
    from crimeview.jobs.violence_training import Recipe, fits_folder
    from crimeview.training.precision import Arithmetic
    from crimeview.training.violence.form import frame_form

    order, recipe = order or ViolenceOrder(), Recipe()
    fitting = replace(
        recipe.fitting,
        seed=order.seed,
        epochs=order.epochs or recipe.fitting.epochs,
        patience=order.patience or recipe.fitting.patience,
    )
    width = order.width or recipe.form.width
    recipe = replace(
        recipe,
        form=frame_form(front=order.front, width=width, sizes=recipe.form.sizes),
        fitting=fitting,
        validated=order.patience is not None,
    )
    if not resume:
        shutil.rmtree(fits_folder(runs, recipe), ignore_errors=True)
    manifest = yield from train(
        data,
        out=out,
        runs=runs,
        recipe=recipe,
        seeds=order.seeds,
        arithmetic=Arithmetic(order.device, order.precision),
    )
    write_card(out)
    return manifest
