"""`crimeview train`."""

import argparse
from pathlib import Path

from crimeview.cli.drive import drive
from crimeview.cli.faults import tell
from crimeview.core.errors import UsageError
from crimeview.core.job import Job
from crimeview.core.manifest import Manifest
from crimeview.jobs.models import ENCODER, SCORER, VIOLENCE
from crimeview.jobs.orders import EncoderOrder, TheftOrder, ViolenceOrder
from crimeview.jobs.train import (
    require_torch,
    train_encoder,
    train_published_scorer,
    train_scorer,
)
from crimeview.jobs.train_theft import train_theft
from crimeview.jobs.train_violence import train_violence
from crimeview.nets.catalog import models_folder
from crimeview.training.choices import UcfMethod

_SHIPPED = {
    "encoder": ENCODER,
    "scorer": SCORER,
    "violence": VIOLENCE,
}
_FEWEST_SEEDS = 3  # of a projection or a classifier of types, whose fits take seconds
_UCF_METHOD: UcfMethod = "context"
_FOLD_SETS = 4
_STOPPED = "Stopped. Give the same command again with --resume to go on from the last checkpoint."


def run_train(args: argparse.Namespace) -> int:
    """Train a model into its folder and say what it reached."""
    folder = args.out or models_folder() / _name(args)
    manifest = drive(_job(args, folder), if_stopped=_STOPPED, unit="other")
    tell(f"The model is in {folder}.")
    for metric in manifest.metrics:
        print(f"{metric.name} {metric.value:g}{_interval(metric.interval)} ({metric.protocol})")
    return 0


def _name(args: argparse.Namespace) -> str:
    """What a model is called where --out does not say."""
    if args.model == "scorer" and args.features == "ucf":
        return f"c3d-{args.method or _UCF_METHOD}"
    if args.model == "theft":
        return f"theft-{args.network}"
    if args.model in ("projection", "crime-type"):
        space = "motion" if args.features == "own" else "c3d"
        return f"{space}-{args.model}" + (f"-{args.method}" if args.model == "projection" else "")
    return _SHIPPED[args.model]


def _job(args: argparse.Namespace, folder: Path) -> Job[Manifest]:
    if args.model in ("projection", "crime-type"):
        return _of_segments(args, folder)
    if args.model == "scorer" and args.features == "ucf":
        return train_published_scorer(
            args.data,
            out=folder,
            runs=args.runs,
            resume=args.resume,
            method=args.method or _UCF_METHOD,
            fold_sets=args.seeds if args.seeds > 1 else _FOLD_SETS,
        )
    if args.model == "scorer":
        if args.method == "context":
            raise UsageError("The method context needs published features; add --features ucf.")
        return train_scorer(
            args.data, out=folder, runs=args.runs, resume=args.resume, method=args.method
        )
    if args.model == "violence":
        return train_violence(
            args.data, out=folder, runs=args.runs, resume=args.resume, order=_violence(args)
        )
    if args.model == "theft":
        return train_theft(args.data, out=folder, runs=args.runs, order=_theft(args))
    return train_encoder(
        args.data,
        out=folder,
        runs=args.runs,
        resume=args.resume,
        order=EncoderOrder(
            form=args.form,
            front=args.sees,
            epochs=args.epochs,
            seeds=args.seeds,
            seed=args.seed,
            patience=args.patience,
            scenes=args.scenes,
            device=args.device,
            precision=args.precision,
        ),
    )


def _of_segments(args: argparse.Namespace, folder: Path) -> Job[Manifest]:
    require_torch()
    # Imported here: PyTorch and scikit-learn take seconds that other trainings need not wait for.
    seeds = max(args.seeds, _FEWEST_SEEDS)
    if args.model == "crime-type":
        from crimeview.jobs.train_crime_type import train_crime_type

        if args.features == "own":
            from crimeview.jobs.own_types import train_own_types

            return train_own_types(args.data, out=folder, runs=args.runs, resume=args.resume)
        return train_crime_type(
            args.data, out=folder, runs=args.runs, resume=args.resume, seeds=seeds
        )
    from crimeview.jobs.train_projection import ProjectionOrder, train_projection

    order = ProjectionOrder(method=args.method, features=args.features, seeds=seeds, seed=args.seed)
    return train_projection(args.data, out=folder, runs=args.runs, resume=args.resume, order=order)


def _violence(args: argparse.Namespace) -> ViolenceOrder:
    return ViolenceOrder(
        front=args.sees,
        width=args.width,
        epochs=args.epochs,
        seeds=args.seeds,
        seed=args.seed,
        patience=args.patience,
        scenes=args.scenes,
        device=args.device,
        precision=args.precision,
    )


def _theft(args: argparse.Namespace) -> TheftOrder:
    return TheftOrder(
        network=args.network,
        landmarks="body-and-face" if args.face else "body",
        missing=args.missing,
        detector=args.detector,
        epochs=args.epochs or TheftOrder().epochs,
        seeds=args.seeds,
        seed=args.seed,
    )


def _interval(interval: tuple[float, float] | None) -> str:
    return "" if interval is None else f" [{interval[0]:g}, {interval[1]:g}]"
