"""Training the theft classifier from staged clips on disk."""

from pathlib import Path

from crimeview.core.job import Job
from crimeview.core.manifest import Manifest
from crimeview.jobs.orders import TheftOrder
from crimeview.jobs.train import require_torch


def train_theft(
    data: Path, *, out: Path, runs: Path, order: TheftOrder | None = None
) -> Job[Manifest]:
    """Fit a sequence classifier on people's landmarks and write the model folder `out` and card.

    `runs` keeps the people that were found, which takes nearly all of the time, so a stopped job
    goes on there. Raises UsageError without the extra or data, ModelError without pose networks.
    """
    require_torch()
    from crimeview.jobs.model_card import write_card
    from crimeview.jobs.theft_model import train

    manifest = yield from train(data, out=out, runs=runs, order=order or TheftOrder())
    write_card(out)
    return manifest
