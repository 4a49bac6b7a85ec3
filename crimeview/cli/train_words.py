"""The words of `crimeview train`."""

import argparse
from pathlib import Path
from typing import Any

from crimeview.cli.words import add_command, amount, count, decimal, path
from crimeview.training.choices import (
    DEVICES,
    FORMS,
    FRONTS,
    PRECISIONS,
    PROJECTION_METHODS,
    RECURRENT,
    SPACES,
    UCF_METHODS,
)

_ENDING = """
    A training ends with the model's folder: the network as ONNX, compared with PyTorch's, an int8
    variant where that loses next to nothing, a manifest with the figures reached, and a model card
    in docs/models. A stopped or killed training goes on where it was with --resume. Under --runs
    each fit has log.csv, curves.png and tensorboard/ (tensorboard --logdir DIR).
"""
_FORMS = """
    Forms: motion-small is a short C3D on 64 by 64 pixels, motion-eighth, motion-quarter and
    motion-half have all of its convolutions at a part of the paper's width; c3d-quarter and
    c3d-half are the paper's layout with fc6 at a part of its width, on 112 by 112 pixels; c3d is
    the paper's network (Tran et al. 2015). What they see: motion (each frame minus the clip's
    median, and frame differences), motion-energy (the same at half the size, and how large the
    differences are), motion-rgb (minus the median, beside RGB), rgb.
"""
_THEFT = """
    The data set has clips labeled theft and others (labels.csv with path, label, scene and, where
    it is known, actor). People are found by a detector, their landmarks by MediaPipe's pose
    networks (crimeview models fetch pose). The figures are of scenes that a network was not trained
    on, always beside those of the person's box alone and of frames in another order. A stopped
    training keeps the people that it has found under --runs; the networks, minutes of work, are
    trained anew, with --resume or without.
"""


_TYPES = """
    On features of our own encoder (--features own) the types are those of the data sets' labels and
    ordinary footage. Figures are of folds that neither encoder nor classifier has seen: encoders
    that are missing under --runs are trained first.
"""


def add_train(commands: Any) -> None:
    command = add_command(commands, "train", "train the networks (needs crimeview[train])")
    models = command.add_subparsers(dest="model", metavar="MODEL", required=True)
    _add_encoder(models)
    _add_scorer(models)
    _add_violence(models)
    _add_theft(models)
    _add_projection(models)
    _add_crime_type(models)


def _add_encoder(models: Any) -> None:
    encoder = add_command(models, "encoder", "train what makes features of clips", _FORMS + _ENDING)
    _add_common(encoder)
    encoder.add_argument(
        "--form", choices=FORMS, default=FORMS[0], help=f"its layout (default: {FORMS[0]})"
    )
    encoder.add_argument("--sees", choices=FRONTS, help="its input (default: by the form)")
    _add_fitting(encoder)


def _add_scorer(models: Any) -> None:
    scorer = add_command(models, "scorer", "train what scores features", _ENDING)
    _add_common(scorer)
    scorer.add_argument(
        "--features",
        choices=SPACES,
        default=SPACES[0],
        help="own: those of our encoder, ucf: C3D features of UCF-Crime (default: own)",
    )
    scorer.add_argument(
        "--method",
        choices=UCF_METHODS,
        help="the kind of scorer, context for ucf only (default: the one that is shipped)",
    )


def _add_violence(models: Any) -> None:
    violence = add_command(
        models, "violence", "train what tells violent frames from others", _ENDING
    )
    _add_common(violence)
    violence.add_argument(
        "--sees",
        choices=("motion", "rgb"),
        default="motion",
        help="motion: what changes around a frame, rgb: the frame alone (default: motion)",
    )
    violence.add_argument(
        "--width", metavar="X", type=decimal, help="MobileNetV2's width multiplier (default: 0.35)"
    )
    _add_fitting(violence)


def _add_theft(models: Any) -> None:
    theft = add_command(
        models, "theft", "train what tells staged thefts by people's landmarks", _THEFT
    )
    _add_common(theft, seeds=3)
    theft.add_argument(
        "--network", choices=RECURRENT, default=RECURRENT[0], help="which (default: lstm)"
    )
    theft.add_argument(
        "--face", action="store_true", help="landmarks of the face, too (default: the body's)"
    )
    theft.add_argument(
        "--missing",
        choices=("mask", "repeat"),
        default="mask",
        help="where landmarks are missing: say so, or repeat the last ones (default: mask)",
    )
    theft.add_argument(
        "--detector", metavar="NAME", help="what finds people (default: the first detector)"
    )
    theft.add_argument(
        "--epochs", metavar="N", type=count, help="how often to go through the data (default: 120)"
    )


def _add_projection(models: Any) -> None:
    projection = add_command(
        models, "projection", "train what makes vectors for maps and searches", _ENDING
    )
    _add_common(projection)
    projection.add_argument(
        "--method",
        choices=PROJECTION_METHODS,
        default=PROJECTION_METHODS[0],
        help="slic: without labels of types, types: what tells them apart (default: slic)",
    )
    _add_features(projection)


def _add_crime_type(models: Any) -> None:
    crime_type = add_command(
        models, "crime-type", "train what tells types of crime", _TYPES + _ENDING
    )
    _add_common(crime_type)
    _add_features(crime_type)


def _add_features(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--features",
        choices=SPACES,
        default="ucf",
        help="own: those of our encoder, ucf: C3D features of UCF-Crime (default: ucf)",
    )


def _add_common(command: argparse.ArgumentParser, *, seeds: int = 1) -> None:
    command.add_argument(
        "--data",
        metavar="DIR",
        type=path,
        default=Path("../shared/data"),
        help="a folder of data sets, or one data set (default: ../shared/data)",
    )
    command.add_argument(
        "--out",
        metavar="DIR",
        type=path,
        help="the model's own folder, whose name is the model's (default: the one that is shipped)",
    )
    command.add_argument(
        "--runs",
        metavar="DIR",
        type=path,
        default=Path("runs"),
        help="where decoded frames, checkpoints and logs go (default: runs)",
    )
    command.add_argument(
        "--resume", action="store_true", help="go on from the checkpoints under --runs"
    )
    command.add_argument(
        "--seeds",
        metavar="N",
        type=count,
        default=seeds,
        help=f"how many seeds the figures are the mean of (default: {seeds})",
    )
    command.add_argument(
        "--seed", metavar="N", type=amount, default=0, help="the first seed (default: 0)"
    )


def _add_fitting(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--epochs", metavar="N", type=count, help="how often to go through the data"
    )
    command.add_argument(
        "--patience",
        metavar="N",
        type=count,
        help="keep a part back and end when it is no better for so many epochs (default: no)",
    )
    command.add_argument(
        "--scenes", metavar="N", type=amount, help="how many rendered scenes to add"
    )
    command.add_argument(
        "--device", choices=DEVICES, default="auto", help="where to compute (default: auto)"
    )
    command.add_argument(
        "--precision",
        choices=PRECISIONS,
        default="auto",
        help="number format on a GPU (default: bf16 where it can, else fp16); a CPU has fp32",
    )
