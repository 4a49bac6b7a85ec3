"""`crimeview train`."""

from pathlib import Path
from typing import Literal

from crimeview.cli.drive import drive
from crimeview.cli.faults import tell
from crimeview.jobs.train import train_encoder, train_scorer
from crimeview.nets.catalog import models_folder


def run_train(
    model: Literal["encoder", "scorer"], *, data: Path, out: Path | None, runs: Path
) -> int:
    """Train a model into a folder of models and say what it reached."""
    train = train_encoder if model == "encoder" else train_scorer
    folder = out or models_folder()
    manifest = drive(
        train(data, out=folder, runs=runs),
        if_stopped="Stopped. Give the same command again to go on from the last checkpoint.",
        unit="other",
    )
    tell(f"The model is in {folder / manifest.name}.")
    for metric in manifest.metrics:
        print(f"{metric.name} {metric.value:g} ({metric.protocol})")
    return 0
