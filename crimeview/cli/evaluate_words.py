"""The words of `crimeview evaluate`."""

import argparse
from pathlib import Path
from typing import Any

from crimeview.cli.words import add_command, amount, count, decimal, path

_JSON = """
    --json prints exactly one line on standard output, a JSON object; progress goes to standard
    error, and plots are drawn only if --out is given. Otherwise a table is printed and plots go to
    --out. docs/evaluating.md says what each figure and key means.

    Exit code: 0 all rows count, 1 some were left out (or a file or model cannot be used), 2 wrong
    usage, 130 stopped by Ctrl-C. A stopped evaluation goes on where it was when the same command is
    given again: what the network made of a recording is kept under --runs.
"""
_CLIPS = """
    LABELS.csv has the columns path and label (anything but “normal” is an event) and, if you like,
    one of group, source or scene: intervals are over those. Paths are relative to the table.
"""
_FRAMES = """
    LABELS.csv has the columns path and anomalous_frames: start-end;start-end, zero-based, the end
    exclusive, empty for none; and, if you like, one of group, source or scene.

    With --scorer novelty these columns count as well: split (“train” is learned from, all else is
    judged; without it folders train and test say so if there are both, else what has no event is
    learned from), camera (recordings of one share what is
    learned; without it all whose pictures have one shape do) and masks (where events are: a folder
    of pictures, one for each frame, white where the event is, or a .npy file of frames by height by
    width). --boxes tells the last by a table instead: path, frame, x, y, width and height in
    pixels, and, if you like, thing: between two boxes of one thing it moves evenly.
"""
_SEGMENTS = """
    SCORES.csv has a column name and any number of scores a row; ANNOTATIONS.csv has name, frames
    and anomalous_frames, or name and class where only whole recordings are labeled.
"""
_FEATURES = """
    FEATURES.npz holds names (n,) and features (n, segments, numbers); ANNOTATIONS.csv as for
    “evaluate segments”.
"""
_THEFT = """
    Trains LSTM and GRU on landmarks of the body, or of body and face, in windows of several
    lengths, of people found by a detector or in the whole frame, each without one scene at a time
    (and without one actor, where the labels have the column actor), and judges that scene's clips.
    Beside them stand frames in another order, the person's box alone, and logistic regression on
    motion statistics. Needs crimeview[train] and the pose networks. --json prints one JSON object.
"""
_TYPES = """
    FEATURES.npz holds names (n,) and features (n, segments, numbers), or (n, numbers); LABELS.csv
    has the columns name, class (“normal” has no type and does not count) and, if you like, group:
    recordings of one group are near-duplicates. Scores of segments come from --scores (as for
    “evaluate segments”) or from a scorer; without either from a scorer that takes such features, if
    there is one.
"""


def add_evaluate(commands: Any) -> None:
    """Add the command to the subparsers."""
    command = _described(commands, "evaluate", "measure how well models find events", "")
    protocols = command.add_subparsers(dest="protocol", metavar="PROTOCOL", required=True)
    clips = _described(protocols, "clips", "clips that show an event or do not", _CLIPS)
    clips.add_argument("labels", metavar="LABELS.csv", type=path, help="the table of clips")
    clips.add_argument(
        "--whole",
        action="store_true",
        help="score a clip by the highest of all its windows instead of the mean of three windows "
        "in its middle 2 s",
    )
    _add_model(clips)
    frames = _described(protocols, "frames", "recordings with events from frame to frame", _FRAMES)
    frames.add_argument("labels", metavar="LABELS.csv", type=path, help="the table of recordings")
    frames.add_argument(
        "--threshold",
        metavar="X",
        type=decimal,
        help="alarms at this threshold (0 to 1) instead of the model's own",
    )
    frames.add_argument(
        "--scorer",
        choices=("model", "novelty"),
        default="model",
        help="judge a model (the default), or scene novelty, which learns without labels",
    )
    frames.add_argument(
        "--reference",
        choices=("clips", "self", "quiet"),
        help="what novelty learns from: the recordings without events (clips), the judged ones "
        "together (self), or each alone (quiet); default: clips where there are any, else self",
    )
    frames.add_argument(
        "--boxes",
        metavar="BOXES.csv",
        type=path,
        help="boxes around events, by which it is judged whether novelty points at them",
    )
    _add_model(frames)
    segments = _described(protocols, "segments", "scores that exist already", _SEGMENTS)
    segments.add_argument("scores", metavar="SCORES.csv", type=path, help="the table of scores")
    _add_annotations(segments)
    segments.add_argument(
        "--threshold",
        metavar="X",
        type=decimal,
        default=0.5,
        help="the threshold that the scores are meant for (default: 0.5)",
    )
    features = _described(protocols, "features", "a scorer on features that exist", _FEATURES)
    features.add_argument("features", metavar="FEATURES.npz", type=path, help="the features")
    _add_annotations(features)
    features.add_argument("--scorer", metavar="NAME", required=True, help="the scorer to judge")
    _add_precision(features)
    for protocol in (clips, frames, segments, features, *_of_types(protocols)):
        _add_common(protocol)
    _add_theft(protocols)


def _add_theft(protocols: Any) -> None:
    theft = add_command(
        protocols, "theft", "compare ways to tell thefts, by training without each scene", _THEFT
    )
    theft.add_argument(
        "data",
        metavar="DIR",
        nargs="?",
        type=path,
        default=Path("../shared/data/shoplifting"),
        help="the data set (default: ../shared/data/shoplifting)",
    )
    theft.add_argument(
        "--detector", metavar="NAME", help="what finds people (default: the first detector)"
    )
    theft.add_argument(
        "--seeds", metavar="N", type=count, default=3, help="seeds of each network (default: 3)"
    )
    theft.add_argument(
        "--epochs", metavar="N", type=count, default=120, help="of each network (default: 120)"
    )
    theft.add_argument(
        "--runs",
        metavar="DIR",
        type=path,
        default=Path("runs"),
        help="where the people that were found are kept (default: runs)",
    )
    theft.add_argument("--json", action="store_true", help="print one line of JSON")
    theft.add_argument(
        "--page", metavar="FILE", type=path, help="write the comparison as a page in Markdown, too"
    )


def _of_types(protocols: Any) -> list[argparse.ArgumentParser]:
    retrieval = _described(
        protocols, "retrieval", "whether a search finds recordings of the same type", _TYPES
    )
    groupings = _described(protocols, "groupings", "whether clusters agree with types", _TYPES)
    groupings.add_argument(
        "--count", metavar="N", type=count, help="how many clusters (default: one for each type)"
    )
    groupings.add_argument(
        "--seed", metavar="N", type=amount, default=0, help="the seed of methods that draw"
    )
    for command in (retrieval, groupings):
        command.add_argument("features", metavar="FEATURES.npz", type=path, help="the features")
        command.add_argument("labels", metavar="LABELS.csv", type=path, help="their types")
        command.add_argument(
            "--scores", metavar="SCORES.csv", type=path, help="scores of the segments"
        )
        command.add_argument("--scorer", metavar="NAME", help="a scorer for the segments")
        command.add_argument(
            "--projection",
            metavar="NAME",
            action="append",
            default=[],
            help="a projection to compare as well (may be given several times)",
        )
    return [retrieval, groupings]


def _add_annotations(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "annotations", metavar="ANNOTATIONS.csv", type=path, help="what the recordings show"
    )


def _add_model(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--model",
        metavar="NAME",
        help="a scorer, an encoder or a frame classifier that “models list” prints; a partner is "
        "found by the features (default: the models that an analysis uses)",
    )
    _add_precision(command)
    command.add_argument(
        "--runs",
        metavar="DIR",
        type=path,
        default=Path("runs"),
        help="what was computed is kept here, for going on and for another time (default: runs)",
    )


def _add_precision(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--precision",
        choices=("fp32", "int8"),
        default="fp32",
        help="which of the model's networks to run (default: fp32, as in an analysis)",
    )


def _add_common(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--only",
        metavar="COLUMN=VALUE",
        type=_only,
        help="only rows with this value in this column, for instance split=valid",
    )
    command.add_argument("--json", action="store_true", help="print one line of JSON")
    command.add_argument(
        "--out",
        metavar="DIR",
        type=path,
        help="where plots go (default: evaluation; with --json: none are drawn)",
    )


def _only(text: str) -> tuple[str, str]:
    column, sign, value = text.partition("=")
    if not sign or not column.strip():
        raise argparse.ArgumentTypeError("write COLUMN=VALUE")
    return column.strip(), value.strip()


def _described(commands: Any, name: str, summary: str, details: str) -> argparse.ArgumentParser:
    return add_command(commands, name, summary, f"{details}{_JSON}")
