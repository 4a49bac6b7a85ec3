"""Training the violence classifier from data sets on disk."""

from pathlib import Path

from crimeview.core.job import Job
from crimeview.core.manifest import Manifest
from crimeview.jobs.fresh import set_aside
from crimeview.jobs.orders import ViolenceOrder
from crimeview.jobs.train import require_torch


def train_violence(
    data: Path, *, out: Path, runs: Path, resume: bool = True, order: ViolenceOrder | None = None
) -> Job[Manifest]:
    """Fit the violence classifier in five folds and on everything; write its folder and its card.

    `data` is the folder of data sets, or of one; `runs` keeps decoded frames, checkpoints, logs and
    figures. A job that was stopped goes on from there, but without `resume` the fits are set
    aside and made anew.
    Raises UsageError without the extra or data.
    """
    require_torch()
    from crimeview.jobs.model_card import write_card
    from crimeview.jobs.violence_model import train
    from crimeview.jobs.violence_training import fits_folder, recipe_of
    from crimeview.training.precision import Arithmetic

    order = order or ViolenceOrder()
    recipe = recipe_of(order)
    if not resume:
        set_aside(fits_folder(runs, recipe), data=data)
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
